package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.mapping.MappedField.From;
import dev.patchbay.pbx.api.PbxField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what fills one field of the PBX's users; what could never fill it stops the start. */
record FieldSettings(Section section, PbxField field, FieldForm form, KnownPbx pbx) {
  private static final String NONE = "none";

  MappedField read() {
    List<String> from = section.strings("from", List.of());
    if (section.has("from") == section.has("text")) {
      section.reject("from", "expected exactly one of from and text");
    }
    if (from.equals(List.of(NONE))) {
      return nothing();
    }
    var steps = steps();
    var otherwise = section.optionalString("default").flatMap(it -> fitting("default", it));
    return new MappedField(section.has("text") ? text() : first(), steps, otherwise);
  }

  private MappedField nothing() {
    if (pbx.requires(field)) {
      section.reject("from", "expected an attribute: the pbx takes no user without it");
    }
    return MappedField.NOTHING;
  }

  private From first() {
    return new From.First(section.values("from", ScimSource.FORM, List.of(), ScimSource::parse));
  }

  private From text() {
    var template = new Template(section.string("text"));
    var parts = new LinkedHashMap<String, ScimSource>();
    for (String name : template.placeholders()) {
      try {
        parts.put(name, ScimSource.parse(name));
      } catch (IllegalArgumentException e) {
        section.reject("text", "expected {%s} to be %s".formatted(name, ScimSource.FORM));
      }
    }
    if (parts.isEmpty() || !template.closed()) {
      section.reject("text", "expected an attribute in braces such as {title}");
    }
    return new From.Text(template, parts);
  }

  private List<Transform> steps() {
    var steps = new ArrayList<Transform>();
    replace().ifPresent(steps::add);
    if (section.bool("lower-case", false)) {
      steps.add(new Transform.LowerCase());
    }
    if (section.has("table")) {
      steps.add(table(section.section("table")));
    }
    if (section.has("cut")) {
      steps.add(new Transform.Cut(section.integer("cut", 1, 1, pbx.longest(field).orElse(10_000))));
    }
    return steps;
  }

  private Optional<Transform> replace() {
    if (section.has("with") && !section.has("replace")) {
      section.reject("with", "expected only beside replace");
    }
    var pattern = section.value("replace", Transform.Replace.FORM, Transform.Replace::pattern);
    String with = section.string("with", "");
    try {
      return pattern.<Transform>map(it -> new Transform.Replace(it, with));
    } catch (IllegalArgumentException e) {
      section.reject("with", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Transform table(Section table) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key : table.keys()) {
      if (entries.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
        table.reject(key, "stands here already: case does not count");
      }
      table
          .optionalString(key)
          .flatMap(it -> fitting(table, key, it))
          .ifPresent(it -> entries.put(key, it));
    }
    return new Transform.Table(entries, Optional.ofNullable(entries.remove("*")));
  }

  private Optional<String> fitting(String key, String text) {
    return fitting(section, key, text);
  }

  private Optional<String> fitting(Section at, String key, String text) {
    int longest = pbx.longest(field).orElse(Integer.MAX_VALUE);
    if (text.length() > longest) {
      at.reject(key, "is longer than the " + longest + " characters the pbx takes");
    }
    Optional<String> formed = form.formed(text);
    if (formed.isEmpty()) {
      at.reject(key, "expected " + form.words() + ", found '" + text + "'");
    }
    return formed;
  }
}
