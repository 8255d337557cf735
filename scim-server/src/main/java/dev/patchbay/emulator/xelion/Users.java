package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Passwords;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The stored accounts. */
record Users(Handle handle, Undocumented undocumented) {
  /** Where nothing is made or renamed. */
  Users(Handle handle) {
    this(handle, Undocumented.usual());
  }

  static final String TYPE = "UserProfile";

  /** Of a create and a change; all else has rules of its own. */
  private static final List<String> PLAIN =
      List.of(
          "active",
          "xccRole",
          "locale",
          "userLicense",
          "defaultSecurityNewContacts",
          "phoneHost",
          "preferences",
          "commonName");

  /**
   * A new account, which must be no one's yet; throws {@link ApiError}.
   *
   * @param roles the words that {@code xccRole} may be
   */
  String create(ObjectNode body, Set<String> roles) {
    String name = body.path("userName").asText();
    String person = body.path("person").path("oid").asText();
    checkName(name);
    if (!new Persons(handle).exists(person)) {
      throw ApiError.notFound("Person");
    }
    if (ofPerson(person).isPresent()) {
      throw ApiError.serverError("Person already assigned to another user.");
    }
    String oid = new Oids(handle).next();
    ObjectNode user = Json.object().put("oid", oid).put("objectType", TYPE).put("active", true);
    user.put("userName", name);
    user.putObject("person").put("oid", person).put("objectType", Persons.TYPE);
    setPlain(user, body, roles);
    handle
        .createUpdate(
            "INSERT INTO users (oid, name, person, password, body)"
                + " VALUES (:oid, :name, :person, :password, :body)")
        .bind("oid", oid)
        .bind("name", name)
        .bind("person", person)
        .bind("password", hash(body))
        .bind("body", user.toString())
        .execute();
    return oid;
  }

  private void checkName(String name) {
    if (name.isEmpty()) {
      throw ApiError.serverError("Empty username.");
    }
    if (undocumented.is(Otherwise.PLAIN_NAMES) && !name.matches("[A-Za-z0-9._-]+")) {
      throw ApiError.serverError("Invalid username.");
    }
    if (called(name).isPresent()) {
      throw undocumented.is(Otherwise.TAKEN_400)
          ? ApiError.invalidPayload("not unique")
          : ApiError.serverError("Username already exists.");
    }
  }

  private static String hash(JsonNode body) {
    String password = body.path("password").asText();
    return password.isEmpty() ? Passwords.NONE : Passwords.hash(password);
  }

  private static void setPlain(ObjectNode user, ObjectNode body, Set<String> roles) {
    PLAIN.stream().filter(body::has).forEach(field -> user.set(field, body.get(field)));
    if (!user.path("active").isBoolean()) {
      throw ApiError.invalidPayload("active must be true or false");
    }
    if (user.has("xccRole") && !roles.contains(user.path("xccRole").asText())) {
      throw ApiError.invalidPayload("no such xccRole");
    }
  }

  /** Sets what {@code body} holds of an account. */
  void change(String oid, ObjectNode body, Set<String> roles) {
    ObjectNode user = get(oid);
    String name = renamed(user.path("userName").asText(), body);
    if (body.hasNonNull("password") && undocumented.is(Otherwise.PASSWORD_REFUSED)) {
      throw ApiError.invalidPayload("password cannot be changed");
    }
    setPlain(user.put("userName", name), body, roles);
    handle
        .createUpdate("UPDATE users SET name = :name, body = :body WHERE oid = :oid")
        .bind("oid", oid)
        .bind("name", name)
        .bind("body", user.toString())
        .execute();
    if (body.hasNonNull("password")) {
      handle
          .createUpdate("UPDATE users SET password = :password WHERE oid = :oid")
          .bind("oid", oid)
          .bind("password", hash(body))
          .execute();
    }
  }

  private String renamed(String before, ObjectNode body) {
    String name = body.path("userName").asText(before);
    if (name.equalsIgnoreCase(before)) {
      return name;
    }
    if (undocumented.is(Otherwise.RENAME_REFUSED)) {
      throw ApiError.invalidPayload("userName cannot be changed");
    }
    if (undocumented.is(Otherwise.RENAME_IGNORED)) {
      return before;
    }
    checkName(name);
    return name;
  }

  boolean exists(String oid) {
    return oidBy("oid", oid).isPresent();
  }

  Optional<String> called(String name) {
    return oidBy("name", name);
  }

  Optional<String> ofPerson(String person) {
    return oidBy("person", person);
  }

  private Optional<String> oidBy(String column, String value) {
    return handle
        .createQuery("SELECT oid FROM users WHERE " + column + " = :value")
        .bind("value", value)
        .mapTo(String.class)
        .findOne();
  }

  String password(String oid) {
    return handle
        .createQuery("SELECT password FROM users WHERE oid = :oid")
        .bind("oid", oid)
        .mapTo(String.class)
        .one();
  }

  /** Throws {@link ApiError} 404 if there is none. */
  ObjectNode get(String oid) {
    return handle
        .createQuery("SELECT body FROM users WHERE oid = :oid")
        .bind("oid", oid)
        .mapTo(String.class)
        .findOne()
        .map(Json::stored)
        .orElseThrow(() -> ApiError.notFound("user"));
  }

  /** All of them, or those of one name. */
  List<ObjectNode> list(Optional<String> name) {
    return handle
        .createQuery(
            "SELECT body FROM users WHERE :name IS NULL OR name = :name"
                + " ORDER BY CAST(oid AS INTEGER)")
        .bind("name", name)
        .mapTo(String.class)
        .map(Json::stored)
        .list();
  }

  void delete(String oid) {
    get(oid);
    handle.createUpdate("DELETE FROM users WHERE oid = :oid").bind("oid", oid).execute();
  }
}
