package dev.patchbay.directory;

import dev.patchbay.database.JsonSql;
import dev.patchbay.directory.AttributeSql.Elements;
import dev.patchbay.directory.SqlValue.Form;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Optional;

/**
 * What is not part of a resource's JSON: columns and rows beside it, and what follows from them.
 */
final class RowSql {
  private static final String NOTHING = "cast(null as text)";

  private static final String WAY = "case r.how when 1 then 'indirect' else 'direct' end";

  private final JsonSql json;
  private final EntryType type;
  private final String base;
  private final Bindings bindings;

  /**
   * @param base the tenant's SCIM URL as the request has it
   */
  RowSql(JsonSql json, EntryType type, String base, Bindings bindings) {
    this.json = json;
    this.type = type;
    this.base = base;
    this.bindings = bindings;
  }

  Optional<SqlValue> value(String label) {
    return switch (label) {
      case "active" -> Optional.of(new SqlValue("entry.active", Form.FLAG));
      case "meta" -> Optional.of(new SqlValue("entry.id", Form.OBJECT));
      case "meta.created" -> Optional.of(new SqlValue("entry.created_at", Form.MILLIS));
      case "meta.lastModified" -> Optional.of(new SqlValue("entry.modified_at", Form.MILLIS));
      case "meta.resourceType" -> Optional.of(SqlValue.text("entry.type"));
      case "meta.version" -> Optional.of(SqlValue.text("('W/\"' || entry.version || '\"')"));
      case "meta.location" -> Optional.of(SqlValue.text(location(type, "entry.id")));
      case ResourceTypes.PBX_USER + ":pbxId", ResourceTypes.PBX_ROLE + ":pbxId" ->
          Optional.of(SqlValue.text(json.text("entry.applied", List.of("id"))));
      default -> Optional.empty();
    };
  }

  private String location(EntryType of, String id) {
    return "(" + bindings.add("base", base) + " || '/" + of.endpoint() + "/' || " + id + ")";
  }

  Optional<Elements> elements(String label) {
    return switch (label) {
      case "groups" -> Optional.of(groups());
      case "members" -> Optional.of(members());
      case ResourceTypes.PBX_GROUP + ":parkedMembers" -> Optional.of(parked());
      default -> Optional.empty();
    };
  }

  private Elements groups() {
    return new Elements(
        "member r join entry g on g.id = r.group_id and g.visible = 1",
        "r.user_id = entry.id and r.desired = 1",
        "r.group_id",
        sub -> reference(sub, EntryType.GROUP, "r.group_id", "g.display_name", WAY));
  }

  private Elements members() {
    return new Elements(
        "member r join entry u on u.id = r.user_id",
        "r.group_id = entry.id and r.desired = 1 and r.how <> 1",
        "r.user_id",
        sub ->
            sub.name().equals("$ref")
                ? SqlValue.text(
                    "case when r.how = 2 then "
                        + location(EntryType.GROUP, "r.user_id")
                        + " else "
                        + location(EntryType.USER, "r.user_id")
                        + " end")
                : reference(
                    sub,
                    EntryType.USER,
                    "r.user_id",
                    "coalesce(u.display_name, u.user_name)",
                    "lower(u.type)"));
  }

  private SqlValue reference(
      Attribute sub, EntryType to, String id, String display, String description) {
    return SqlValue.text(
        switch (sub.name()) {
          case "value" -> id;
          case "$ref" -> location(to, id);
          case "display" -> "nullif(" + display + ", '')";
          case "type" -> description;
          default -> throw new IllegalArgumentException("no column for " + sub.name());
        });
  }

  private Elements parked() {
    return new Elements(
        "parked_member r",
        "r.group_id = entry.id",
        "r.value",
        sub -> SqlValue.text(sub.name().equals("value") ? "r.value" : NOTHING));
  }
}
