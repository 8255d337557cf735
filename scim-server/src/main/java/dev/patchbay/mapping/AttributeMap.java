package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields of the PBX's users a tenant fills in its own way.
 *
 * @param fields those; any other is filled as docs/reference/mapping.md says
 */
record AttributeMap(Map<PbxField, MappedField> fields) {
  static final AttributeMap NONE = new AttributeMap(Map.of());

  AttributeMap {
    fields = Map.copyOf(fields);
  }

  /** Reads {@code attributes: { department: { from: title } } } and the like. */
  static AttributeMap from(Section section, KnownPbx pbx) {
    var fields = new EnumMap<PbxField, MappedField>(PbxField.class);
    for (Map.Entry<String, Section> entry : section.sections("attributes").entrySet()) {
      var settings = entry.getValue();
      var field = field(section.section("attributes"), entry.getKey(), pbx);
      if (field.isEmpty()) {
        settings.skip();
      }
      field.flatMap(it -> read(settings, it, pbx)).ifPresent(it -> fields.put(field.get(), it));
    }
    custom(section.section("custom"), pbx, fields);
    return new AttributeMap(fields);
  }

  private static Optional<MappedField> read(Section settings, PbxField field, KnownPbx pbx) {
    return FieldForm.of(field)
        .flatMap(
            form -> settings.read(section -> new FieldSettings(section, field, form, pbx).read()));
  }

  /** The short way to fill the fields that a vendor lets its customers give a meaning to. */
  private static void custom(Section section, KnownPbx pbx, Map<PbxField, MappedField> fields) {
    for (String key : section.keys()) {
      var source = section.value(key, ScimSource.FORM, ScimSource::parse);
      var field = word("custom-" + key);
      if (field.isEmpty()) {
        section.reject(key, "expected text-1 to text-8, number-1 to -4 or date-1 to -4");
      } else if (!pbx.holds(field.get())) {
        section.reject(key, "users of this pbx have no such field");
      } else if (fields.containsKey(field.get())) {
        section.reject(key, "stands in attributes, too, as custom-" + key);
      } else {
        source.ifPresent(it -> fields.put(field.get(), MappedField.of(it)));
      }
    }
  }

  private static Optional<PbxField> field(Section section, String key, KnownPbx pbx) {
    Optional<PbxField> field = word(key);
    if (field.filter(pbx::holds).isEmpty()) {
      section.rejectWord(key, "a field of this pbx's users", key, words(pbx));
      return Optional.empty();
    }
    if (FieldForm.of(field.get()).isEmpty()) {
      section.reject(key, elsewhere(field.get()));
      return Optional.empty();
    }
    return field;
  }

  private static String elsewhere(PbxField field) {
    return switch (field) {
      case NAME -> "is set in naming";
      case EXTENSION -> "is set in extensions";
      case ROLE -> "is set in roles";
      case MICROSOFT365 -> "is set in ms365-source";
      case ENABLED -> "is active, and nothing else";
      default -> "is no single value that a setting could fill";
    };
  }

  private static Optional<PbxField> word(String key) {
    return Arrays.stream(PbxField.values()).filter(it -> word(it).equals(key)).findFirst();
  }

  /** The field's word in settings. */
  static String word(PbxField field) {
    return field.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> words(KnownPbx pbx) {
    return Arrays.stream(PbxField.values())
        .filter(it -> pbx.holds(it) && FieldForm.of(it).isPresent())
        .map(AttributeMap::word)
        .toList();
  }

  Set<PbxField> keys() {
    return fields.keySet();
  }

  Optional<MappedField> of(PbxField field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** The value of a field that is mapped; refused, naming the attribute, in a wrong form. */
  Optional<String> value(PbxField field, ScimUser user) {
    return of(field).flatMap(it -> it.value(user).map(text -> formed(field, it, text)));
  }

  private static String formed(PbxField field, MappedField mapped, String text) {
    var form = FieldForm.of(field).orElse(FieldForm.TEXT);
    return form.formed(text)
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Kind.INVALID_VALUE,
                    mapped.label() + " must be " + form.words() + " for the pbx"));
  }
}
