package dev.patchbay.keycloak.config;

/** Which users of the realm a target gets. Service accounts are none. */
public sealed interface UserFilter {
  record Everyone() implements UserFilter {}

  /** Members of the group with this path or of a group below it. */
  record InGroup(String path) implements UserFilter {}

  /**
   * Users who have the role directly, by a group or by another role; {@code client.role} names one
   * of a client.
   */
  record WithRole(String role) implements UserFilter {}

  record WithAttribute(String name, String value) implements UserFilter {}
}
