package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operators' API says of a PBX that is cut off, overtaxed or shared. */
class PhoneSystemStatesTest {
  private static final String LEAVES = "{'op':'replace','path':'active','value':false}";

  @TempDir private Path directory;

  private RunningBridge bridge(String pbx) {
    return BridgeSetting.of(TestStore.sqlite(), directory).pbx(pbx).open();
  }

  @Test
  void aCircuitIsOpenThenHalfOpenThenClosed() {
    try (var bridge =
        bridge("requests-per-minute: 0, resilience: { attempts: 1, window: 4, open-for: 1s }")) {
      var scim = bridge.scim();
      var ada = scim.createUser("ada").is(201).id();
      always(bridge, new Fault.Status(503));
      scim.patch("/Users/" + ada, LEAVES).isRetry(503);
      for (int i = 0; i < 4; i++) {
        scim.createUser("bob").isRetry(503);
      }

      var open = bridge.phoneSystem(0);
      assertThat(open.path("circuit").asText()).isEqualTo("open");
      assertThat(open.path("state").asText()).isEqualTo("down");
      assertThat(open.path("failureRate").asInt()).isBetween(50, 100);
      assertThat(open.at("/lastTrouble/kind").asText()).isEqualTo("no answer");
      assertThat(open.at("/lastTrouble/reason").asText()).contains("pbx 'office'");
      assertThat(open.path("waiting").asInt()).isPositive();
      assertThat(open.path("offBoarding").asInt()).isEqualTo(1);
      assertThat(open.path("oldestSeconds").asInt(-1)).isNotNegative();

      always(bridge, new Fault.Delay(Duration.ofSeconds(1)));
      await(bridge, it -> it.path("circuit").asText().equals("half-open"));
      bridge.emulator().faults().replace();
      scim.createUser("bob").is(201);
      scim.createUser("carol").is(201);
      var closed = await(bridge, it -> it.path("circuit").asText().equals("closed"));
      assertThat(closed.path("state").asText()).isEqualTo("up");
      bridge.settled().assertBothSidesAgree();
    }
  }

  @Test
  void whoeverWaitsForATurnIsCountedOffBoardingApart() throws Exception {
    try (var bridge = bridge("requests-per-minute: 0, max-parallel: 1");
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var scim = bridge.scim();
      var ada = scim.createUser("ada").is(201).id();
      var slow = new Fault.Delay(Duration.ofMillis(1500));
      bridge.emulator().faults().replace(FaultRule.on("POST", "/api/users", slow));
      Future<Answer> bob = senders.submit(() -> scim.createUser("bob"));
      await(bridge, it -> it.at("/requests/underWay").asInt() == 1);
      Future<Answer> carol = senders.submit(() -> scim.createUser("carol"));
      await(bridge, it -> it.at("/requests/waiting").asInt() == 1);
      Future<Answer> leaver = senders.submit(() -> scim.patch("/Users/" + ada, LEAVES));

      var full = await(bridge, it -> it.at("/requests/waitingOffBoarding").asInt() == 1);

      assertThat(full.at("/requests/atOnce").asInt()).isEqualTo(1);
      assertThat(full.at("/requests/waiting").asInt()).isEqualTo(1);
      assertThat(full.at("/offBoarding").asInt()).isEqualTo(1);
      bridge.emulator().faults().replace();
      bob.get().is(201);
      leaver.get().is(200);
      carol.get().isDone();
      var idle = bridge.settled().phoneSystem(0);
      assertThat(idle.path("requests").toString())
          .isEqualTo(
              "{\"underWay\":0,\"atOnce\":1,\"waiting\":0,\"waitingOffBoarding\":0,"
                  + "\"perMinute\":0}");
    }
  }

  @Test
  void twoBridgesHaveHalfOfThePaceEach() {
    try (var store = TestStore.postgresql();
        var bridges =
            BridgeSetting.of(store, directory).pbx("requests-per-minute: 900").replicas(2).open()) {
      for (int i = 0; i < 2; i++) {
        int number = i;
        Awaitility.await("its half")
            .atMost(Duration.ofSeconds(20))
            .until(() -> bridges.phoneSystem(number).at("/requests/perMinute").asInt() == 450);
      }
    }
  }

  private static void always(RunningBridge bridge, Fault fault) {
    bridge
        .emulator()
        .faults()
        .replace(new FaultRule(Optional.empty(), Optional.empty(), fault, OptionalInt.empty()));
  }

  /** What is said of the PBX as soon as it is so. */
  private static JsonNode await(RunningBridge bridge, Predicate<JsonNode> expected) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> bridge.phoneSystem(0), expected);
  }
}
