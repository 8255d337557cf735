package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.mapping.Resources;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that was tried a thousand times waits for a person, unless it takes away. */
@OnEachStore
class GivenUpWorkTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final String LEAVE = "{'op':'replace','path':'active','value':false}";
  private static final String RENAME = "{'op':'replace','path':'displayName','value':'X'}";
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);

  private final TestStore store;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryPbx pbx = new InMemoryPbx(clock, Duration.ofMinutes(1));
  private Database database;
  private Provisioner provisioner;

  GivenUpWorkTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open(@TempDir Path directory) {
    database = store.open(directory);
    provisioner =
        Provisioner.paused(
            "office",
            database,
            pbx,
            TestMapping.from(Section.of(MAPPING)),
            ProvisioningPolicy.from(Section.of("busy-wait: 0s")),
            clock);
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
    store.close();
  }

  @Test
  void itIsBlockedAndLeftAlone() {
    var ada = tooOften(RENAME);

    assertThat(state(ada)).isEqualTo("blocked");
    assertThat(provisioner.openWork(1).getFirst().state()).isEqualTo(OpenWork.State.BLOCKED);
    assertThat(provisioner.summary().blocked()).isOne();
    recoverLater();
    assertThat(state(ada)).isEqualTo("blocked");
  }

  @Test
  void itGoesOnWhenAPersonSaysSo() {
    var ada = tooOften(RENAME);

    provisioner.retry(ada.id(), true);
    recoverLater();

    assertThat(state(ada)).isEqualTo("synced");
    assertThat(provisioner.summary().blocked()).isZero();
  }

  @Test
  void aRequestForTheSameEntryTakesItUp() {
    var ada = tooOften(RENAME);

    patch(ada, "{'op':'replace','path':'title','value':'Dr'}");

    assertThat(state(ada)).isEqualTo("synced");
  }

  @Test
  void whatTakesAwayIsTriedForEver() {
    var ada = tooOften(LEAVE);

    assertThat(provisioner.openWork(1).getFirst().state()).isEqualTo(OpenWork.State.WAITING);
    recoverLater();

    assertThat(pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(state(ada)).isEqualTo("synced");
  }

  /** A change without an answer, whose last attempt but one the PBX could not be reached for. */
  private Entry tooOften(String change) {
    var ada = provisioner.create(EntryType.USER, IDP, Resources.resource("{'userName':'ada'}"));
    pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
    assertThatThrownBy(() -> patch(ada, change)).isInstanceOf(TryLater.class);
    database.run(
        handle ->
            handle.execute("update journal set attempts = ?", JournalEntry.MOST_ATTEMPTS - 1));
    pbx.down(true);
    recoverLater();
    pbx.down(false);
    return ada;
  }

  private void recoverLater() {
    clock.advance(Duration.ofMinutes(11));
    provisioner.recover();
  }

  private void patch(Entry user, String operation) {
    var unused =
        provisioner.patch(
            EntryType.USER,
            IDP,
            user.id(),
            new IfMatch.Any(),
            Resources.resource("{'Operations':[" + operation + "]}"));
  }

  private String state(Entry user) {
    var now = database.read(handle -> EntryStore.find(handle, user.id())).orElseThrow();
    return now.resource().at("/" + ResourceTypes.PBX_USER + "/provisioning/state").asText();
  }
}
