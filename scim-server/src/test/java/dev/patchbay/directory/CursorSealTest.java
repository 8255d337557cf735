package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Cursor.Side;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnEachStore
class CursorSealTest {
  private static final ListQuery LIST = DirectoryFixture.query(USERS, Optional.empty(), 1, 10);
  private static final Cursor CURSOR = new Cursor(Side.AFTER, Optional.of("ada@ß"), 42, 1000);

  private final TestStore kind;
  private final MovableClock clock = new MovableClock(DirectoryFixture.NOW);
  @TempDir private Path folder;
  private DirectoryFixture store;
  private CursorSeal seal;

  CursorSealTest(TestStore kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    store = DirectoryFixture.on(kind, folder);
    seal = seal();
  }

  private CursorSeal seal() {
    return new CursorSeal(CursorKey.of(store.database()), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void opensWhatItSealedAlsoAfterARestart() {
    var sealed = seal.seal(CURSOR, LIST);

    assertThat(seal().open(sealed, LIST)).isEqualTo(CURSOR);
  }

  @Test
  void hidesWhatTheListIsSortedByInCharactersThatNeedNoEscape() {
    assertThat(seal.seal(CURSOR, LIST)).doesNotContain("ada").matches("[A-Za-z0-9_-]+");
  }

  @Test
  void opensForItsListAlone() {
    var sealed = seal.seal(CURSOR, LIST);
    var filter = Optional.of(FilterParser.parse("userName pr"));
    var sort = Optional.of(new Sort(AttributePath.of("title"), Sort.Order.ASCENDING));
    var users = List.of(USERS);
    var others =
        List.of(
            DirectoryFixture.query(GROUPS, Optional.empty(), 1, 10),
            DirectoryFixture.query(USERS, filter, 1, 10),
            new ListQuery("other", users, LIST.filter(), LIST.sort(), LIST.paging(), 10, ""),
            new ListQuery("office", users, LIST.filter(), sort, LIST.paging(), 10, ""));

    for (ListQuery other : others) {
      assertRefused(Kind.INVALID_CURSOR, sealed, other);
    }
  }

  @Test
  void opensForPagesOfTheSameSizeAlone() {
    var larger = DirectoryFixture.query(USERS, Optional.empty(), 1, 11);

    assertRefused(Kind.INVALID_COUNT, seal.seal(CURSOR, LIST), larger);
  }

  @Test
  void opensNoLongerThanItSays() {
    var sealed = seal.seal(CURSOR, LIST);
    clock.advance(CursorSeal.TIMEOUT);
    assertThat(seal.open(sealed, LIST)).isEqualTo(CURSOR);

    clock.advance(Duration.ofSeconds(1));

    assertRefused(Kind.EXPIRED_CURSOR, sealed, LIST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%"})
  void opensNothingElse(String text) {
    assertRefused(Kind.INVALID_CURSOR, text, LIST);
  }

  @Test
  void opensNothingThatWasChanged() {
    var sealed = seal.seal(CURSOR, LIST);

    for (int at = 0; at < sealed.length() - 1; at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      var changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
      assertRefused(Kind.INVALID_CURSOR, changed, LIST);
    }
  }

  private void assertRefused(Kind kind, String sealed, ListQuery list) {
    assertThatThrownBy(() -> seal.open(sealed, list))
        .isInstanceOfSatisfying(Refusal.class, it -> assertThat(it.kind()).isEqualTo(kind));
  }
}
