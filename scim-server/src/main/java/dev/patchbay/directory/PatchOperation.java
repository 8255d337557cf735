package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Leniency;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.SchemasCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One operation of a PATCH message (RFC 7644 §3.5.2) as far as it can be read without a schema. */
record PatchOperation(Op op, Optional<String> path, Optional<JsonNode> value) {
  /** Operations of one request, and keys in values without path, each of which is one. */
  static final int MAX_OPERATIONS = 1000;

  private static final String MESSAGE = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private static final List<String> KEYS = List.of("op", "path", "value");

  /** What to do at the target. */
  enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  /**
   * The operations of {@code body} in their order.
   *
   * @throws Refusal for the first that is none
   */
  static List<PatchOperation> read(JsonNode body, IdentityProvider idp) {
    if (!idp.forgives(Leniency.NO_SCHEMAS)) {
      SchemasCheck.requireNamed(Fields.find(body, "schemas").orElse(body), MESSAGE);
    }
    var given =
        Fields.find(body, "Operations")
            .filter(it -> it.isArray() && !it.isEmpty())
            .orElseThrow(() -> syntax("'Operations' must be a list of one or more operations"));
    requireAtMost(given.size());
    var operations = new ArrayList<PatchOperation>();
    int keys = 0;
    for (JsonNode each : given) {
      var operation = operation(each, idp);
      keys += operation.keys();
      requireAtMost(keys);
      operations.add(operation);
    }
    return operations;
  }

  private static PatchOperation operation(JsonNode given, IdentityProvider idp) {
    if (!given.isObject()) {
      throw syntax("an operation must be an object");
    }
    if (!idp.forgives(Leniency.UNKNOWN_ATTRIBUTES)) {
      given.fieldNames().forEachRemaining(PatchOperation::requireKnown);
    }
    var op = op(given, idp);
    var path = path(given, idp);
    var value = Fields.find(given, "value");
    if (op == Op.REMOVE && path.isEmpty()) {
      throw new Refusal(Kind.NO_TARGET, "remove needs a path");
    }
    if (op != Op.REMOVE && value.isEmpty()) {
      throw new Refusal(
          Kind.INVALID_VALUE,
          "add and replace need a value" + path.map(it -> ": " + Refusal.quoted(it)).orElse(""));
    }
    return new PatchOperation(op, path, value);
  }

  private static void requireKnown(String key) {
    if (KEYS.stream().noneMatch(key::equalsIgnoreCase)) {
      throw syntax("an operation has no " + Refusal.quoted(key));
    }
  }

  private static Op op(JsonNode given, IdentityProvider idp) {
    var word =
        Fields.find(given, "op").filter(JsonNode::isTextual).map(JsonNode::asText).orElse("");
    var known = idp.forgives(Leniency.OP_CASE) ? word.toLowerCase(Locale.ROOT) : word;
    return switch (known) {
      case "add" -> Op.ADD;
      case "replace" -> Op.REPLACE;
      case "remove" -> Op.REMOVE;
      default -> throw syntax("'op' must be add, replace or remove");
    };
  }

  private static Optional<String> path(JsonNode given, IdentityProvider idp) {
    var path = Fields.find(given, "path").filter(it -> !it.isNull());
    if (path.isPresent() && !path.get().isTextual()) {
      throw new Refusal(Kind.INVALID_PATH, "'path' must be a string");
    }
    var text = path.map(it -> it.asText().strip());
    return idp.forgives(Leniency.EMPTY_PATH) ? text.filter(it -> !it.isEmpty()) : text;
  }

  /** How many attributes it is about at the least. */
  private int keys() {
    return path.isEmpty() && value.isPresent() && value.get() instanceof ObjectNode content
        ? content.size()
        : 1;
  }

  private static void requireAtMost(int operations) {
    if (operations > MAX_OPERATIONS) {
      throw new Refusal(Kind.TOO_MANY, "more than " + MAX_OPERATIONS + " operations");
    }
  }

  private static Refusal syntax(String problem) {
    return new Refusal(Kind.INVALID_SYNTAX, problem);
  }
}
