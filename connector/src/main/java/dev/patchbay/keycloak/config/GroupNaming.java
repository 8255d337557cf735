package dev.patchbay.keycloak.config;

/** What a group is called at the target. */
public enum GroupNaming {
  /** {@code sales/emea}: unique in the realm. */
  PATH,
  /** {@code emea}. */
  NAME;

  /** The name of the group with this path, such as {@code /sales/emea}. */
  public String name(String path) {
    return this == PATH ? path.substring(1) : path.substring(path.lastIndexOf('/') + 1);
  }
}
