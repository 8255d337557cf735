package dev.patchbay.directory;

/** The kinds of entries a directory holds; the names are SCIM's. */
public enum EntryType {
  USER("User", "Users"),
  GROUP("Group", "Groups"),
  ROLE("Role", "Roles");

  private final String scimName;
  private final String endpoint;

  EntryType(String scimName, String endpoint) {
    this.scimName = scimName;
    this.endpoint = endpoint;
  }

  /** The resource type's name, such as {@code User}. */
  public String scimName() {
    return scimName;
  }

  /** The endpoint without its slash, such as {@code Users}. */
  public String endpoint() {
    return endpoint;
  }

  public static EntryType of(String column) {
    for (EntryType type : values()) {
      if (type.scimName.equals(column)) {
        return type;
      }
    }
    throw new IllegalStateException("the store holds an entry of type '" + column + "'");
  }
}
