package dev.patchbay.pbx.api;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What users of a phone system are made of. A value it has no field for is kept by the bridge
 * alone.
 *
 * @param held fields it has
 * @param required those of them without which it takes no user
 * @param unread those that no read shows: that one is missing from what was read says nothing, and
 *     what is known of it is what was written
 * @param unlisted those that a single read shows and a list of users does not
 * @param maxLength the longest value per field, in UTF-16 characters; no entry, no limit
 */
public record PbxFields(
    Set<PbxField> held,
    Set<PbxField> required,
    Set<PbxField> unread,
    Set<PbxField> unlisted,
    Map<PbxField, Integer> maxLength) {
  public PbxFields {
    held = Set.copyOf(held);
    required = Set.copyOf(required);
    unread = Set.copyOf(unread);
    unlisted = Set.copyOf(unlisted);
    maxLength = Map.copyOf(maxLength);
    if (!held.containsAll(required)) {
      throw new IllegalArgumentException("required fields must be held");
    }
  }

  /** Of a phone system whose lists show what a single read shows. */
  public PbxFields(
      Set<PbxField> held,
      Set<PbxField> required,
      Set<PbxField> unread,
      Map<PbxField, Integer> maxLength) {
    this(held, required, unread, Set.of(), maxLength);
  }

  /** Every field there is, none of them required, without limits. */
  public static PbxFields all() {
    return new PbxFields(EnumSet.allOf(PbxField.class), Set.of(), Set.of(), Map.of());
  }

  public PbxFields withUnread(Set<PbxField> fields) {
    return new PbxFields(held, required, fields, unlisted, maxLength);
  }

  public PbxFields withUnlisted(Set<PbxField> fields) {
    return new PbxFields(held, required, unread, fields, maxLength);
  }

  public PbxFields withMaxLength(Map<PbxField, Integer> limits) {
    return new PbxFields(held, required, unread, unlisted, limits);
  }

  public PbxFields withRequired(Set<PbxField> fields) {
    return new PbxFields(held, fields, unread, unlisted, maxLength);
  }
}
