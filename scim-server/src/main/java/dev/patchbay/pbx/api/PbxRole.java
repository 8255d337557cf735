package dev.patchbay.pbx.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A role as a phone system holds it.
 *
 * @param permissions what its users may do, in the phone system's words: {@code area.name}
 */
public record PbxRole(String name, Optional<String> description, Set<String> permissions) {
  public PbxRole {
    description = description.filter(text -> !text.isBlank());
    permissions = Set.copyOf(permissions);
  }

  /** The role as fields, as it is stored beside users' fields. */
  public Map<PbxField, String> fields() {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.put(PbxField.NAME, name);
    description.ifPresent(text -> fields.put(PbxField.DESCRIPTION, text));
    if (!permissions.isEmpty()) {
      fields.put(
          PbxField.PERMISSIONS, permissions.stream().sorted().collect(Collectors.joining(" ")));
    }
    return fields;
  }
}
