package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Writes what an operation gives into one object: an attribute, a sub-attribute, or several. */
final class ValueWriter {
  enum Mode {
    ADD,
    REPLACE
  }

  private ValueWriter() {}

  static void assign(ObjectNode holder, Attribute attribute, JsonNode raw, String label) {
    var value =
        clears(raw) ? Optional.<JsonNode>empty() : ValueReader.readOne(attribute, raw, label);
    if (attribute.traits().required() && value.filter(it -> !it.asText().isBlank()).isEmpty()) {
      throw ValueReader.invalid(label, "is required");
    }
    value.ifPresentOrElse(
        it -> holder.set(attribute.name(), it), () -> holder.remove(attribute.name()));
  }

  static void assignSub(Target target, ObjectNode object, Attribute sub, JsonNode raw) {
    var attribute = target.attribute();
    JsonNode before = object.path(sub.name());
    assign(object, sub, raw, attribute.name() + "." + sub.name());
    JsonNode after = object.path(sub.name());
    if (identifies(attribute, sub) && !after.equals(before)) {
      // Another manager: address and name of the former one would be a lie.
      object.removeAll();
      if (!after.isMissingNode()) {
        object.set(sub.name(), after);
      }
    }
  }

  /** Whether the other sub-attributes only describe what {@code sub} names. */
  private static boolean identifies(Attribute attribute, Attribute sub) {
    boolean described =
        attribute.subAttributes().stream()
            .anyMatch(it -> it.isReadOnly() || it.name().equals("$ref"));
    return described && sub.equals(attribute.subAttributes().getFirst());
  }

  /** Sets the sub-attributes that are given and leaves the others (RFC 7644 §3.5.2.3). */
  static void merge(Target target, ObjectNode object, JsonNode raw, Mode mode) {
    var attribute = target.attribute();
    var given = ValueReader.asObject(attribute, raw, target.label());
    for (Attribute sub : attribute.subAttributes()) {
      var value = given.flatMap(it -> Fields.find(it, sub.name()));
      boolean meant =
          value.isPresent() && !sub.isReadOnly() && !(mode == Mode.ADD && value.get().isNull());
      if (meant) {
        assignSub(target, object, sub, value.get());
      }
    }
  }

  /** Whether a value says "unassigned". */
  static boolean clears(JsonNode raw) {
    return raw.isNull()
        || (raw.isTextual() && raw.asText().isEmpty())
        || (raw.isArray() && raw.isEmpty());
  }
}
