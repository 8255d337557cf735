package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Person in Xelion's JSON. */
final class XelionPersonJson {
  static final String TYPE = "Person";
  static final String ADDRESSES = "telecomAddresses";
  private static final String CHANGE = "changeType";

  /** What Xelion makes of a whole name when it splits one. */
  private static final List<String> PARTS =
      List.of("initials", "givenName", "namePrefix", "nameSuffix", "additionalName");

  private final List<XelionAddress> addresses;

  XelionPersonJson(List<XelionAddress> addresses) {
    this.addresses = addresses;
  }

  /** A new Person by its name alone; Xelion splits the name. */
  static ObjectNode named(PbxUser user) {
    return Json.object()
        .put("objectType", TYPE)
        .put("familyName", user.get(PbxField.DISPLAY_NAME).orElseThrow());
  }

  /** A new Person whole. */
  ObjectNode whole(PbxUser user, XelionMark mark) {
    ObjectNode person = named(user);
    for (XelionAddress kind : addresses) {
      user.get(kind.field())
          .ifPresent(value -> list(person).add(kind.made(value, label(kind, mark))));
    }
    return person;
  }

  /** Whether there is more of a Person than its name. */
  boolean hasMore(PbxUser user) {
    return addresses.stream().anyMatch(kind -> user.get(kind.field()).isPresent());
  }

  private static String label(XelionAddress kind, XelionMark mark) {
    return kind.label().isEmpty() ? mark.label() : kind.label();
  }

  /** A Person that was made by its name, with the rest. */
  ObjectNode completed(ObjectNode person, PbxUser user, XelionMark mark) {
    ObjectNode body = person.deepCopy();
    for (XelionAddress kind : addresses) {
      user.get(kind.field())
          .filter(value -> kind.in(person).isEmpty())
          .ifPresent(value -> list(body).add(created(kind, value, label(kind, mark))));
    }
    return body.put(CHANGE, "Modified");
  }

  /** {@code person} as read, with the changed fields as {@code user} has them. */
  ObjectNode changed(ObjectNode person, PbxUser user, Set<PbxField> changed) {
    ObjectNode body = person.deepCopy();
    for (JsonNode each : body.path(ADDRESSES)) {
      ((ObjectNode) each).put(CHANGE, "Unmodified");
    }
    if (changed.contains(PbxField.DISPLAY_NAME)) {
      rename(body, user.get(PbxField.DISPLAY_NAME).orElseThrow());
    }
    for (XelionAddress kind : addresses) {
      if (changed.contains(kind.field())) {
        set(body, kind, user.get(kind.field()));
      }
    }
    return body.put(CHANGE, "Modified");
  }

  /** As in a create: the whole name as the family name. Sent along, a commonName would stay. */
  private static void rename(ObjectNode body, String name) {
    PARTS.stream().filter(body::has).forEach(part -> body.put(part, ""));
    body.remove("commonName");
    body.put("familyName", name);
  }

  private static void set(ObjectNode body, XelionAddress kind, Optional<String> value) {
    Optional<ObjectNode> before = kind.in(body);
    if (value.isEmpty()) {
      before.ifPresent(address -> address.put(CHANGE, "Removed"));
    } else if (before.isPresent()) {
      before
          .get()
          .put("address", value.get())
          .put("commonName", value.get())
          .put(CHANGE, "Modified");
    } else {
      list(body).add(created(kind, value.get(), kind.label()));
    }
  }

  private static ObjectNode created(XelionAddress kind, String value, String label) {
    return kind.made(value, label).put("oid", "").put(CHANGE, "Created");
  }

  private static ArrayNode list(ObjectNode body) {
    return body.path(ADDRESSES) instanceof ArrayNode list ? list : body.putArray(ADDRESSES);
  }

  /** What a Person holds of a user. */
  Map<PbxField, String> read(JsonNode person) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    Json.text(person, "commonName").ifPresent(name -> fields.put(PbxField.DISPLAY_NAME, name));
    for (XelionAddress kind : addresses) {
      kind.in(person)
          .flatMap(address -> Json.text(address, "address"))
          .ifPresent(value -> fields.put(kind.field(), value));
    }
    return fields;
  }

  /** Who made it and when, if it was the bridge. */
  Optional<XelionMark> mark(JsonNode person) {
    return addresses.stream()
        .filter(kind -> kind.field() == PbxField.EMAIL)
        .flatMap(kind -> kind.in(person).stream())
        .flatMap(address -> Json.text(address, "label").stream())
        .flatMap(label -> XelionMark.read(label).stream())
        .findFirst();
  }

  /** Whether it shows that very account. */
  static boolean isOf(XelionKey key, JsonNode person) {
    return hasAccount(person) && Json.text(person.path("user"), "oid").equals(key.account());
  }

  /** Whether an account belongs to it: only then a read includes one. */
  static boolean hasAccount(JsonNode person) {
    return Json.text(person.path("user"), "oid").isPresent();
  }
}
