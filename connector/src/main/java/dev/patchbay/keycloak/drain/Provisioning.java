package dev.patchbay.keycloak.drain;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a Patchbay bridge says about the phone system in its answer: it may take a user whom the
 * phone system then refuses in part. Other targets say nothing of the kind.
 */
final class Provisioning {
  private static final String SCHEMA = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";

  private Provisioning() {}

  /** What the phone system refused; empty if nothing. */
  static String note(JsonNode user) {
    JsonNode provisioning = user.path(SCHEMA).path("provisioning");
    return provisioning.path("state").asText().equals("blocked")
        ? "blocked: " + provisioning.path("lastError").asText()
        : "";
  }
}
