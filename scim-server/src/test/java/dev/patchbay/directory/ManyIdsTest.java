package dev.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.journal.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request may name 50,000 members; SQLite takes 32,766 values beside a statement. */
@OnEachStore
class ManyIdsTest {
  private static final List<String> MANY =
      IntStream.range(0, 50_000).mapToObj(it -> "id" + it).toList();

  private final TestStore stores;
  private DirectoryFixture store;

  ManyIdsTest(TestStore stores) {
    this.stores = stores;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    store = DirectoryFixture.on(stores, folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static List<String> manyAnd(String... more) {
    return Stream.concat(MANY.stream(), Stream.of(more)).toList();
  }

  private <T> T read(Function<Handle, T> work) {
    return store.database().read(work);
  }

  @Test
  void whoBelongsToOneOfManyGroupsIsFoundAmongMany() {
    var ada = store.user("ada");
    var bob = store.user("bob");
    var sales = store.group("Sales", ada);
    store.group("Other", bob);

    Set<String> among = read(it -> NestedGroups.among(it, manyAnd(sales), manyAnd(ada, bob)));
    Set<String> all = read(it -> NestedGroups.users(it, manyAnd(sales)));

    assertThat(among).containsExactly(ada);
    assertThat(all).containsExactly(ada);
  }

  @Test
  void manyGroupsBelongToOneAndGoAgain() {
    var sales = store.group("Sales");

    store.database().run(it -> NestedGroups.add(it, sales, MANY));
    List<String> inner = read(it -> NestedGroups.inner(it, sales));
    store.database().run(it -> NestedGroups.remove(it, sales, MANY));
    List<String> left = read(it -> NestedGroups.inner(it, sales));

    assertThat(inner).hasSameSizeAs(MANY);
    assertThat(left).isEmpty();
  }

  @Test
  void ofManyUsersItIsKnownWhoseWorkIsOpen() {
    Set<String> open = read(it -> Journal.openAmong(it, MANY));

    assertThat(open).isEmpty();
  }
}
