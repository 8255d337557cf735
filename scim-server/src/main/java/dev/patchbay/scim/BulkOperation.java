package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of a bulk (RFC 7644 §3.7).
 *
 * @param method as sent; empty if none was
 * @param path as sent, without what follows a question mark
 */
record BulkOperation(
    String method, Optional<String> bulkId, Optional<String> path, Content content) {

  /** What it asks for. */
  sealed interface Content {
    /** A create; {@code endpoint} is a name such as {@code Users}. */
    record Create(String endpoint, ObjectNode data) implements Content {}

    /** A change of one resource; {@code id} may be a reference. */
    record Change(String endpoint, String id, Verb verb, IfMatch ifMatch, ObjectNode data)
        implements Content {}

    record Malformed(Refusal why) implements Content {}
  }

  /** What is done to a resource that exists. */
  enum Verb {
    PUT,
    PATCH,
    DELETE
  }

  /** Where a path leads; no id in that of a resource type. */
  private record Place(String endpoint, Optional<String> id) {}

  /** Reads an operation; one that cannot be read says why. */
  static BulkOperation of(JsonNode sent, Set<String> endpoints) {
    var method = text(sent, "method").orElse("").toUpperCase(Locale.ROOT);
    var bulkId = text(sent, "bulkId");
    var path = text(sent, "path").map(it -> it.split("\\?", 2)[0]);
    Content content;
    try {
      content = content(sent, method, bulkId, path, endpoints);
    } catch (Refusal why) {
      content = new Content.Malformed(why);
    }
    return new BulkOperation(method, bulkId, path, content);
  }

  /** Whether it is to make something that others may refer to. */
  boolean creates() {
    return method.equals("POST");
  }

  private static Content content(
      JsonNode sent,
      String method,
      Optional<String> bulkId,
      Optional<String> path,
      Set<String> endpoints) {
    return switch (method) {
      case "POST" -> {
        var place = place(path, endpoints);
        if (place.id().isPresent()) {
          throw syntax("path: POST takes that of a resource type, such as /Users");
        }
        if (bulkId.isEmpty()) {
          throw syntax("bulkId: POST needs one");
        }
        yield new Content.Create(place.endpoint(), data(sent));
      }
      case "PUT", "PATCH", "DELETE" -> {
        var verb = Verb.valueOf(method);
        var place = place(path, endpoints);
        var id =
            place.id().orElseThrow(() -> syntax("path: " + verb + " takes that of one resource"));
        var ifMatch = IfMatch.of(version(sent));
        var data = verb == Verb.DELETE ? ScimJson.empty() : data(sent);
        yield new Content.Change(place.endpoint(), id, verb, ifMatch, data);
      }
      default -> throw syntax("method: must be POST, PUT, PATCH or DELETE");
    };
  }

  private static Place place(Optional<String> path, Set<String> endpoints) {
    var sent = path.orElseThrow(() -> syntax("path: is missing"));
    var parts = (sent.startsWith("/") ? sent.substring(1) : sent).split("/", -1);
    if (parts.length > 2 || !endpoints.contains(parts[0])) {
      throw new Refusal(Kind.NOT_FOUND, "path: a bulk can do nothing there");
    }
    return new Place(
        parts[0],
        parts.length == 2 && !parts[1].isEmpty()
            ? Optional.of(decoded(parts[1]))
            : Optional.empty());
  }

  private static String decoded(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw syntax("path: has a malformed percent sequence");
    }
  }

  private static ObjectNode data(JsonNode sent) {
    if (Fields.find(sent, "data").orElse(sent.path("data")) instanceof ObjectNode data) {
      return data;
    }
    throw syntax("data: must be a JSON object");
  }

  private static Optional<String> text(JsonNode sent, String name) {
    return Fields.find(sent, name).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  /** One that cannot be read must not turn into none. */
  private static Optional<String> version(JsonNode sent) {
    var version = Fields.find(sent, "version").filter(it -> !it.isNull());
    if (version.filter(it -> !it.isTextual()).isPresent()) {
      throw syntax("version: must be an ETag, as text");
    }
    return version.map(JsonNode::asText);
  }

  private static Refusal syntax(String detail) {
    return new Refusal(Kind.INVALID_SYNTAX, detail);
  }
}
