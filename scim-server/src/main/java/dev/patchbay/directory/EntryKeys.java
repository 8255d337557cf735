package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** What an entry is found by: copies of its life and of parts of its resource, with indexes. */
record EntryKeys(
    Life life,
    @Nullable String userName,
    @Nullable String externalId,
    @Nullable String displayName,
    @Nullable String label,
    @Nullable String extension,
    @Nullable Integer active) {
  private static final String PBX_USER = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";

  static EntryKeys of(Entry entry) {
    var resource = entry.resource();
    return new EntryKeys(
        entry.life(),
        lower(resource.path("userName")),
        text(resource.path("externalId")),
        lower(resource.path("displayName")),
        label(resource),
        text(resource.path(PBX_USER).path("extensionNumber")),
        active(resource));
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    return statement
        .bind("life", life.column())
        .bind("visible", life.visible() ? 1 : 0)
        .bind("user_name", userName)
        .bind("external_id", externalId)
        .bind("display_name", displayName)
        .bind("label", label)
        .bind("extension", extension)
        .bind("active", active);
  }

  static @Nullable Integer active(ObjectNode resource) {
    var active = resource.path("active");
    return active.isBoolean() ? (active.booleanValue() ? 1 : 0) : null;
  }

  private static @Nullable String label(ObjectNode resource) {
    var displayName = text(resource.path("displayName"));
    return displayName != null ? displayName : text(resource.path("userName"));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private static @Nullable String lower(JsonNode node) {
    return node.isTextual() ? Attribute.folded(node.asText()) : null;
  }
}
