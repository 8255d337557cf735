package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page is shorter than asked for when its resources are too long, and nobody is left out. */
@OnEachStore
class LargePagesTest {
  private static final int LONG = 250_000; // characters, about what one resource may have
  private static final int FIT = EntryList.MOST_CHARACTERS / LONG;

  private final TestStore kind;
  private DirectoryFixture store;
  private final List<String> users = new ArrayList<>();

  LargePagesTest(TestStore kind) {
    this.kind = kind;
  }

  @BeforeEach
  void fill(@TempDir Path folder) {
    store = DirectoryFixture.on(kind, folder);
    for (int i = 0; i < 2 * FIT + 3; i++) {
      int number = i;
      users.add(
          store.user(
              "user" + i,
              user -> {
                user.put("title", "x".repeat(LONG));
                if (number % 3 != 0) {
                  user.put("displayName", "Name " + number % 5);
                }
              }));
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void pagesByIndexAreShortened() {
    for (var query : queries()) {
      var found = new ArrayList<String>();
      int total;
      do {
        var page = store.directory().list(query.at(new Paging.Index(found.size() + 1)));
        assertFits(page);
        found.addAll(ids(page));
        total = page.total();
      } while (found.size() < total);

      assertThat(found).hasSize(users.size()).containsExactlyInAnyOrderElementsOf(users);
    }
  }

  @Test
  void pagesByCursorAreShortened() {
    for (var query : queries()) {
      var page = store.directory().list(query);
      var found = new ArrayList<>(ids(page));
      while (page.next().isPresent()) {
        page = store.directory().list(query.at(new Paging.Beside(page.next().get())));
        assertFits(page);
        found.addAll(ids(page));
      }
      assertThat(found).hasSize(users.size()).containsExactlyInAnyOrderElementsOf(users);

      var back = new ArrayList<>(ids(page));
      while (page.previous().isPresent()) {
        page = store.directory().list(query.at(new Paging.Beside(page.previous().get())));
        assertFits(page);
        back.addAll(ids(page));
      }
      assertThat(back).hasSize(users.size()).containsExactlyInAnyOrderElementsOf(users);
    }
  }

  private static void assertFits(Page page) {
    assertThat(page.entries()).hasSizeBetween(1, FIT);
    assertThat(page.total()).isEqualTo(2 * FIT + 3);
  }

  /** Plain, filtered, and sorted by what not everybody has. */
  private static List<ListQuery> queries() {
    var filter = Optional.of(FilterParser.parse("userName sw \"user\""));
    var by = AttributePath.parse("displayName").orElseThrow();
    var sort = Optional.of(new Sort(by, Sort.Order.DESCENDING));
    return List.of(
        query(Optional.empty(), Optional.empty()),
        query(filter, Optional.empty()),
        query(Optional.empty(), sort),
        query(filter, sort));
  }

  private static ListQuery query(Optional<Filter> filter, Optional<Sort> sort) {
    var base = "https://bridge.example/office/scim/v2";
    return new ListQuery(TENANT, List.of(USERS), filter, sort, new Paging.First(), 1000, base);
  }

  private static List<String> ids(Page page) {
    return page.entries().stream().map(Stored::id).toList();
  }
}
