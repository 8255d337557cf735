package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.ListQuery;
import dev.patchbay.directory.Projection;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a list, search or single read asks for, as it was sent (RFC 7644 §3.4.2 and §3.4.3). {@code
 * sortBy} is not among it: who cannot sort ignores it.
 */
record ListParameters(
    Optional<String> filter,
    Optional<String> startIndex,
    Optional<String> count,
    List<String> attributes,
    List<String> excludedAttributes) {

  /** Entries on a page unless the sender says otherwise. */
  private static final int DEFAULT_COUNT = 100;

  /** The most entries a page has, whatever the sender says. */
  static final int MAX_COUNT = 1000;

  /** Names in one list; far more than any schema has. */
  private static final int MAX_NAMES = 500;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
  private static final int INT_DIGITS = 9; // digits that fit into an int whatever they are

  static ListParameters of(WebRequest request) {
    return new ListParameters(
        request.query("filter"),
        request.query("startIndex"),
        request.query("count"),
        names(request.query("attributes")),
        names(request.query("excludedAttributes")));
  }

  /** Of a SearchRequest. */
  static ListParameters of(JsonNode search) {
    return new ListParameters(
        text(search, "filter"),
        text(search, "startIndex"),
        text(search, "count"),
        names(search, "attributes"),
        names(search, "excludedAttributes"));
  }

  private static List<String> names(Optional<String> list) {
    return list.map(it -> bounded(List.of(it.split(",", MAX_NAMES + 2)))).orElse(List.of());
  }

  private static List<String> bounded(List<String> names) {
    if (names.size() > MAX_NAMES) {
      throw new Refusal(Kind.INVALID_VALUE, "more than " + MAX_NAMES + " attribute names");
    }
    return names;
  }

  private static Optional<String> text(JsonNode search, String name) {
    var value = Fields.find(search, name).filter(it -> !it.isNull());
    if (value.isPresent() && !value.get().isValueNode()) {
      throw new Refusal(Kind.INVALID_VALUE, "'" + name + "' must be a single value");
    }
    return value.map(JsonNode::asText);
  }

  private static List<String> names(JsonNode search, String name) {
    var names = new ArrayList<String>();
    Fields.find(search, name).ifPresent(it -> it.forEach(each -> names.add(each.asText())));
    return bounded(names);
  }

  /**
   * @throws Refusal {@code INVALID_FILTER}, or {@code INVALID_VALUE} for what is no number
   */
  ListQuery query(String tenant, ResourceType type) {
    return new ListQuery(
        tenant,
        type,
        filter.map(FilterParser::parse),
        Math.max(1, number("startIndex", startIndex, 1)),
        Math.clamp(number("count", count, DEFAULT_COUNT), 0, MAX_COUNT));
  }

  Projection projection(ResourceType type) {
    return Projection.of(type, attributes, excludedAttributes);
  }

  private static int number(String name, Optional<String> sent, int otherwise) {
    var text = sent.map(String::strip).orElse(Integer.toString(otherwise));
    if (!NUMBER.matcher(text).matches()) {
      throw new Refusal(Kind.INVALID_VALUE, "'" + name + "' must be a whole number");
    }
    if (text.length() > INT_DIGITS) {
      return text.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return Integer.parseInt(text);
  }
}
