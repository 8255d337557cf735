package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;

/** What of a person is changed: where it stands in SCIM and on the PBX. */
enum Trait {
  DISPLAY_NAME("displayName", "/displayName", "/display_name"),
  DEPARTMENT(
      Trait.ENTERPRISE + ":department", "/" + Trait.ENTERPRISE + "/department", "/department"),
  MOBILE("phoneNumbers[type eq \"mobile\"].value", "/phoneNumbers/0/value", "/mobile_phone"),
  /** Of no interest to the PBX. */
  TITLE("title", "/title", ""),
  ROLE("roles", "/roles/0/value", "/role"),
  ACTIVE("active", "/active", "/enabled");

  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** The PBX's roles, the least of rights first. */
  private static final List<String> ROLES =
      List.of("StandardUser", "StandardInternationalUser", "QueueManager");

  private final String path;
  private final String inScim;
  private final String onPbx;

  Trait(String path, String inScim, String onPbx) {
    this.path = path;
    this.inScim = inScim;
    this.onPbx = onPbx;
  }

  /** Another value, drawn by lot. */
  String any(Random random) {
    return switch (this) {
      case DISPLAY_NAME, DEPARTMENT, TITLE ->
          name().charAt(0) + "-" + Integer.toString(random.nextInt(1_000_000), 36);
      case MOBILE -> "+4420" + (10_000_000 + random.nextInt(90_000_000));
      case ROLE -> ROLES.get(random.nextInt(ROLES.size()));
      case ACTIVE -> Boolean.toString(random.nextBoolean());
    };
  }

  /** Whether going from one value to the other takes something away. */
  boolean takesAway(String from, String to) {
    return switch (this) {
      case ACTIVE -> from.equals("true") && to.equals("false");
      case ROLE -> ROLES.indexOf(to) < ROLES.indexOf(from);
      case DISPLAY_NAME, DEPARTMENT, MOBILE, TITLE -> false;
    };
  }

  /** One operation of a PATCH. */
  String operation(String value) {
    return "{\"op\":\"replace\",\"path\":\"%s\",\"value\":%s}"
        .formatted(path.replace("\"", "\\\""), json(value));
  }

  private String json(String value) {
    return switch (this) {
      case ACTIVE -> value;
      case ROLE -> "[{\"value\":\"" + value + "\"}]";
      case DISPLAY_NAME, DEPARTMENT, MOBILE, TITLE -> "\"" + value + "\"";
    };
  }

  String inScim(JsonNode user) {
    return user.at(inScim).asText();
  }

  boolean isOnPbx() {
    return !onPbx.isEmpty();
  }

  String onPbx(JsonNode user) {
    return user.at(onPbx).asText();
  }
}
