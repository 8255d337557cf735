package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the value of one attribute out of a request. Values are kept as sent; only their JSON shape
 * is put right, where the sender may be forgiven: "True" becomes a boolean, one object a list of
 * one, a bare identifier an object.
 */
final class ValueReader {
  /** Characters of a text; the longest field of a phone system we know takes 4,000 (Xelion). */
  static final int MAX_TEXT = 4 * 1024;

  /** What indexes find. */
  private static final Set<String> KEYS =
      Set.of(
          "userName",
          "externalId",
          "displayName",
          "emails.value",
          ResourceTypes.PBX_USER + ":extensionNumber",
          ResourceTypes.PBX_USER + ":ms365.id");

  /** Characters of base64; a certificate chain has about 10,000. */
  static final int MAX_BINARY = 64 * 1024;

  /**
   * Elements of one multi-valued attribute; group members are no part of this. Every operation of a
   * PATCH looks at each, so this bounds what a hostile one costs.
   */
  static final int MAX_ELEMENTS = 250;

  /**
   * Two names that look the same are one for whoever reads them (RFC 7644 §5, RFC 8265 §3.3). The
   * joiners that some scripts need are let through.
   */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}&&[^\\u200C\\u200D]]");

  private final IdentityProvider idp;

  ValueReader(IdentityProvider idp) {
    this.idp = idp;
  }

  /**
   * The value as the schema wants it; empty when it says that the attribute is unassigned.
   *
   * @throws Refusal {@code INVALID_VALUE} naming {@code label}
   */
  Optional<JsonNode> read(Attribute attribute, JsonNode raw, String label) {
    return attribute.traits().multiValued()
        ? readList(attribute, raw, label).filter(list -> !list.isEmpty()).map(list -> list)
        : readOne(attribute, raw, label);
  }

  private Optional<ArrayNode> readList(Attribute attribute, JsonNode raw, String label) {
    if (raw.isNull() || clears(attribute, raw)) {
      return Optional.empty();
    }
    if (!raw.isArray() && !idp.forgives(Leniency.ONE_FOR_LIST)) {
      throw invalid(label, "must be a list");
    }
    var list = new ElementList(attribute, JsonNodeFactory.instance.arrayNode(), label);
    if (raw.isArray()) {
      ElementList.requireRoom(raw.size(), label); // those that repeat others are read, too
      raw.forEach(element -> readOne(attribute, element, label).ifPresent(list::add));
    } else {
      readOne(attribute, raw, label).ifPresent(list::add);
    }
    list.requireOnePrimary();
    return Optional.of(list.array());
  }

  /** One value, or one element of a multi-valued attribute. */
  Optional<JsonNode> readOne(Attribute attribute, JsonNode raw, String label) {
    if (raw.isNull() || isBlankWord(attribute, raw)) {
      return Optional.empty();
    }
    return switch (attribute.type()) {
      case COMPLEX -> asObject(attribute, raw, label).flatMap(it -> readSubs(attribute, it, label));
      case BOOLEAN -> Optional.of(readBoolean(raw, label));
      case STRING -> Optional.of(readText(attribute, raw, label));
      case REFERENCE -> Optional.of(readReference(raw, label));
      case BINARY -> Optional.of(readBinary(raw, label));
      case DATE_TIME -> Optional.of(readDateTime(raw, label));
      case INTEGER, DECIMAL -> Optional.of(readNumber(attribute, raw, label));
    };
  }

  /**
   * The object that {@code raw} stands for. Entra ID sends {@code manager} as a bare identifier, as
   * an object or as a list of one, and "" for none; role values come as bare strings, too.
   */
  Optional<ObjectNode> asObject(Attribute attribute, JsonNode raw, String label) {
    if (raw instanceof ObjectNode object) {
      return Optional.of(object);
    }
    if (clears(attribute, raw)) {
      return Optional.empty();
    }
    boolean bare = raw.isTextual() && attribute.sub("value").isPresent();
    if (bare && idp.forgives(Leniency.BARE_VALUES)) {
      return Optional.of(JsonNodeFactory.instance.objectNode().put("value", raw.asText()));
    }
    boolean listOfOne = raw.isArray() && raw.size() == 1 && !attribute.traits().multiValued();
    if (listOfOne && !raw.get(0).isArray() && idp.forgives(Leniency.LIST_OF_ONE)) {
      return asObject(attribute, raw.get(0), label);
    }
    throw invalid(label, "must be an object");
  }

  /** Whether a value says "unassigned" (RFC 7643 §2.5), or what stands for it. */
  boolean clears(Attribute attribute, JsonNode raw) {
    if (raw.isTextual()) {
      return raw.asText().isEmpty() && idp.forgives(Leniency.EMPTY_TEXT);
    }
    boolean list = attribute.traits().multiValued() || idp.forgives(Leniency.LIST_OF_ONE);
    return raw.isNull() || (list && raw.isArray() && raw.isEmpty());
  }

  private Optional<JsonNode> readSubs(Attribute attribute, ObjectNode raw, String label) {
    var object = JsonNodeFactory.instance.objectNode();
    for (var field : raw.properties()) {
      var sub = attribute.sub(field.getKey());
      if (sub.isEmpty()) {
        refuseUnknown(label + "." + field.getKey());
      } else if (!sub.get().isReadOnly()) {
        read(sub.get(), field.getValue(), label + "." + sub.get().name())
            .ifPresent(value -> object.set(sub.get().name(), value));
      }
    }
    return object.isEmpty() ? Optional.empty() : Optional.of(object);
  }

  /** What no schema has would be lost: only who is known to send such may do so. */
  void refuseUnknown(String name) {
    if (!idp.forgives(Leniency.UNKNOWN_ATTRIBUTES)) {
      throw new Refusal(
          Kind.INVALID_SYNTAX, "there is no attribute " + Refusal.quoted(name) + " here");
    }
  }

  /** "" where a word is expected says nothing; a string attribute may well be "". */
  private boolean isBlankWord(Attribute attribute, JsonNode raw) {
    return attribute.type() != Attribute.Type.STRING && raw.isTextual() && clears(attribute, raw);
  }

  private JsonNode readBoolean(JsonNode raw, String label) {
    if (raw.isBoolean()) {
      return raw;
    }
    return Optional.of(raw)
        .filter(it -> it.isTextual() && idp.forgives(Leniency.TEXT_BOOLEANS))
        .flatMap(it -> ScalarForm.truth(it.asText()))
        .map(BooleanNode::valueOf)
        .orElseThrow(() -> invalid(label, "must be true or false"));
  }

  private static JsonNode readText(Attribute attribute, JsonNode raw, String label) {
    var text = text(raw, KEYS.contains(label) ? StoredText.MAX_KEY : MAX_TEXT, label);
    if (label.equals("userName") && UNSEEN.matcher(text).find()) {
      throw invalid(label, "has a character that cannot be seen");
    }
    var canonical = attribute.canonicalValues();
    if (!canonical.isEmpty() && canonical.stream().noneMatch(it -> attribute.same(it, text))) {
      throw invalid(label, "must be one of " + String.join(", ", canonical));
    }
    return raw;
  }

  private static JsonNode readReference(JsonNode raw, String label) {
    if (!isUri(text(raw, MAX_TEXT, label))) {
      throw invalid(label, "must be a URI");
    }
    return raw;
  }

  private static boolean isUri(String text) {
    try {
      return !new URI(text).toString().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static JsonNode readBinary(JsonNode raw, String label) {
    var text = text(raw, MAX_BINARY, label);
    if (text.isBlank() || !ScalarForm.isBinary(text)) {
      throw invalid(label, "must be base64");
    }
    return raw;
  }

  private static JsonNode readDateTime(JsonNode raw, String label) {
    if (ScalarForm.instant(text(raw, MAX_TEXT, label)).isEmpty()) {
      throw invalid(label, "must be a date and time such as 2024-05-17T09:30:00Z");
    }
    return raw;
  }

  private static JsonNode readNumber(Attribute attribute, JsonNode raw, String label) {
    boolean fits =
        attribute.type() == Attribute.Type.INTEGER
            ? raw.isIntegralNumber() && raw.canConvertToLong()
            : raw.isNumber() && ScalarForm.number(raw.asText()).isPresent();
    if (!fits) {
      throw invalid(label, "must be a number");
    }
    return raw;
  }

  private static String text(JsonNode raw, int limit, String label) {
    if (!raw.isTextual()) {
      throw invalid(label, "must be a string");
    }
    var text = raw.asText();
    if (text.length() > limit) {
      throw invalid(label, "is longer than " + limit + " characters");
    }
    try {
      return StoredText.check(text);
    } catch (IllegalArgumentException e) {
      throw invalid(label, "is not text: " + e.getMessage());
    }
  }

  static Refusal invalid(String label, String problem) {
    return new Refusal(Kind.INVALID_VALUE, "'" + label + "' " + problem);
  }
}
