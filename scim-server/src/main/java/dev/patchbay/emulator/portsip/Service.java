package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.portsip.Field.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What rings its members' phones: each kind has a folder of its own, and a list of members. */
enum Service {
  CALL_QUEUE("call_queues", "agents"),
  RING_GROUP("ring_groups", "agents"),
  PICKUP_GROUP("call_pickup_groups", "members");

  private final String folder;
  private final String members;

  Service(String folder, String members) {
    this.folder = folder;
    this.members = members;
  }

  String path() {
    return "/api/" + folder;
  }

  /** Where they are kept. */
  String table() {
    return folder;
  }

  /** Where the list of members is, below one of them. */
  String members() {
    return "/" + members;
  }

  /** Whether it can be called. */
  boolean hasExtension() {
    return this != PICKUP_GROUP;
  }

  FieldSet fields() {
    var fields = new ArrayList<Field>();
    fields.add(Field.own("id", Use.LIST));
    fields.add(Field.listed("name", Form.text(1, 64)).required());
    fields.add(Field.listed("description", Form.text(1024)));
    if (hasExtension()) {
      fields.add(
          Field.listed("extension_number", Form.matching("must be 3 to 64 digits", "[0-9]{3,64}"))
              .required());
    }
    return new FieldSet(List.copyOf(fields));
  }

  Listing listing() {
    return new Listing(folder, fields().listed(), Map.of(), List.of("name"));
  }

  /** A member as the list shows it. */
  ObjectNode shown(UserRow user, int skill) {
    var shown =
        Json.object()
            .put("extension_number", user.extension())
            .put("display_name", user.body().path("display_name").asText());
    return hasExtension()
        ? shown.put("skill_level", skill)
        : shown.put("id", user.id()).put("name", user.name());
  }
}
