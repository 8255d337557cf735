package dev.patchbay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.portsip.PortSipDialect;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.provisioning.ProvisioningPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** When comparisons begin by themselves, and at which of several bridges. */
@OnEachStore
class ReconciliationTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<AutoCloseable> opened = new ArrayList<>();
  @Parameter private TestStore store;
  @TempDir private Path folder;
  private PortSipEmulator pbx;
  private Database database;
  private PbxAdapter adapter;

  @BeforeEach
  void start() throws IOException {
    pbx = kept(PortSipEmulator.start(PortSipEmulatorOptions.defaults().withToken("secret")));
    database = kept(store.open(folder));
    var token = Files.writeString(folder.resolve("token"), "secret");
    var settings = Section.of("base-url: " + pbx.uri() + "\ntoken: file:" + token);
    adapter = kept(new PortSipDialect().open("office", settings, clock, () -> 1));
  }

  private <T extends AutoCloseable> T kept(T part) {
    opened.addFirst(part);
    return part;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
    store.close();
  }

  /** Another bridge that starts now. */
  private Reconciliation bridge() {
    return bridge("24h");
  }

  private Reconciliation bridge(String every) {
    var settings = "reconcile: { repair: sync, every: " + every + " }";
    var mapping = "email-fallback: \"{pbxUserName}@example.invalid\"";
    var provisioner =
        kept(
            Provisioner.open(
                "office",
                database,
                adapter,
                TestMapping.from(Section.of(mapping)),
                ProvisioningPolicy.from(Section.of("")),
                Optional.empty(),
                clock));
    return kept(
        new Reconciliation(
            "office",
            database,
            adapter,
            provisioner.inspection(),
            ReconcileSettings.from(Section.of(settings).section("reconcile")),
            clock));
  }

  /** Whether it compares when it looks now; waits until it has. */
  private boolean compares(Reconciliation bridge) {
    var before = bridge.last();
    bridge.startIfDue();
    await("the comparison to end").until(() -> !bridge.underWay());
    return !bridge.last().equals(before);
  }

  @Test
  void beginWhenItIsTime() {
    var bridge = bridge();

    assertThat(compares(bridge)).as("at the start").isFalse();
    clock.advance(Duration.ofHours(1).minus(MINUTE));
    assertThat(compares(bridge)).as("within the first hour").isFalse();
    clock.advance(MINUTE);
    assertThat(compares(bridge)).as("after the first hour").isTrue();
    assertThat(bridge.last().orElseThrow().path("by").asText()).isEqualTo("schedule");
    assertThat(bridge.last().orElseThrow().path("repair").asText()).isEqualTo("sync");
    clock.advance(Duration.ofHours(24).minus(MINUTE));
    assertThat(compares(bridge)).as("too early").isFalse();
    clock.advance(MINUTE);
    assertThat(compares(bridge)).as("a day later").isTrue();
  }

  @Test
  void areNotBegunAnewByARestart() {
    clock.advance(MINUTE);
    var before = bridge();
    clock.advance(Duration.ofHours(1));
    assertThat(compares(before)).isTrue();
    clock.advance(Duration.ofHours(20));
    var after = bridge();

    clock.advance(Duration.ofHours(4).minus(MINUTE));
    assertThat(compares(after)).isFalse();
    clock.advance(MINUTE);
    assertThat(compares(after)).isTrue();
  }

  @Test
  void areOneBridges() {
    var one = bridge();
    var other = bridge();
    clock.advance(Duration.ofHours(1));

    assertThat(compares(one)).isTrue();
    assertThat(compares(other)).as("it was just done").isFalse();
    assertThat(lists()).isEqualTo(1);
  }

  @Test
  void areLeftToTheNextTimeByABridgeThatDiedAtOne() {
    var one = bridge();
    var other = bridge();
    clock.advance(Duration.ofHours(1));
    assertThat(compares(one)).isTrue();
    database.run(handle -> handle.execute("delete from drift_report")); // as if it had died

    assertThat(compares(other)).as("one has begun").isFalse();
    clock.advance(Duration.ofHours(12).minus(MINUTE));
    assertThat(compares(other)).as("and may be at it").isFalse();
    clock.advance(MINUTE);
    assertThat(compares(other)).isTrue();
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  void areAnOperatorsAloneWithoutATime() {
    var bridge = bridge("0s");

    clock.advance(Duration.ofDays(400));

    assertThat(compares(bridge)).isFalse();
  }

  /** How often the PBX was asked for its users. */
  private long lists() {
    return pbx.calls().calls().stream()
        .filter(it -> it.method().equals("GET") && it.path().equals("/api/users"))
        .count();
  }
}
