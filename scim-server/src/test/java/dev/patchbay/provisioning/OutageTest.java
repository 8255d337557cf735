package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.resilience.ResilienceSettings;
import dev.patchbay.pbx.resilience.ResilientPbxAdapter;
import dev.patchbay.schema.IdentityProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PBX that is away long enough to be left alone, and comes back. */
@OnEachStore
class OutageTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final int CALLS = 4; // of which half may fail before the PBX is left alone

  private final TestStore store;
  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryPbx pbx = new InMemoryPbx(clock, Duration.ofSeconds(2));
  private final ResilientPbxAdapter guarded =
      new ResilientPbxAdapter(
          "office", pbx, new ResilienceSettings(1, CALLS, 50, Duration.ofSeconds(10)), clock);
  private Database database;
  private Provisioner provisioner;

  OutageTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    database = store.open(directory);
    provisioner =
        Provisioner.paused(
            "office",
            database,
            guarded,
            TestMapping.from(Section.of(MAPPING)),
            ProvisioningPolicy.from(
                Section.of("policy: { on-unavailable: queue, busy-wait: PT0S }").section("policy")),
            clock);
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
  }

  @Test
  void aPersonIsQueuedWhileThePbxIsLeftAlone() {
    create("before");
    leaveAlone();

    var queued = create("during");

    assertThat(state(queued)).isEqualTo("pending");
  }

  @Test
  void aPersonIsQueuedByABridgeThatNeverReachedThePbx() {
    leaveAlone();

    var queued = create("first");

    assertThat(state(queued)).isEqualTo("pending");
    pbx.down(false);
    pass(Duration.ofMinutes(1));
    assertThat(pbx.named("first")).isPresent();
  }

  @Test
  void whoNeverReachedThePbxStaysOutWhenDeactivatedMeanwhile() {
    leaveAlone();
    var queued = create("first");

    patch(queued, "{'op':'replace','path':'active','value':false}");

    pbx.down(false);
    pass(Duration.ofMinutes(1));
    assertThat(pbx.named("first")).map(PbxUser::enabled).hasValue(false);
  }

  @Test
  void whoWasQueuedIsMadeWithinAMinuteOfALongOutagesEnd() {
    create("before");
    leaveAlone();
    List<Entry> queued = IntStream.range(0, 12).mapToObj(i -> create("new" + i)).toList();
    pass(Duration.ofHours(2));

    pbx.down(false);
    pass(Duration.ofMinutes(1));

    assertThat(pbx.all()).hasSize(1 + queued.size());
    assertThat(openWork()).isZero();
  }

  @Test
  void whoLeftIsDisabledWithinAMinuteOfALongOutagesEnd() {
    var ada = create("ada");
    leaveAlone();
    IntStream.range(0, 12).forEach(i -> create("new" + i));
    patch(ada, "{'op':'replace','path':'active','value':false}");
    pass(Duration.ofHours(2));

    pbx.down(false);
    pass(Duration.ofMinutes(1));

    assertThat(pbx.named("ada")).map(PbxUser::enabled).hasValue(false);
  }

  private void leaveAlone() {
    pbx.down(true);
    for (int i = 0; i < CALLS; i++) {
      assertThat(catchThrowable(() -> guarded.groupNamed("nobody"))).isNotNull();
    }
    assertThat(guarded.circuit()).isEqualTo("open");
  }

  /** Time goes by, and recovery takes its rounds; more seldom in a long time than it does. */
  private void pass(Duration time) {
    var step = time.dividedBy(30);
    for (int round = 0; round < 30; round++) {
      clock.advance(step);
      provisioner.recover();
    }
  }

  private Entry create(String userName) {
    return provisioner.create(EntryType.USER, IDP, json("{'userName':'" + userName + "'}"));
  }

  private void patch(Entry user, String operation) {
    provisioner.patch(
        EntryType.USER,
        IDP,
        user.id(),
        new IfMatch.Any(),
        json("{'Operations':[" + operation + "]}"));
  }

  private static String state(Entry user) {
    return user.resource()
        .at("/urn:ietf:params:scim:schemas:extension:pbx:2.0:User/provisioning/state")
        .asText();
  }

  private long openWork() {
    return database.read(handle -> Journal.open(handle, "office"));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
