package dev.patchbay.pbx.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A user group as a phone system holds it, without its members: those are rows of their own. */
public record PbxGroup(String name, Optional<String> description) {

  /** The group as fields, as it is stored beside users' fields. */
  public Map<PbxField, String> fields() {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.put(PbxField.NAME, name);
    description.ifPresent(text -> fields.put(PbxField.DESCRIPTION, text));
    return fields;
  }
}
