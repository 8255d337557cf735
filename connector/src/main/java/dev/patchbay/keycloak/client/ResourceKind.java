package dev.patchbay.keycloak.client;

/** A SCIM resource type and where it is (RFC 7644 §3.2). */
public enum ResourceKind {
  USER("/Users"),
  GROUP("/Groups");

  private final String path;

  ResourceKind(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }
}
