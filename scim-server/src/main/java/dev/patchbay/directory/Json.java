package dev.patchbay.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the directory's values are written in the store. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What {@link #applied(Applied)} writes of something that is not on the PBX begins so. */
  static final String ABSENT = "{\"existence\":\"absent\"";

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads what {@link #text} wrote; anything else is a damaged store. */
  public static ObjectNode parse(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds JSON that does not parse", e);
    }
  }

  public static String text(ObjectNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /** A field set as a JSON array of names. */
  public static String fields(Set<PbxField> fields) {
    var array = MAPPER.createArrayNode();
    fields.forEach(field -> array.add(field.name()));
    return array.toString();
  }

  public static Set<PbxField> fields(String text) {
    try {
      return fields((ArrayNode) MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the store holds JSON that does not parse", e);
    }
  }

  private static Set<PbxField> fields(ArrayNode names) {
    var fields = EnumSet.noneOf(PbxField.class);
    names.forEach(name -> fields.add(PbxField.valueOf(name.asText())));
    return fields;
  }

  static String applied(Applied applied) {
    var node = object();
    node.put("existence", applied.existence().name().toLowerCase(Locale.ROOT));
    applied.ref().ifPresent(ref -> node.put("id", ref.id()));
    var fields = node.putObject("fields");
    applied.fields().forEach((field, value) -> fields.put(field.name(), value));
    var maybe = node.putArray("maybe");
    applied.maybe().forEach(field -> maybe.add(field.name()));
    return text(node);
  }

  static Applied applied(String text) {
    var node = parse(text);
    Map<PbxField, String> fields = new EnumMap<>(PbxField.class);
    node.path("fields")
        .properties()
        .forEach(field -> fields.put(PbxField.valueOf(field.getKey()), field.getValue().asText()));
    return new Applied(
        Applied.Existence.valueOf(node.path("existence").asText().toUpperCase(Locale.ROOT)),
        node.has("id") ? Optional.of(new PbxRef(node.path("id").asText())) : Optional.empty(),
        fields,
        fields((ArrayNode) node.path("maybe")));
  }
}
