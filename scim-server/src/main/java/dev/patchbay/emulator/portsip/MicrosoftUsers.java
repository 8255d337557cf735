package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The people of the tenant's Microsoft directory, as far as a test planted any. */
record MicrosoftUsers(Handle handle) {
  static final FieldSet FIELDS =
      new FieldSet(
          List.of(
              Field.listed("id", Form.text(1, 64)).required(),
              Field.listed("name", Form.text(1, 280)).required(),
              Field.listed("email", Form.text(280))));

  static final Listing LISTING =
      new Listing(
          "ms365_users", FIELDS.listed(), Map.of("id", "id", "name", "name"), FIELDS.listed());

  void replace(List<ObjectNode> people) {
    handle.execute("DELETE FROM ms365_users");
    for (ObjectNode person : people) {
      handle
          .createUpdate("INSERT INTO ms365_users (id, name, body) VALUES (:id, :name, :body)")
          .bind("id", person.path("id").asText())
          .bind("name", person.path("name").asText())
          .bind("body", person.toString())
          .execute();
    }
  }

  /** The object id of a principal name; whatever the directory does not know stays as it is. */
  String resolve(String idOrName) {
    return handle
        .createQuery("SELECT id FROM ms365_users WHERE lower(name) = lower(:name)")
        .bind("name", idOrName)
        .mapTo(String.class)
        .findFirst()
        .orElse(idOrName);
  }
}
