package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.List;

/** What Xelion answers to calls that succeed. */
final class Answers {
  private static final String LINKS = "links";

  private Answers() {}

  /**
   * One object with a link to itself.
   *
   * @param folder the path its oid follows
   */
  static WebResponse object(String folder, ObjectNode object) {
    return Json.ok(wrapped(folder, object));
  }

  private static ObjectNode wrapped(String folder, ObjectNode object) {
    ObjectNode answer = Json.object();
    answer.set("object", object);
    link(answer.putArray(LINKS), "self", folder + "/" + object.path("oid").asText());
    return answer;
  }

  private static void link(ArrayNode links, String rel, String href) {
    links.addObject().put("rel", rel).put("href", href).put("method", "GET");
  }

  static WebResponse nothing() {
    return WebResponse.of(200);
  }

  /** A list that has no pages. */
  static WebResponse whole(WebRequest request, List<ObjectNode> rows) {
    return Json.ok(list(request, rows));
  }

  /** The page of {@code rows} that the request asks for by {@code limit} and {@code after}. */
  static WebResponse page(WebRequest request, List<ObjectNode> rows) {
    int limit = Math.min(request.query("limit").map(Answers::number).orElse(15), 100);
    int from = request.query("after").map(oid -> indexAfter(rows, oid)).orElse(0);
    List<ObjectNode> page = rows.subList(from, Math.min(rows.size(), from + limit));
    ObjectNode answer = list(request, page);
    if (page.size() == limit) {
      String last = page.getLast().path("oid").asText();
      ((ObjectNode) answer.path("meta")).putObject("paging").put("nextId", last);
      link(
          (ArrayNode) answer.path("meta").path(LINKS),
          "next",
          request.path() + "?limit=" + limit + "&after=" + last);
    }
    return Json.ok(answer);
  }

  private static ObjectNode list(WebRequest request, List<ObjectNode> rows) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    rows.forEach(row -> data.add(wrapped(request.path(), row)));
    link(answer.putObject("meta").putArray(LINKS), "refresh", request.path());
    return answer;
  }

  private static int indexAfter(List<ObjectNode> rows, String oid) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).path("oid").asText().equals(oid)) {
        return i + 1;
      }
    }
    throw ApiError.invalidObject("no object to begin after");
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw ApiError.invalidPayload("limit must be a whole number");
    }
    return Integer.parseInt(text);
  }
}
