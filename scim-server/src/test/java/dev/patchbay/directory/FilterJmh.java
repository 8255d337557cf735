package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.JsonSql;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.FilterParser;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to read a filter, to match a user against it and to turn it into SQL. */
@State(Scope.Benchmark)
public class FilterJmh {
  private static final String SHORT = "userName eq \"ada@example.com\"";
  private static final String LONG =
      "active eq true and (emails[type eq \"work\" and value co \"@example.com\"]"
          + " or not (title sw \"Eng\")) and meta.created gt \"2020-01-01T00:00:00Z\"";

  private final Filter parsed = FilterParser.parse(LONG);
  private final FilterMatcher matcher = FilterMatcher.of(parsed, DirectoryFixture.USERS);
  private final ListQuery query =
      DirectoryFixture.query(DirectoryFixture.USERS, Optional.of(parsed), 1, 100);
  private final ObjectNode user = user();

  private static ObjectNode user() {
    var user = Json.object().put("userName", "ada@example.com").put("active", true);
    user.put("title", "Analyst");
    user.putArray("emails").addObject().put("type", "work").put("value", "ada@example.com");
    user.putObject("meta").put("created", "2026-01-01T00:00:00Z");
    return user;
  }

  @Benchmark
  public Filter parseShort() {
    return FilterParser.parse(SHORT);
  }

  @Benchmark
  public Filter parseLong() {
    return FilterParser.parse(LONG);
  }

  @Benchmark
  public boolean matchLong() {
    return matcher.test(user);
  }

  @Benchmark
  public Object compileLong() {
    return ListSql.of(query, JsonSql.SQLITE);
  }
}
