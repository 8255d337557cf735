package dev.patchbay.directory;

import dev.patchbay.schema.Attribute;
import java.util.Objects;

/**
 * A unique name or number, taken in the database before the PBX hears of it.
 *
 * @param sent as it was sent; compared is {@link #value}
 */
public record Reservation(Kind kind, String sent) {

  /** What is unique within a tenant. */
  public enum Kind {
    USER_NAME("userName"),
    GROUP_NAME("groupName"),
    ROLE_NAME("roleName"),
    PBX_NAME("pbxName"),
    EXTENSION("extension"),
    MICROSOFT365("microsoft365"),
    SERVICE("service"),
    MAC("mac");

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

  /** As compared: names and Microsoft ids without regard to case. */
  public String value() {
    return Attribute.folded(sent);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reservation(Kind its, String name)
        && kind == its
        && value().equals(Attribute.folded(name));
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, value());
  }
}
