package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A group that people of several senders join and leave; it stays.
 *
 * @param gives what its people have of it on the tenant's own phone system
 */
record Team(String name, String id, Gift gives) {
  private static final String GROUP = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group";

  /** What being in a group brings. */
  enum Gift {
    /** Membership of the phone system's group. */
    NOTHING(""),
    ROLE(",\"" + GROUP + "\":{\"kind\":\"role\",\"target\":\"QueueManager\"}"),
    TEMPLATE(",\"" + GROUP + "\":{\"kind\":\"template\",\"target\":\"recorded\"}");

    private final String said;

    Gift(String said) {
      this.said = said;
    }

    /** Makes such a group. */
    Request make(String name) {
      return new Request("POST", "/Groups", "{\"displayName\":\"" + name + "\"" + said + "}");
    }
  }

  /** Whether the user was given what the team gives. */
  static boolean gave(JsonNode user, Gift gift) {
    for (JsonNode grant : user.at("/" + Trait.PBX + "/grants")) {
      if (grant.path("kind").asText().equalsIgnoreCase(gift.name())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name;
  }
}
