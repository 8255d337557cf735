package dev.patchbay.app;

import com.fasterxml.jackson.databind.node.TextNode;

/** Writes values into YAML text. */
final class Yaml {
  private Yaml() {}

  /** {@code text} in double quotes; YAML reads a JSON string as JSON does. */
  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
