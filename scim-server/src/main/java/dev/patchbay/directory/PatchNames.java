package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.ResourceType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells which attributes a PATCH names, whether or not it changes them: labels without
 * sub-attributes. The message is looked through at the first question.
 */
public final class PatchNames implements Predicate<String> {
  private final JsonNode body;
  private final ResourceType type;
  private final IdentityProvider idp;
  private Optional<Set<String>> names = Optional.empty();

  /**
   * @param body one that {@link PatchApplier} took from {@code idp}, once this is asked
   */
  public PatchNames(JsonNode body, ResourceType type, IdentityProvider idp) {
    this.body = body;
    this.type = type;
    this.idp = idp;
  }

  @Override
  public boolean test(String label) {
    if (names.isEmpty()) {
      names = Optional.of(read());
    }
    return names.get().contains(label);
  }

  private Set<String> read() {
    var found = new HashSet<String>();
    for (PatchOperation operation : PatchOperation.read(body, idp)) {
      if (operation.path().isPresent()) {
        add(operation.path().get(), operation.value(), found);
      } else {
        operation.value().ifPresent(value -> addKeys(value, "", found));
      }
    }
    return found;
  }

  private void addKeys(JsonNode content, String prefix, Set<String> found) {
    for (var field : content.properties()) {
      add(prefix + field.getKey(), Optional.of(field.getValue()), found);
    }
  }

  private void add(String text, Optional<JsonNode> value, Set<String> found) {
    var schema = type.schema(text);
    if (schema.isPresent()) {
      value.ifPresent(content -> addKeys(content, schema.get().urn() + ":", found));
      return;
    }
    var end = text.indexOf('[');
    AttributePath.parse(end < 0 ? text : text.substring(0, end))
        .map(path -> new AttributePath(path.urn(), path.name(), Optional.empty()))
        .flatMap(type::find)
        .ifPresent(target -> found.add(target.label()));
  }
}
