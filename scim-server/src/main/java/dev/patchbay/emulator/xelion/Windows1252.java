package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.Charset;

/** The server keeps text in Windows-1252: other characters come back as question marks. */
final class Windows1252 {
  private static final Charset CHARSET = Charset.forName("windows-1252");
  private static final int LONGEST = 4000;

  private Windows1252() {}

  /** The tree with all its texts as they are kept; changed in place. */
  static JsonNode kept(JsonNode tree) {
    return switch (tree) {
      case ObjectNode object -> {
        object.properties().forEach(each -> each.setValue(kept(each.getValue())));
        yield object;
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, kept(array.get(i)));
        }
        yield array;
      }
      case TextNode text -> TextNode.valueOf(kept(text.textValue()));
      default -> tree;
    };
  }

  private static String kept(String text) {
    if (text.length() > LONGEST) {
      throw ApiError.invalidPayload("a text is longer than " + LONGEST + " characters");
    }
    return new String(text.getBytes(CHARSET), CHARSET);
  }
}
