package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.RecordedCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The PBX answers nothing but 503 for five minutes, which pass quickly, while as many people leave
 * as come. Then it takes 20 ms for each call, and a minute is a minute.
 */
class FiveMinutesOutageTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int OUTAGE = 300; // seconds

  /** For so long at a time nobody asks a PBX that does not answer. */
  private static final Duration LEFT_ALONE = Duration.ofSeconds(10);

  private static final int AT_ONCE = 10;

  /** Those that recovery has in hands in the moment of the return, and whoever comes with them. */
  private static final int COME_EARLY = 20;

  private static final String LEAVES = "{'op':'replace','path':'active','value':false}";

  private final MachineClock clock = new MachineClock();
  @TempDir private Path folder;
  private RunningBridge bridge;
  private List<String> leavers;

  @AfterEach
  void close() {
    bridge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "queue"})
  void forty(String onUnavailable) {
    outage(onUnavailable, 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "queue"})
  @Tag("long")
  void fiveHundred(String onUnavailable) {
    outage(onUnavailable, 500);
  }

  private void outage(String onUnavailable, int people) {
    open(onUnavailable, people);
    boolean queues = onUnavailable.equals("queue");
    down(people, queues ? this::queued : this::refused);
    bridge.emulator().calls().clear();
    var returned = clock.instant();
    always(new Fault.Delay(Duration.ofMillis(20)));

    clock.jump(LEFT_ALONE); // nothing is done then
    await(() -> count("offBoarding") == 0);

    assertThat(Duration.between(returned, clock.instant())).isLessThan(MINUTE);
    var calls = bridge.emulator().calls().calls();
    assertThat(comeBeforeTheLastLeaver(calls)).isLessThan(COME_EARLY);
    await(() -> count("waiting") == 0);
    bridge.emulator().faults().replace();
    assertThat(enabled()).isEqualTo(queues ? people : 0);
    bridge.assertBothSidesAgree();
  }

  private void open(String onUnavailable, int people) {
    bridge =
        BridgeSetting.of(TestStore.sqlite(), folder)
            .more("policy: { on-unavailable: " + onUnavailable + " }")
            .pbx("max-parallel: 8, requests-per-minute: 4000, resilience: { attempts: 1 }")
            .clock(clock)
            .open();
    leavers = new ArrayList<>();
    for (int i = 0; i < people; i += AT_ONCE) {
      int from = i;
      Together.send(AT_ONCE, n -> bridge.scim().createUser("leaver" + (from + n)).is(201))
          .forEach(it -> leavers.add(it.id()));
    }
  }

  /** What is asked for each number, evenly over the outage. */
  private void down(int people, IntConsumer asked) {
    always(new Fault.Status(503));
    for (int second = 0; second < OUTAGE; second++) {
      IntStream.range(second * people / OUTAGE, (second + 1) * people / OUTAGE).forEach(asked);
      clock.jump(SECOND);
    }
  }

  private void refused(int number) {
    leaves(number).isRetry(503);
    comes(number).isRetry(503);
  }

  private void queued(int number) {
    assertThat(comes(number).is(201).at(RunningBridge.STATE)).isEqualTo("pending");
    assertThat(leaves(number).is(200).at(RunningBridge.STATE)).isEqualTo("pending");
  }

  private Answer leaves(int number) {
    return bridge.scim().patch("/Users/" + leavers.get(number), LEAVES);
  }

  private Answer comes(int number) {
    return bridge.scim().createUser("joiner" + number);
  }

  private void always(Fault fault) {
    bridge
        .emulator()
        .faults()
        .replace(new FaultRule(Optional.empty(), Optional.empty(), fault, OptionalInt.empty()));
  }

  private int count(String what) {
    return bridge.phoneSystem(0).path(what).asInt(-1);
  }

  private static int comeBeforeTheLastLeaver(List<RecordedCall> calls) {
    int last =
        IntStream.range(0, calls.size()).filter(i -> disables(calls.get(i))).max().orElseThrow();
    return (int) calls.subList(0, last).stream().filter(FiveMinutesOutageTest::makes).count();
  }

  private static boolean disables(RecordedCall call) {
    return call.line().startsWith("POST /api/users/")
        && call.body().filter(it -> it.contains("\"enabled\":false")).isPresent();
  }

  private static boolean makes(RecordedCall call) {
    return call.line().equals("POST /api/users");
  }

  private long enabled() {
    return bridge.pbx().users().stream().filter(it -> it.path("enabled").asBoolean()).count();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(MINUTE).pollInterval(Duration.ofMillis(100)).until(condition);
  }
}
