package dev.patchbay.directory;

import java.util.HashMap;
import java.util.Map;

/** The values of one statement: whatever a client sent is here and never in the text. */
final class Bindings {
  private final Map<String, Object> values = new HashMap<>();

  /** Where the value goes in the text. */
  String add(Object value) {
    var name = "v" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  /** The same for a value that several places have. */
  String add(String name, Object value) {
    values.put(name, value);
    return ":" + name;
  }

  Map<String, Object> values() {
    return Map.copyOf(values);
  }
}
