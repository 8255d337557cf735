package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxField;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that users have who say nothing of them themselves, under a name of the tenant's.
 *
 * @param priority of two templates of a user, the one with the lower number counts
 * @param fields what it sets, as the PBX takes it
 * @param pool where a user that is waited for gets its number
 */
record PbxTemplate(String name, int priority, Map<PbxField, String> fields, Optional<String> pool) {

  /** Which of a user's templates counts first. */
  static final Comparator<PbxTemplate> ORDER =
      Comparator.comparingInt(PbxTemplate::priority).thenComparing(PbxTemplate::name);

  PbxTemplate {
    fields = Map.copyOf(fields);
  }
}
