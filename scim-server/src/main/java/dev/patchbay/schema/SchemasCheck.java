package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal.Kind;

/**
 * Looks whether a body says which schemas it uses (RFC 7643 §3): its resource type's, and each
 * extension it has something of; none that nobody here knows.
 */
public final class SchemasCheck {
  private final ResourceType type;
  private final IdentityProvider idp;

  SchemasCheck(ResourceType type, IdentityProvider idp) {
    this.type = type;
    this.idp = idp;
  }

  /**
   * @throws Refusal {@code INVALID_SYNTAX}
   */
  void check(ObjectNode body) {
    JsonNode schemas = Fields.find(body, "schemas").orElseGet(body::arrayNode);
    if (!idp.forgives(Leniency.NO_SCHEMAS)) {
      requireNamed(schemas, type.core().urn());
    }
    if (!idp.forgives(Leniency.UNDECLARED_EXTENSIONS)) {
      requireExtensions(body, schemas);
    }
    if (!idp.forgives(Leniency.UNKNOWN_SCHEMAS)) {
      schemas.forEach(it -> requireKnown(it.asText()));
      body.fieldNames().forEachRemaining(this::requireKnownKey);
    }
  }

  private void requireExtensions(ObjectNode body, JsonNode schemas) {
    for (SchemaExtension extension : type.extensions()) {
      var urn = extension.schema().urn();
      if (Fields.find(body, urn).filter(it -> !it.isEmpty()).isPresent()) {
        requireNamed(schemas, urn);
      }
    }
  }

  private void requireKnownKey(String key) {
    if (isUrn(key) && AttributePath.parse(key).flatMap(type::find).isEmpty()) {
      requireKnown(key);
    }
  }

  private void requireKnown(String urn) {
    if (type.schema(urn).isEmpty()) {
      throw refused("there is no schema " + Refusal.quoted(urn) + " here");
    }
  }

  /** Whether {@code key} stands for a schema nobody here knows, or something in one. */
  boolean isStranger(String key) {
    return isUrn(key)
        && type.schema(key).isEmpty()
        && AttributePath.parse(key).flatMap(type::find).isEmpty();
  }

  /** Whether a key is the URN of a schema, ours or not, or begins with one. */
  public static boolean isUrn(String key) {
    return key.regionMatches(true, 0, "urn:", 0, 4);
  }

  /**
   * Of a message, which has no other schema.
   *
   * @throws Refusal {@code INVALID_SYNTAX} unless {@code schemas} names {@code urn}
   */
  public static void requireNamed(JsonNode schemas, String urn) {
    for (JsonNode schema : schemas) {
      if (schema.asText().equalsIgnoreCase(urn)) {
        return;
      }
    }
    throw refused("'schemas' must name '" + urn + "'");
  }

  private static Refusal refused(String detail) {
    return new Refusal(Kind.INVALID_SYNTAX, detail);
  }
}
