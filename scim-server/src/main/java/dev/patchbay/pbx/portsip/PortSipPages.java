package dev.patchbay.pbx.portsip;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.http.HttpCall;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A PortSIP list, fetched page by page as it is consumed. It is ordered by name, so that what comes
 * and goes meanwhile moves its neighbours as little as possible.
 */
final class PortSipPages implements Iterator<ObjectNode> {
  // The most PortSIP gives at once.
  private static final int PAGE = 100;

  private final PortSipApi api;
  private final String name;
  private final String path;
  private final Queue<ObjectNode> page = new ArrayDeque<>();
  private long seen;
  private boolean ended;

  private PortSipPages(PortSipApi api, String name, String path) {
    this.api = api;
    this.name = name;
    this.path = path;
  }

  /** Every item of the list at {@code path} that the filter lets through. */
  static Stream<ObjectNode> of(PortSipApi api, String name, String path, Optional<String> filter) {
    String query =
        "?orderby=name"
            + filter.map(it -> "&filter=" + HttpCall.encode(it)).orElse("")
            + "&top="
            + PAGE
            + "&skip=";
    var pages = new PortSipPages(api, name, path + query);
    int features = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, features), false);
  }

  /**
   * A filter that lets the items through whose field has this value, and perhaps others. How a
   * quote is written in one is not documented (a name may be O'Neil): what stands between quotes is
   * asked for.
   */
  static String having(String field, String value) {
    if (value.indexOf('\'') < 0) {
      return field + " eq '" + value + "'";
    }
    return Arrays.stream(value.split("'"))
        .max(comparingInt(String::length))
        .filter(part -> !part.isEmpty())
        .map(part -> "contains(" + field + ",'" + part + "')")
        .orElse(field + " ne ''");
  }

  @Override
  public boolean hasNext() {
    if (page.isEmpty() && !ended) {
      fetch();
    }
    return !page.isEmpty();
  }

  @Override
  public ObjectNode next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  private void fetch() {
    HttpCall call = HttpCall.read(name, path + seen);
    ObjectNode answer = api.read(call, api.time());
    JsonNode items = answer.path("items");
    long count = answer.path("count").asLong(-1);
    if (!items.isArray() || count < 0 || (items.isEmpty() && seen < count)) {
      throw api.unreadable(call);
    }
    for (JsonNode item : items) {
      if (!(item instanceof ObjectNode object)) {
        throw api.unreadable(call);
      }
      page.add(object);
    }
    seen += items.size();
    ended = seen >= count;
  }
}
