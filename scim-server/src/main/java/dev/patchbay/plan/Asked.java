package dev.patchbay.plan;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecret;
import java.util.Map;
import java.util.Set;

/**
 * What one request names.
 *
 * @param fields the PBX fields it moves
 * @param blocked fields that were given up before and that it does not name
 * @param secrets those it brings
 */
public record Asked(Set<PbxField> fields, Set<PbxField> blocked, Map<PbxSecret, Secret> secrets) {
  public Asked {
    secrets = Map.copyOf(secrets);
  }

  /** A run that no request asked for: everything that differs is to be done. */
  public static Asked everything(Set<PbxField> blocked) {
    return new Asked(Set.of(PbxField.values()), blocked, Map.of());
  }
}
