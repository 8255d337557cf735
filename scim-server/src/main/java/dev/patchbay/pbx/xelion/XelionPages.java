package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Xelion list, fetched page by page as it is consumed; each page begins after the last object of
 * the one before. Not every list of Xelion's is said to have pages: one that gives the same objects
 * again has none, and is at its end.
 */
final class XelionPages implements Iterator<ObjectNode> {
  private static final int PAGE = 100;

  private final XelionApi api;
  private final Supplier<CallTime> time;
  private final String name;
  private final String path;
  private final Queue<ObjectNode> page = new ArrayDeque<>();
  private Set<String> before = Set.of();
  private String after = "";
  private boolean ended;

  private XelionPages(XelionApi api, Supplier<CallTime> time, String name, String path) {
    this.api = api;
    this.time = time;
    this.name = name;
    this.path = path;
  }

  /**
   * Every object of the list at {@code path}.
   *
   * @param time of each page
   * @param query what is asked of it, encoded; may be empty
   */
  static Stream<ObjectNode> of(
      XelionApi api, Supplier<CallTime> time, String name, String path, String query) {
    String start = path + "?" + (query.isEmpty() ? "" : query + "&") + "limit=" + PAGE;
    var pages = new XelionPages(api, time, name, start);
    int features = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, features), false);
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
    HttpCall call = HttpCall.read(name, path + after);
    ObjectNode answer = api.list(call, time.get());
    if (!answer.path("data").isArray()) {
      throw api.errors().unreadable(call);
    }
    var seen = new HashSet<String>();
    for (JsonNode row : answer.path("data")) {
      ObjectNode object = object(call, row);
      String oid = object.path("oid").asText();
      if (seen.add(oid) && !before.contains(oid)) {
        page.add(object);
      }
    }
    last(answer).ifPresent(oid -> after = "&after=" + HttpCall.encode(oid));
    ended = page.isEmpty() || !goesOn(answer);
    before = seen;
  }

  private ObjectNode object(HttpCall call, JsonNode row) {
    if (row.path("object") instanceof ObjectNode object) {
      return api.withOid(call, object);
    }
    throw api.errors().unreadable(call);
  }

  private static boolean goesOn(JsonNode answer) {
    JsonNode meta = answer.path("meta");
    for (JsonNode link : meta.path("links")) {
      if (link.path("rel").asText().equals("next")) {
        return true;
      }
    }
    return Json.text(meta.path("paging"), "nextId").isPresent();
  }

  private static Optional<String> last(JsonNode answer) {
    JsonNode data = answer.path("data");
    return data.isEmpty()
        ? Optional.empty()
        : Json.text(data.get(data.size() - 1).path("object"), "oid");
  }
}
