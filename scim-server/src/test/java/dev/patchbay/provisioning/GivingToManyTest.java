package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxField;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template of a group with more members than one round of the journal takes up. */
class GivingToManyTest {
  private static final int MEMBERS = MemberCalls.PIECE + 20;

  @TempDir private Path directory;

  @Test
  void theJournalBringsAChangedTemplateToThemInPieces() {
    try (var store = SteppedStore.in(directory);
        var office = new Office(store.database())) {
      office.map("templates: { all: { settings: { recordAudio: true } } }");
      var users =
          IntStream.range(0, MEMBERS).mapToObj(i -> office.user("u" + i)).toArray(Entry[]::new);
      var group = office.groupOf("All", "template", "all", users);
      assertThat(office.state(group)).isEqualTo("synced");

      office.map("templates: { all: { settings: { recordAudio: false } } }");
      office.later(Duration.ofMinutes(2));
      assertThat(changed(office)).isEqualTo(MemberCalls.PIECE);
      assertThat(office.state(group)).isEqualTo("pending");
      office.later(Duration.ofMinutes(2));

      assertThat(changed(office)).isEqualTo(MEMBERS);
      assertThat(office.state(group)).isEqualTo("synced");
      assertThat(office.openPlans()).isZero();
    }
  }

  private static long changed(Office office) {
    return office.pbx.all().stream()
        .filter(user -> user.get(PbxField.RECORD_AUDIO).orElse("").equals("false"))
        .count();
  }
}
