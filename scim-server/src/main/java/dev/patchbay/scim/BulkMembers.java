package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.scim.BulkOperation.Content;
import java.util.Locale;

/**
 * The members that a bulk names. Its operations run side by side and each member costs memory, so
 * all of them together may name as many as one request of its own.
 */
final class BulkMembers {
  private static final String MEMBERS = "members";

  private BulkMembers() {}

  /**
   * Lets a bulk pass that names no more than {@code most}.
   *
   * @throws Refusal {@code TOO_LARGE}
   */
  static void check(BulkRequest request, int most) {
    long named = request.operations().stream().mapToLong(it -> named(it.content())).sum();
    if (named > most) {
      throw new Refusal(
          Kind.TOO_LARGE,
          "Operations: name " + named + " members, more than " + most + " in one request");
    }
  }

  private static long named(Content content) {
    return switch (content) {
      case Content.Create create -> in(create.data());
      case Content.Change change ->
          switch (change.verb()) {
            case PUT -> in(change.data());
            case PATCH -> ofPatch(change.data());
            case DELETE -> 0;
          };
      case Content.Malformed malformed -> 0;
    };
  }

  private static long in(JsonNode resource) {
    return Fields.find(resource, MEMBERS).map(BulkMembers::count).orElse(0L);
  }

  private static long ofPatch(JsonNode patch) {
    long named = 0;
    for (JsonNode operation : Fields.find(patch, "Operations").orElse(patch)) {
      var value = Fields.find(operation, "value").orElse(operation.path("value"));
      named += isAboutMembers(operation) ? count(value) : in(value);
    }
    return named;
  }

  private static boolean isAboutMembers(JsonNode operation) {
    return Fields.find(operation, "path")
        .filter(it -> it.asText().toLowerCase(Locale.ROOT).contains(MEMBERS))
        .isPresent();
  }

  private static long count(JsonNode value) {
    return value.isArray() ? value.size() : 1;
  }
}
