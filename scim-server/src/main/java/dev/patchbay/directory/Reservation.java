package dev.patchbay.directory;

import dev.patchbay.schema.Attribute;

/**
 * A unique name or number, taken in the database before the PBX hears of it.
 *
 * @param value as compared: names and Microsoft ids without regard to case
 */
public record Reservation(Kind kind, String value) {

  /** What is unique within a tenant. */
  public enum Kind {
    USER_NAME("userName"),
    GROUP_NAME("groupName"),
    ROLE_NAME("roleName"),
    PBX_NAME("pbxName"),
    EXTENSION("extension"),
    MICROSOFT365("microsoft365");

    private final String column;

    Kind(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }

    static Kind of(String column) {
      for (Kind kind : values()) {
        if (kind.column.equals(column)) {
          return kind;
        }
      }
      throw new IllegalStateException("the store holds a reservation of kind '" + column + "'");
    }
  }

  public Reservation {
    value = Attribute.folded(value);
  }
}
