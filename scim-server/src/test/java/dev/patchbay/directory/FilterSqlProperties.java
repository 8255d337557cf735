package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.ResourceTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** SQL and the row-by-row test must agree on every filter: the one is the other's shortcut. */
class FilterSqlProperties {
  private static final List<String> VALUES = List.of("", "a", "A", "ab", "B", "ß", "%", "_a", "😀");

  private static Path folder;
  private static DirectoryFixture store;
  private static String group;

  @BeforeContainer
  static void fill() throws IOException {
    folder = Files.createTempDirectory("filters");
    store = DirectoryFixture.in(folder);
    var members = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      int number = i;
      members.add(store.user("u" + i, it -> vary(it, number)));
    }
    group = store.group("a", members.subList(0, 9).toArray(String[]::new));
  }

  private static void vary(ObjectNode user, int number) {
    var value = VALUES.get(number % VALUES.size());
    user.put("userName", value + number % 3).put("active", number % 4 != 0);
    if (number % 2 == 0) {
      user.put("externalId", value);
    }
    if (number % 3 == 0) {
      user.put("displayName", value + value);
    }
    if (number % 5 != 0) {
      user.putArray("emails")
          .addObject()
          .put("value", value)
          .put("type", number % 2 == 0 ? "work" : "home");
    }
    if (number % 7 == 0) {
      user.putObject(ResourceTypes.PBX_USER).put("extensionNumber", "10" + number);
    }
  }

  @AfterContainer
  static void close() throws IOException {
    store.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 500)
  void sqlFindsWhatTheRowsSay(@ForAll("filters") Filter filter) {
    var query = new ListQuery(TENANT, USERS, Optional.of(filter), 1, 100);
    var found = store.directory().list(query);

    assertThat(found.entries()).extracting(Stored::id).isEqualTo(rowByRow(filter));
  }

  private static List<String> rowByRow(Filter filter) {
    return store
        .database()
        .read(
            handle -> {
              var all = new ListQuery(TENANT, USERS, Optional.empty(), 1, 100);
              var test = new RowFilter(handle, filter, USERS);
              return EntryRows.page(handle, all, FilterSql.of(Optional.empty(), USERS)).stream()
                  .filter(test)
                  .map(Stored::id)
                  .toList();
            });
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(3);
  }

  private Arbitrary<Filter> filters(int depth) {
    if (depth == 0) {
      return leaf();
    }
    var inner = filters(depth - 1);
    var some = inner.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(
        leaf(), inner.map(Filter.Not::new), some.map(Filter.And::new), some.map(Filter.Or::new));
  }

  private Arbitrary<Filter> leaf() {
    var attribute =
        Arbitraries.of(
            "userName", "externalId", "displayName", "emails", "extensionNumber", "title", "id");
    var operator = Arbitraries.of("eq", "ne", "sw", "co", "ew", "gt", "le");
    var compared =
        Combinators.combine(attribute, operator, Arbitraries.of(VALUES))
            .as((name, word, value) -> name + " " + word + " \"" + value + "\"");
    var others =
        Arbitraries.of(
            "active eq true",
            "active eq \"False\"",
            "externalId pr",
            "emails[type eq \"work\" and value eq \"a\"]",
            "emails[value eq \"b\"]",
            "emails[not (value eq \"a\")]",
            "externalId eq null",
            "groups.display eq \"A\"",
            "groups eq \"GROUP\"");
    return Arbitraries.oneOf(compared, others)
        .map(it -> FilterParser.parse(it.replace("GROUP", group)));
  }
}
