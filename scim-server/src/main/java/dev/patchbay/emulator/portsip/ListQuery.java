package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The list parameters {@code filter search orderby skip top} of one request. */
record ListQuery(Listing listing, Condition condition, String order, int skip, int top) {
  /** The vendor's largest page, and its default. */
  private static final int LARGEST_PAGE = 100;

  /** Throws {@link ApiError} saying which parameter is wrong. */
  static ListQuery of(WebRequest request, Listing listing, Undocumented undocumented) {
    Condition filter =
        request
            .query("filter")
            .map(it -> FilterParser.parse(it, listing, undocumented))
            .orElse(Condition.ALWAYS);
    Condition search =
        request.query("search").map(it -> search(it, listing)).orElse(Condition.ALWAYS);
    return new ListQuery(
        listing,
        filter.join("AND", search),
        request.query("orderby").map(it -> order(it, listing)).orElse("seq"),
        number(request, "skip", 0, 0, Integer.MAX_VALUE),
        number(request, "top", LARGEST_PAGE, 1, LARGEST_PAGE));
  }

  long count(Handle handle) {
    return bound(handle, "SELECT count(*)" + from()).mapTo(Long.class).one();
  }

  List<ObjectNode> page(Handle handle) {
    String sql =
        "SELECT body" + from() + " ORDER BY " + order + " LIMIT " + top + " OFFSET " + skip;
    return bound(handle, sql).mapTo(String.class).map(Json::stored).list();
  }

  private String from() {
    return " FROM " + listing.table() + " WHERE " + condition.sql();
  }

  private Query bound(Handle handle, String sql) {
    Query query = handle.createQuery(sql);
    for (int i = 0; i < condition.values().size(); i++) {
      query.bind(i, condition.values().get(i));
    }
    return query;
  }

  private static Condition search(String text, Listing listing) {
    String lower = text.toLowerCase(Locale.ROOT);
    return listing.searched().stream()
        .flatMap(field -> listing.sql(field).stream())
        .map(sql -> Condition.of("instr(lower(" + sql + "), ?) > 0", lower))
        .reduce((one, other) -> one.join("OR", other))
        .orElse(Condition.ALWAYS);
  }

  private static String order(String text, Listing listing) {
    var terms = new ArrayList<String>();
    for (String term : text.split(",", -1)) {
      String[] words = term.strip().split("\\s+", -1);
      String direction = words.length == 1 ? "asc" : words[1].toLowerCase(Locale.ROOT);
      if (words.length > 2 || !List.of("asc", "desc").contains(direction)) {
        throw ApiError.invalid("orderby: field and asc or desc expected, was '" + term + "'");
      }
      String sql =
          listing
              .sql(words[0])
              .orElseThrow(() -> ApiError.invalid("orderby: no field '" + words[0] + "'"));
      terms.add(sql + " " + direction);
    }
    terms.add("seq");
    return String.join(", ", terms);
  }

  private static int number(WebRequest request, String name, int absent, int min, int max) {
    String text = request.query(name).orElse(Integer.toString(absent));
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // said below
    }
    throw ApiError.invalid(name + " must be a whole number from " + min + " to " + max);
  }
}
