package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.database.Database;
import dev.patchbay.schema.Attribute;
import org.jdbi.v3.core.Handle;

/** A resource with all its text folded: no store folds as {@link Attribute#folded} does. */
public final class FoldedText {
  private static final int PART = 500; // entries in one transaction

  private FoldedText() {}

  static String of(ObjectNode resource) {
    return Json.text((ObjectNode) folded(resource));
  }

  private static JsonNode folded(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        var copy = Json.object();
        object.properties().forEach(it -> copy.set(it.getKey(), folded(it.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = array.arrayNode(array.size());
        array.forEach(it -> copy.add(folded(it)));
        yield copy;
      }
      case TextNode text -> TextNode.valueOf(Attribute.folded(text.textValue()));
      default -> node;
    };
  }

  /** Fills in what entries of an earlier release lack; at once if there are none. */
  public static void complete(Database database) {
    while (database.write(FoldedText::completePart) == PART) {
      // Part by part: writes of others are not to wait for all of them.
    }
  }

  private static int completePart(Handle handle) {
    var entries =
        handle
            .createQuery("select * from entry where folded is null order by seq limit " + PART)
            .map((row, context) -> EntryStore.entry(row))
            .list();
    entries.forEach(it -> EntryStore.complete(handle, it));
    return entries.size();
  }
}
