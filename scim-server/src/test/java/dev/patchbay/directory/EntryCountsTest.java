package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachStore
class EntryCountsTest {
  private final TestStore kind;
  @TempDir private Path folder;
  private DirectoryFixture store;

  EntryCountsTest(TestStore kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    store = DirectoryFixture.on(kind, folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void pagesOfALargeDirectoryAreWhatCountingThemWouldGive() {
    var ids = store.users(5_000);
    var gone = new Random(7);
    var shown =
        IntStream.range(0, ids.size())
            .filter(it -> (it < 1_500 || it >= 3_500) && gone.nextInt(10) > 0)
            .mapToObj(ids::get)
            .toList(); // of the blocks between, one is empty now
    delete(ids.stream().filter(it -> !shown.contains(it)).toList());

    for (int start : List.of(1, 2, 900, 1_450, 1_501, 1_502, shown.size() - 99, shown.size())) {
      var page =
          store.directory().list(DirectoryFixture.query(USERS, Optional.empty(), start, 100));

      assertThat(page.total()).isEqualTo(shown.size());
      assertThat(page.entries())
          .extracting(Stored::id)
          .isEqualTo(shown.stream().skip(start - 1).limit(100).toList());
    }
    assertThat(page(shown.size() + 1)).isEmpty();
    assertThat(page(Integer.MAX_VALUE)).isEmpty();
  }

  private void delete(List<String> ids) {
    store.database().run(handle -> ids.forEach(it -> EntryStore.delete(handle, it)));
  }

  private List<Stored> page(int start) {
    return store
        .directory()
        .list(DirectoryFixture.query(USERS, Optional.empty(), start, 100))
        .entries();
  }

  @Test
  void totalsFollowEveryTurnOfAnEntrysLife() {
    var ada = store.hidden("ada", Life.CREATING);
    assertThat(total()).isZero();

    become(ada, Life.LIVE);
    assertThat(total()).isOne();
    become(ada, Life.DELETING);
    assertThat(total()).isOne();
    become(ada, Life.DELETED);
    assertThat(total()).isZero();
    delete(List.of(ada));
    delete(List.of(store.user("bob")));
    assertThat(total()).isZero();
  }

  @Test
  void totalsOfATransactionThatFailedDoNotCount() {
    var ada = store.user("ada");

    try {
      store
          .database()
          .run(
              handle -> {
                EntryStore.delete(handle, ada);
                throw new IllegalStateException("fails");
              });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("fails");
    }

    assertThat(total()).isOne();
  }

  private void become(String id, Life life) {
    store
        .database()
        .run(
            handle ->
                EntryStore.update(handle, EntryStore.find(handle, id).orElseThrow().with(life)));
  }

  private int total() {
    return store.directory().list(DirectoryFixture.query(USERS, Optional.empty(), 1, 0)).total();
  }

  @Test
  void fillsInWhatAnEarlierReleaseDidNotStore() {
    store.user("Straße");
    store.database().run(handle -> handle.execute("update entry set folded = null"));

    FoldedText.complete(store.database());

    var query = DirectoryFixture.query(USERS, Optional.empty(), 1, 10);
    assertThat(store.directory().list(query).entries()).hasSize(1);
    assertThat(folded())
        .containsExactly(
            "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:user\"],\"userName\":\"strasse\",\"active\":true}");
  }

  private List<String> folded() {
    return store
        .database()
        .read(handle -> handle.createQuery("select folded from entry").mapTo(String.class).list());
  }
}
