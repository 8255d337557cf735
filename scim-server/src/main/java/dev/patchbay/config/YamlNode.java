package dev.patchbay.config;

import java.util.List;
import java.util.Map;

/** A piece of the file with the line it starts on (1-based; 0 where there is no file). */
sealed interface YamlNode {
  int line();

  /** What it is, as a message says it. */
  String kind();

  /** A value; its type is the reader's business. */
  record Text(String text, int line) implements YamlNode {
    @Override
    public String kind() {
      return "'" + text + "'";
    }
  }

  /** A key without a value. */
  record Nothing(int line) implements YamlNode {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  record Mapping(Map<String, YamlNode> entries, int line) implements YamlNode {
    static final Mapping EMPTY = new Mapping(Map.of(), 0);

    @Override
    public String kind() {
      return "a mapping";
    }
  }

  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }
}
