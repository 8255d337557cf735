package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The stored Persons of the address book. */
record Persons(Handle handle) {
  static final String TYPE = "Person";
  private static final String ADDRESSES = "telecomAddresses";
  private static final List<String> TEXTS =
      List.of("initials", "givenName", "namePrefix", "familyName", "nameSuffix", "additionalName");

  /** A new one; its name is taken apart unless a commonName freezes it. */
  ObjectNode create(ObjectNode body, Undocumented undocumented) {
    String oid = new Oids(handle).next();
    ObjectNode person = Json.object().put("oid", oid).put("objectType", TYPE);
    TEXTS.forEach(field -> person.put(field, body.path(field).asText("")));
    ArrayNode addresses = person.putArray(ADDRESSES);
    if (undocumented.addressesOnCreate()) {
      body.path(ADDRESSES).forEach(each -> addresses.add(address(each)));
    }
    freeze(person, body);
    PersonName.split(person);
    insert(oid, person);
    return person;
  }

  private static void freeze(ObjectNode person, JsonNode body) {
    if (body.hasNonNull("commonName")) {
      person.put("frozenName", body.path("commonName").asText());
    }
  }

  private ObjectNode address(JsonNode sent) {
    ObjectNode address = Json.object();
    for (String field : List.of("addressType", "address", "commonName", "label")) {
      address.put(field, sent.path(field).asText(""));
    }
    if (address.path("addressType").asText().isEmpty()) {
      throw ApiError.invalidPayload("addressType is missing");
    }
    return address.put("oid", new Oids(handle).next()).put("objectType", "TelecomAddress");
  }

  private void insert(String oid, ObjectNode person) {
    handle
        .createUpdate("INSERT INTO persons (oid, name, body) VALUES (:oid, :name, :body)")
        .bind("oid", oid)
        .bind("name", name(person))
        .bind("body", person.toString())
        .execute();
  }

  /** What is changed says so by its changeType; sub-objects left out stay. */
  void change(String oid, ObjectNode body, Undocumented undocumented) {
    ObjectNode person = get(oid);
    TEXTS.stream()
        .filter(body::has)
        .forEach(field -> person.put(field, body.path(field).asText("")));
    body.path(ADDRESSES).forEach(each -> change(person, each));
    if (undocumented.splitsOnWrite() && person.path("givenName").asText().isEmpty()) {
      PersonName.split(person);
    }
    if (body.hasNonNull("commonName") && !body.path("commonName").asText().equals(name(person))) {
      freeze(person, body);
    }
    handle
        .createUpdate("UPDATE persons SET name = :name, body = :body WHERE oid = :oid")
        .bind("oid", oid)
        .bind("name", name(person))
        .bind("body", person.toString())
        .execute();
  }

  private void change(ObjectNode person, JsonNode sent) {
    var addresses = (ArrayNode) person.path(ADDRESSES);
    switch (sent.path("changeType").asText("Unmodified")) {
      case "Unmodified" -> {}
      case "Created" -> addresses.add(address(sent));
      case "Removed" -> remove(addresses, sent);
      case "Modified" -> {
        int at = remove(addresses, sent);
        addresses.insert(at, address(sent).put("oid", sent.path("oid").asText()));
      }
      default -> throw ApiError.invalidPayload("no such changeType");
    }
  }

  /** Where it stood. */
  private static int remove(ArrayNode addresses, JsonNode sent) {
    int at = 0;
    for (Iterator<JsonNode> each = addresses.iterator(); each.hasNext(); at++) {
      if (each.next().path("oid").equals(sent.path("oid"))) {
        each.remove();
        return at;
      }
    }
    throw ApiError.invalidObject("no such telecom address");
  }

  static String name(ObjectNode person) {
    return person.hasNonNull("frozenName")
        ? person.path("frozenName").asText()
        : PersonName.whole(person);
  }

  boolean exists(String oid) {
    return find(oid).isPresent();
  }

  /** Throws {@link ApiError} 404 if there is none. */
  ObjectNode get(String oid) {
    return find(oid).orElseThrow(() -> ApiError.notFound("addressable"));
  }

  private Optional<ObjectNode> find(String oid) {
    return handle
        .createQuery("SELECT body FROM persons WHERE oid = :oid")
        .bind("oid", oid)
        .mapTo(String.class)
        .findOne()
        .map(Json::stored);
  }

  /** All whose name holds the text, as they were made. */
  List<ObjectNode> named(String text) {
    return handle
        .createQuery(
            "SELECT body FROM persons WHERE instr(lower(name), lower(:text)) > 0"
                + " ORDER BY CAST(oid AS INTEGER)")
        .bind("text", text)
        .mapTo(String.class)
        .map(Json::stored)
        .list();
  }

  void delete(String oid) {
    get(oid);
    handle.createUpdate("DELETE FROM persons WHERE oid = :oid").bind("oid", oid).execute();
  }
}
