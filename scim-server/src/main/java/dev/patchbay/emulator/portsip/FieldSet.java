package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.portsip.Field.Use;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The fields of one resource, and what a create, an update and a read make of them. A field the
 * call does not take is refused: the vendor says nothing of it, and ignoring it would hide
 * mistakes.
 */
final class FieldSet {
  private final SequencedMap<String, Field> fields = new LinkedHashMap<>();

  FieldSet(List<Field> fields) {
    fields.forEach(each -> this.fields.put(each.name(), each));
  }

  /** The names of the fields that lists show. */
  List<String> listed() {
    return fields.values().stream().filter(it -> it.isFor(Use.LIST)).map(Field::name).toList();
  }

  /** A new resource; throws {@link ApiError} naming every field that breaks a rule. */
  ObjectNode create(ObjectNode body) {
    ObjectNode made = blank(Json.object(), Use.CREATE);
    apply(body, made, Use.CREATE);
    return made;
  }

  /**
   * {@code stored} after an update; throws {@link ApiError} naming every field that breaks a rule.
   */
  ObjectNode update(ObjectNode stored, ObjectNode body, UpdateMode mode) {
    ObjectNode before = stored.deepCopy();
    ObjectNode made =
        switch (mode) {
          case MERGE -> before;
          case REPLACE -> blank(before, Use.UPDATE);
        };
    apply(body, made, Use.UPDATE);
    return made;
  }

  /** What the single read shows: blank fields as null. */
  ObjectNode read(ObjectNode stored) {
    return shown(stored, Use.READ);
  }

  /** What lists show. */
  ObjectNode summary(ObjectNode stored) {
    return shown(stored, Use.LIST);
  }

  private ObjectNode blank(ObjectNode target, Use use) {
    fields.values().stream().filter(it -> it.isFor(use)).forEach(it -> clear(it, target));
    return target;
  }

  /** What is null is not stored: most of the sixty fields of most users are. */
  private static void clear(Field field, ObjectNode target) {
    if (field.blank().isNull()) {
      target.remove(field.name());
    } else {
      target.set(field.name(), field.blank());
    }
  }

  private void apply(ObjectNode body, ObjectNode target, Use use) {
    var faults = new LinkedHashMap<String, String>();
    for (var given : body.properties()) {
      Field field = fields.get(given.getKey());
      if (field == null) {
        faults.put(given.getKey(), "is not known");
      } else if (!field.isFor(use)) {
        faults.put(given.getKey(), "cannot be set by this call");
      } else {
        set(field, given.getValue(), target, faults);
      }
    }
    fields.values().stream()
        .filter(it -> it.isFor(Use.REQUIRED) && it.isFor(use) && !target.hasNonNull(it.name()))
        .forEach(it -> faults.putIfAbsent(it.name(), "is required"));
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
  }

  private static void set(
      Field field, JsonNode value, ObjectNode target, Map<String, String> faults) {
    if (isBlank(value)) {
      clear(field, target);
      return;
    }
    field
        .form()
        .broken(value)
        .ifPresentOrElse(
            rule -> faults.put(field.name(), rule), () -> target.set(field.name(), value));
  }

  private static boolean isBlank(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.textValue().isEmpty());
  }

  private ObjectNode shown(ObjectNode stored, Use use) {
    ObjectNode shown = Json.object();
    for (Field field : fields.values()) {
      if (field.isFor(use)) {
        JsonNode value = stored.get(field.name());
        shown.set(field.name(), value == null ? field.blank() : value);
      }
    }
    return shown;
  }
}
