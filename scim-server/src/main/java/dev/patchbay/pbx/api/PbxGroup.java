package dev.patchbay.pbx.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A user group as a phone system holds it, without its members: those are rows of their own.
 *
 * @param callerIds as {@link PbxField#OUTBOUND_CALLER_IDS}, without {@code preferred}; empty where
 *     there are none, and where the directory leaves them to the phone system's administrator
 */
public record PbxGroup(String name, Optional<String> description, Optional<String> callerIds) {
  public PbxGroup(String name, Optional<String> description) {
    this(name, description, Optional.empty());
  }

  public PbxGroup withoutCallerIds() {
    return new PbxGroup(name, description);
  }

  /** The group as fields, as it is stored beside users' fields. */
  public Map<PbxField, String> fields() {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.put(PbxField.NAME, name);
    description.ifPresent(text -> fields.put(PbxField.DESCRIPTION, text));
    callerIds.ifPresent(text -> fields.put(PbxField.OUTBOUND_CALLER_IDS, text));
    return fields;
  }
}
