package dev.patchbay.scim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.web.WebRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads request bodies: one JSON object, in bounds, no key twice, nothing behind it. */
final class JsonBody {
  /** Deeper than any SCIM message (about 6), far from what overflows a stack. */
  private static final int MAX_DEPTH = 64;

  /** A token may cost 100 times its bytes in memory; a group of 80,000 members has 320,000. */
  private static final int MAX_TOKENS = 400_000;

  /** In one object; each is looked up in the schema, where no type has a tenth of that. */
  private static final int MAX_NAMES = 1000;

  private static final Set<String> MEDIA_TYPES =
      Set.of("application/scim+json", "application/json");

  private static final Pattern CHARSET = Pattern.compile("(?:^|;)\\s*charset=\"?([^\";\\s]*)");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNumberLength(100)
                          .maxNameLength(1000)
                          .build())
                  // Made for names that come again: a hostile body has each name once.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .nodeFactory(new SmallObjects())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /** Room for 16 names in each of 50,000 members would be 4 MB. */
  private static final class SmallObjects extends JsonNodeFactory {
    private static final long serialVersionUID = 1;

    private static final int NAMES = 4;

    @Override
    public ObjectNode objectNode() {
      return new ObjectNode(this, new LinkedHashMap<>(NAMES));
    }
  }

  static ObjectNode read(WebRequest request) {
    requireJson(request.header("Content-Type"));
    requireUtf8(request.body());
    try {
      if (MAPPER.readTree(request.body()) instanceof ObjectNode object) {
        requireNames(object);
        return object;
      }
    } catch (JsonProcessingException malformed) {
      throw syntax(reason(malformed) + place(malformed));
    } catch (IOException notText) {
      throw notUtf8();
    }
    throw syntax("the body must be a JSON object");
  }

  private static void requireNames(JsonNode node) {
    if (node instanceof ObjectNode object) {
      requireFew(object);
      requireDistinct(object);
    }
    for (JsonNode part : node) {
      if (part.isContainerNode()) {
        requireNames(part);
      }
    }
  }

  private static void requireFew(ObjectNode object) {
    if (object.size() > MAX_NAMES) {
      throw syntax("an object of the body has more than " + MAX_NAMES + " names");
    }
  }

  /** Names are the same in any case (RFC 7643 §2.1); which of two counts nobody could tell. */
  private static void requireDistinct(ObjectNode object) {
    if (object.size() < 2) {
      return; // members of a group, mostly
    }
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    for (var field : object.properties()) {
      if (!names.add(field.getKey())) {
        throw syntax(
            "a key appears twice in one object, in another case: "
                + Refusal.quoted(field.getKey()));
      }
    }
  }

  /** Jackson reads overlong forms, such as C0 AF for a slash, and UTF-16 and UTF-32 besides. */
  private static void requireUtf8(byte[] body) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var bytes = ByteBuffer.wrap(body);
    var sink = CharBuffer.allocate(8 * 1024);
    while (bytes.hasRemaining()) {
      if (decoder.decode(bytes, sink.clear(), true).isError()) {
        throw notUtf8();
      }
    }
  }

  /** A body without a type is JSON: there is nothing else it could be. */
  private static void requireJson(Optional<String> contentType) {
    var type = contentType.map(it -> it.toLowerCase(Locale.ROOT).split(";", 2));
    if (type.isPresent() && !(isJson(type.get()[0]) && isUtf8(type.get()))) {
      throw new UnsupportedMediaType();
    }
  }

  private static boolean isJson(String mediaType) {
    return MEDIA_TYPES.contains(mediaType.strip());
  }

  /** Whether a character set, if named among the parameters, is the one of JSON. */
  private static boolean isUtf8(String[] type) {
    return Stream.of(type)
        .skip(1)
        .flatMap(it -> CHARSET.matcher(it).results())
        .allMatch(it -> it.group(1).equals("utf-8"));
  }

  /** Not the parser's own message: it quotes the body, which may hold a password. */
  private static String reason(JsonProcessingException malformed) {
    var message = Optional.ofNullable(malformed.getOriginalMessage()).orElse("");
    if (message.startsWith("Duplicate field")) {
      return "a key appears twice in one object";
    }
    return message.contains("exceeds the maximum")
        ? "the body is nested too deep or has too many, too long or too large parts"
        : "the body is not valid JSON";
  }

  private static String place(JsonProcessingException malformed) {
    return Optional.<JsonLocation>ofNullable(malformed.getLocation())
        .map(it -> " (line " + it.getLineNr() + ", column " + it.getColumnNr() + ")")
        .orElse("");
  }

  private static Refusal notUtf8() {
    return syntax("the body is not UTF-8 text");
  }

  private static Refusal syntax(String detail) {
    return new Refusal(Kind.INVALID_SYNTAX, detail);
  }
}
