package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.Cursor;
import dev.patchbay.directory.ListQuery;
import dev.patchbay.directory.Paging;
import dev.patchbay.directory.Projection;
import dev.patchbay.directory.Sort;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What a list, search or single read asks for, as it was sent (RFC 7644 §3.4.2 and §3.4.3, RFC 9865
 * §2).
 */
record ListParameters(
    Optional<String> filter,
    Optional<String> sortBy,
    Optional<String> sortOrder,
    Optional<String> startIndex,
    Optional<String> cursor,
    Optional<String> count,
    List<String> attributes,
    List<String> excludedAttributes) {

  /** Entries on a page unless the sender says otherwise. */
  static final int DEFAULT_COUNT = 100;

  /** The most entries a page has, whatever the sender says. */
  static final int MAX_COUNT = 1000;

  /** Names in one list; far more than any schema has. */
  private static final int MAX_NAMES = 500;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");
  private static final int INT_DIGITS = 9; // digits that fit into an int whatever they are

  static ListParameters of(WebRequest request) {
    return new ListParameters(
        request.query("filter"),
        request.query("sortBy"),
        request.query("sortOrder"),
        request.query("startIndex"),
        request.query("cursor"),
        request.query("count"),
        names(request.query("attributes")),
        names(request.query("excludedAttributes")));
  }

  /** Of a SearchRequest. */
  static ListParameters of(JsonNode search) {
    return new ListParameters(
        text(search, "filter"),
        text(search, "sortBy"),
        text(search, "sortOrder"),
        text(search, "startIndex"),
        text(search, "cursor"),
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
   * The list that is meant. Without {@code cursor} pages are counted by index, since clients of
   * before RFC 9865 expect it.
   *
   * @param opening tells a cursor from the text a client sent
   * @throws Refusal {@code INVALID_FILTER}, {@code INVALID_COUNT}, what {@code opening} throws, or
   *     {@code INVALID_VALUE} for anything else
   */
  ListQuery query(
      String tenant,
      List<ResourceType> types,
      String base,
      BiFunction<String, ListQuery, Cursor> opening) {
    var parsed = filter.map(FilterParser::parse);
    var first = new ListQuery(tenant, types, parsed, sort(), new Paging.First(), size(), base);
    if (cursor.isEmpty()) {
      return first.at(
          new Paging.Index(Math.max(1, number("startIndex", startIndex, 1, Kind.INVALID_VALUE))));
    }
    if (startIndex.isPresent()) {
      throw new Refusal(Kind.INVALID_VALUE, "'startIndex' and 'cursor' exclude each other");
    }
    return cursor
        .filter(it -> !it.isEmpty())
        .map(it -> first.at(new Paging.Beside(opening.apply(it, first))))
        .orElse(first);
  }

  private int size() {
    var whenOther = cursor.isPresent() ? Kind.INVALID_COUNT : Kind.INVALID_VALUE;
    return Math.clamp(number("count", count, DEFAULT_COUNT, whenOther), 0, MAX_COUNT);
  }

  private Optional<Sort> sort() {
    var order = sortOrder.map(String::strip).orElse("ascending");
    boolean descending = order.equalsIgnoreCase("descending");
    if (!descending && !order.equalsIgnoreCase("ascending")) {
      throw new Refusal(Kind.INVALID_VALUE, "'sortOrder' must be 'ascending' or 'descending'");
    }
    return sortBy
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .map(ListParameters::sortPath)
        .map(it -> new Sort(it, descending ? Sort.Order.DESCENDING : Sort.Order.ASCENDING));
  }

  private static AttributePath sortPath(String text) {
    return AttributePath.parse(text)
        .orElseThrow(
            () ->
                new Refusal(
                    Kind.INVALID_VALUE, "'sortBy': " + Refusal.quoted(text) + " is no attribute"));
  }

  Projection projection(ResourceType type) {
    return Projection.of(type, attributes, excludedAttributes);
  }

  private static int number(String name, Optional<String> sent, int otherwise, Kind whenOther) {
    var text = sent.map(String::strip).orElse(Integer.toString(otherwise));
    if (!NUMBER.matcher(text).matches()) {
      throw new Refusal(whenOther, "'" + name + "' must be a whole number");
    }
    if (text.length() > INT_DIGITS) {
      return text.startsWith("-") ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return Integer.parseInt(text);
  }
}
