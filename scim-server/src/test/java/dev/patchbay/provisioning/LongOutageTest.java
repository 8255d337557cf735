package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.Journal;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.resilience.ResilienceSettings;
import dev.patchbay.pbx.resilience.ResilientPbxAdapter;
import dev.patchbay.provisioning.ProvisioningPolicy.OnUnavailable;
import dev.patchbay.schema.IdentityProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PBX is away for five minutes, while 500 people leave and 500 others come. */
class LongOutageTest {
  private static final int PEOPLE = 500;

  /** Enough to tell what comes first. */
  private static final int FEWER = 100;

  private static final Duration OUTAGE = Duration.ofMinutes(5);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);

  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      extensions: { pools: { default: { ranges: ["1000-2999"] } } }
      """;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryPbx pbx = new InMemoryPbx(clock, Duration.ofMinutes(1));
  private final Database database;

  LongOutageTest(@TempDir Path directory) {
    database = TestStore.sqlite().open(directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  @Tag("long")
  void whoLeftIsOutWithinAMinuteThoughNobodyAsksAgain() {
    var provisioner = open(OnUnavailable.REFUSE);
    var leavers = leavers(provisioner, PEOPLE);

    outage(
        provisioner,
        PEOPLE,
        i -> {
          later(() -> deactivate(provisioner, leavers.get(i)));
          later(() -> create(provisioner, "joiner" + i));
        });
    minute(provisioner);

    assertThat(pbx.all()).hasSize(PEOPLE).noneMatch(PbxUser::enabled);
    assertThat(open()).isZero();
  }

  @Test
  void whoLeftIsOutBeforeAnybodyComes() {
    var provisioner = open(OnUnavailable.QUEUE);
    var leavers = leavers(provisioner, FEWER);

    outage(
        provisioner,
        FEWER,
        i -> {
          create(provisioner, "joiner" + i);
          deactivate(provisioner, leavers.get(i));
        });
    pbx.calls();
    minute(provisioner);

    assertThat(pbx.all().stream().filter(PbxUser::enabled)).hasSize(FEWER);
    assertThat(open()).isZero();
    // Whom recovery tries in the moment of the return does not wait for those who pause.
    assertThat(pbx.calls().lastIndexOf("UpdateUser")).isLessThan(FEWER + 20);
  }

  private Provisioner open(OnUnavailable onUnavailable) {
    var policy =
        "policy: { on-unavailable: " + onUnavailable.name().toLowerCase(Locale.ROOT) + " }";
    return Provisioner.paused(
        "office",
        database,
        new ResilientPbxAdapter(
            "office", pbx, new ResilienceSettings(1, 20, 50, Duration.ofSeconds(10)), clock),
        TestMapping.from(Section.of(MAPPING)),
        ProvisioningPolicy.from(Section.of(policy).section("policy")),
        clock);
  }

  private static List<Entry> leavers(Provisioner provisioner, int count) {
    return IntStream.range(0, count).mapToObj(i -> create(provisioner, "leaver" + i)).toList();
  }

  /** What is asked for each number, evenly over the outage; recovery goes on every second. */
  private void outage(Provisioner provisioner, int count, IntConsumer asked) {
    pbx.down(true);
    var begin = clock.instant();
    for (int second = 1; second <= OUTAGE.toSeconds(); second++) {
      int from = (int) ((second - 1L) * count / OUTAGE.toSeconds());
      int to = (int) ((long) second * count / OUTAGE.toSeconds());
      IntStream.range(from, to).forEach(asked);
      clock.advance(SECOND);
      provisioner.recover();
    }
    assertThat(Duration.between(begin, clock.instant())).isEqualTo(OUTAGE);
    pbx.down(false);
  }

  private void minute(Provisioner provisioner) {
    for (int second = 1; second < 60; second++) {
      clock.advance(SECOND);
      provisioner.recover();
    }
  }

  private static void later(Runnable request) {
    var later = catchThrowableOfType(TryLater.class, request::run);
    assertThat(later.after()).isPositive();
  }

  private static Entry create(Provisioner provisioner, String userName) {
    return provisioner.create(EntryType.USER, IDP, Resources.named(userName));
  }

  private static void deactivate(Provisioner provisioner, Entry leaver) {
    var patch = "{'Operations':[{'op':'replace','path':'active','value':false}]}";
    provisioner.patch(
        EntryType.USER, IDP, leaver.id(), new IfMatch.Any(), Resources.resource(patch));
  }

  private long open() {
    return database.read(handle -> Journal.open(handle, "office"));
  }
}
