package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.NOW;
import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachStore
class KnownUsersTest {
  private static final String ODD = "a\"b\\c'd,e[]{}\t\n:x ß💩";

  private final TestStore stores;
  private DirectoryFixture store;

  KnownUsersTest(TestStore stores) {
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

  @Test
  void findsAUserByIdThenByExternalIdWhateverItsCharacters() {
    var ada = store.user("ada");
    var odd = store.user("odd", it -> it.put("externalId", ODD));
    var namesake = store.user("namesake", it -> it.put("externalId", ada));

    var found = named(ada, ODD, "nobody", ODD);

    assertThat(found).containsExactlyInAnyOrderEntriesOf(Map.of(ada, ada, ODD, odd));
    assertThat(found).doesNotContainValue(namesake);
  }

  @Test
  void whoIsMeantByAnExternalIdOfSeveralIsNotGuessed() {
    store.user("first", it -> it.put("externalId", "e1"));
    store.user("second", it -> it.put("externalId", "e1"));

    assertThatThrownBy(() -> named("e1")).isInstanceOf(Refusal.class).hasMessageContaining("e1");
  }

  @Test
  void whoIsBeingMadeOrDeletedIsNotFound() {
    var ids = List.of(store.hidden("coming", Life.CREATING), store.hidden("going", Life.DELETING));

    assertThat(named(ids.toArray(String[]::new))).isEmpty();
  }

  @Test
  void tellsAGroupAmongManyValues() {
    var group = store.group("Sales");
    var strangers = IntStream.range(0, 2000).mapToObj(it -> "x" + it).toList();

    assertThat(groups(strangers)).isEmpty();
    assertThat(groups(List.of("x1", group))).containsExactly(group);
  }

  @Test
  void parkedValuesComeBackAsTheyWere() {
    var group = store.group("Sales");
    store.park(group, ODD, NOW.plus(Duration.ofDays(1)));

    assertThat(parked(group)).containsExactly(ODD);
    store.database().run(handle -> ParkedMembers.unpark(handle, group, Set.of(ODD, "other")));
    assertThat(parked(group)).isEmpty();
  }

  @Test
  void whatWaitedTooLongMayWaitAnew() {
    var group = store.group("Sales");
    store.park(group, "late", NOW.minus(Duration.ofDays(1)));

    var until = NOW.plus(Duration.ofDays(7));
    store.database().run(handle -> ParkedMembers.park(handle, group, Set.of("late"), until));

    assertThat(parked(group)).containsExactly("late");
  }

  @Test
  void aGroupWaitsForTenThousandAtTheMost() {
    var group = store.group("Sales");
    var until = NOW.plus(Duration.ofDays(7));
    var many = IntStream.range(0, 10_000).mapToObj(it -> "x" + it).collect(Collectors.toSet());
    store.database().run(handle -> ParkedMembers.park(handle, group, many, until));

    assertThatThrownBy(
            () ->
                store
                    .database()
                    .run(handle -> ParkedMembers.park(handle, group, Set.of("y"), until)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("10000");

    assertThat(parked(group)).hasSize(10_000).doesNotContain("y");
  }

  private Map<String, String> named(String... values) {
    return store.database().read(handle -> KnownUsers.named(handle, TENANT, List.of(values)));
  }

  private Set<String> groups(List<String> ids) {
    return store.database().read(handle -> KnownUsers.groups(handle, TENANT, ids));
  }

  private List<String> parked(String group) {
    return store.database().read(handle -> ParkedMembers.of(handle, group));
  }
}
