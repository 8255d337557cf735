package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.pbx.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * IPCortex's roles: each has an integer id and a short name in lower case, and is given by either.
 *
 * @param ids the id of each role the settings name; an id is needed where reads do not name the
 *     role, or where it is to be given by id
 * @param form by which one roles are given
 */
record RoleNames(Map<String, Long> ids, Form form) {

  /** By what a role is given; IPCortex takes both. */
  enum Form {
    NAME,
    ID
  }

  RoleNames {
    ids = Map.copyOf(ids);
  }

  /** What stands for the role in {@code roleid}. */
  JsonNode sent(String role) {
    Long id = ids.get(role);
    return form == Form.ID && id != null
        ? JsonNodeFactory.instance.numberNode(id)
        : JsonNodeFactory.instance.textNode(role);
  }

  /** The name of the role of a row that was read: the settings' for its id, else the PBX's. */
  Optional<String> read(JsonNode row) {
    Optional<String> id = Json.text(row, "roleid");
    return id.filter(it -> ids.values().stream().map(String::valueOf).anyMatch(it::equals))
        .or(() -> Json.text(row, "rolename"))
        .or(() -> id)
        .map(this::name);
  }

  /** The name that IPCortex gives back for a name in any case or an id. */
  String name(String role) {
    return ids.entrySet().stream()
        .filter(entry -> String.valueOf(entry.getValue()).equals(role))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> role.strip().toLowerCase(Locale.ROOT));
  }
}
