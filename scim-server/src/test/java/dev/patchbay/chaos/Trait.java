package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What of a person is changed: where it stands in SCIM and on the PBX. */
enum Trait {
  DISPLAY_NAME("displayName", "/displayName", "/display_name"),
  DEPARTMENT(
      Trait.ENTERPRISE + ":department", "/" + Trait.ENTERPRISE + "/department", "/department"),
  MOBILE("phoneNumbers[type eq \"mobile\"].value", "/phoneNumbers/0/value", "/mobile_phone"),
  /** Of no interest to the PBX. */
  TITLE("title", "/title", ""),
  ROLE("roles", "/roles/0/value", "/role"),
  ACTIVE("active", "/active", "/enabled"),
  /** The id of a Microsoft 365 user, or empty for none. No call shows it. */
  MICROSOFT(Trait.PBX + ":ms365.id", "/" + Trait.PBX + "/ms365/id", ""),
  /** No call shows it. */
  PASSWORD("password", "", "");

  static final String PBX = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** What a PUT speaks of; it leaves the others as they are. */
  static final Set<Trait> OF_PUT = Set.copyOf(EnumSet.range(DISPLAY_NAME, ACTIVE));

  /** The PBX's roles, the least of rights first. */
  private static final List<String> ROLES =
      List.of("StandardUser", "StandardInternationalUser", "QueueManager");

  /** Stands for the id that a person has of its own. */
  static final String BOUND = "bound";

  private final String path;
  private final String inScim;
  private final String onPbx;

  Trait(String path, String inScim, String onPbx) {
    this.path = path;
    this.inScim = inScim;
    this.onPbx = onPbx;
  }

  /** Another value, drawn by lot. */
  String any(PhoneSystem system, Random random) {
    return switch (this) {
      case DISPLAY_NAME, DEPARTMENT, TITLE ->
          name().charAt(0) + "-" + Integer.toString(random.nextInt(1_000_000), 36);
      case MOBILE -> "+4420" + (10_000_000 + random.nextInt(90_000_000));
      case ROLE -> system.roles().get(random.nextInt(system.roles().size()));
      case ACTIVE -> Boolean.toString(random.nextBoolean());
      case MICROSOFT -> random.nextInt(3) == 0 ? "" : BOUND;
      case PASSWORD -> "Kite-" + Integer.toString(random.nextInt(2_000_000_000), 36) + "-Zeppelin9";
    };
  }

  /** Whether going from one value to the other takes something away. */
  boolean takesAway(String from, String to) {
    return switch (this) {
      case ACTIVE -> from.equals("true") && to.equals("false");
      case ROLE -> ROLES.indexOf(to) < ROLES.indexOf(from);
      case MICROSOFT -> to.isEmpty() && !from.isEmpty();
      case DISPLAY_NAME, DEPARTMENT, MOBILE, TITLE, PASSWORD -> false;
    };
  }

  /** One operation of a PATCH. */
  String operation(String value) {
    if (this == MICROSOFT && value.isEmpty()) {
      return "{\"op\":\"remove\",\"path\":\"" + PBX + ":ms365\"}";
    }
    return "{\"op\":\"replace\",\"path\":\"%s\",\"value\":%s}"
        .formatted(path.replace("\"", "\\\""), json(value));
  }

  private String json(String value) {
    return switch (this) {
      case ACTIVE -> value;
      case ROLE -> "[{\"value\":\"" + value + "\"}]";
      case DISPLAY_NAME, DEPARTMENT, MOBILE, TITLE, MICROSOFT, PASSWORD -> "\"" + value + "\"";
    };
  }

  boolean isInScim() {
    return !inScim.isEmpty();
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
