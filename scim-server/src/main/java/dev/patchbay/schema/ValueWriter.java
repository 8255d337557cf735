package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an operation gives, once, and writes it into as many objects as it is meant for: an
 * attribute, a sub-attribute, or several.
 */
final class ValueWriter {
  enum Mode {
    ADD,
    REPLACE
  }

  private final ValueReader reader;

  ValueWriter(ValueReader reader) {
    this.reader = reader;
  }

  /** One attribute and what it becomes; no value: unassigned. */
  record Change(Attribute attribute, Optional<JsonNode> value) {
    void in(ObjectNode holder) {
      value.ifPresentOrElse(
          it -> holder.set(attribute.name(), it.deepCopy()), () -> holder.remove(attribute.name()));
    }

    /** As a part of {@code whole}, whose other parts may describe what this one names. */
    void in(ObjectNode object, Attribute whole) {
      JsonNode before = object.path(attribute.name());
      boolean same = value.map(before::equals).orElse(before.isMissingNode());
      if (!same && whole.isNamedBy(attribute)) {
        object.removeAll(); // another manager: address and name of the former would be a lie
      }
      in(object);
    }
  }

  /** A single value. */
  Change read(Attribute attribute, JsonNode raw, String label) {
    var value =
        reader.clears(attribute, raw)
            ? Optional.<JsonNode>empty()
            : reader.readOne(attribute, raw, label);
    if (attribute.traits().required() && value.filter(it -> !it.asText().isBlank()).isEmpty()) {
      throw ValueReader.invalid(label, "is required");
    }
    return new Change(attribute, value);
  }

  Change readSub(Target target, Attribute sub, JsonNode raw) {
    return read(sub, raw, target.whole().label() + "." + sub.name());
  }

  /** The sub-attributes that are given; the others stay (RFC 7644 §3.5.2.3). */
  List<Change> readParts(Target target, JsonNode raw, Mode mode) {
    var changes = new ArrayList<Change>();
    var attribute = target.attribute();
    reader
        .asObject(attribute, raw, target.label())
        .ifPresent(
            given -> {
              for (var field : given.properties()) {
                if (attribute.sub(field.getKey()).isEmpty()) {
                  reader.refuseUnknown(target.label() + "." + field.getKey());
                }
              }
              for (Attribute sub : attribute.subAttributes()) {
                Fields.find(given, sub.name())
                    .filter(it -> !sub.isReadOnly() && !(mode == Mode.ADD && it.isNull()))
                    .ifPresent(it -> changes.add(readSub(target, sub, it)));
              }
            });
    return changes;
  }
}
