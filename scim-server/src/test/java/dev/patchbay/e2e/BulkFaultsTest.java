package dev.patchbay.e2e;

import static dev.patchbay.e2e.Bulk.post;
import static dev.patchbay.e2e.Bulk.statuses;
import static dev.patchbay.e2e.Bulk.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bulk with too little time, too much in it, or a phone system in trouble. */
class BulkFaultsTest {
  private static final String MANAGER =
      "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'manager':{'value':'%s'}}";

  @TempDir private Path directory;
  private RunningBridge bridge;

  private void start(String settings) {
    bridge = RunningBridge.with(directory, "bulk: { %s }".formatted(settings));
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  @Test
  void whatIsTooLargeIsRefusedByTheNameOfItsLimit() {
    start("max-operations: 3, max-payload-size: 2000");
    var config = bridge.scim().get("/ServiceProviderConfig").json().path("bulk");
    assertThat(config.path("supported").asBoolean()).isTrue();
    assertThat(config.path("maxOperations").asInt()).isEqualTo(3);
    assertThat(config.path("maxPayloadSize").asInt()).isEqualTo(2000);

    var many = Bulk.of(users(4)).sent(bridge).isError(413);
    assertThat(many.at("/detail")).contains("maxOperations (3)");
    var large = Bulk.of(user("a", "a".repeat(2000))).sent(bridge).isError(413);
    assertThat(large.at("/detail")).contains("maxPayloadSize (2000)");

    assertThat(bridge.scim().get("/Users").at("/totalResults")).isEqualTo("0");
    assertThat(statuses(Bulk.of(users(3)).sendTo(bridge))).containsOnly("201");
  }

  @Test
  void whatCannotBeginInTimeIsToBeSentAgain() {
    start("answer-within: 500ms, parallel: 1");
    slowly(Duration.ofMillis(150));

    var answers = Bulk.of(users(20)).sendTo(bridge);

    assertThat(answers).hasSize(20);
    assertThat(statuses(answers)).startsWith("201").endsWith("503").containsOnly("201", "503");
    assertThat(answers.getLast().at("/response/detail").asText()).contains("send it again after");
    int made = (int) statuses(answers).stream().filter("201"::equals).count();
    assertThat(made).isBetween(1, 3);
    assertThat(bridge.pbx().users()).hasSize(made);
    repeatUntilDone(users(20));
  }

  @Test
  void aCircleCutByTimeSaysWhatItLacks() {
    start("answer-within: 500ms, parallel: 1");
    slowly(Duration.ofMillis(400));

    var answers =
        Bulk.of(
                post(
                    "a",
                    "/Users",
                    "{'userName':'ada',%s}".formatted(MANAGER.formatted("bulkId:b"))),
                post(
                    "b",
                    "/Users",
                    "{'userName':'bob',%s}".formatted(MANAGER.formatted("bulkId:a"))))
            .sendTo(bridge);

    assertThat(statuses(answers)).containsExactly("503", "503");
    assertThat(answers.get(0).at("/response/detail").asText())
        .startsWith("created, but without what refers to b");
    assertThat(answers.get(0).path("location").asText()).contains("/Users/");
    assertThat(answers.get(1).has("location")).isFalse();
    assertThat(bridge.scim().get("/Users").at("/totalResults")).isEqualTo("1");
  }

  @Test
  void aPhoneSystemThatFailsInTheMiddleIsNeverReportedAsDone() {
    start("parallel: 4");
    assertThat(statuses(Bulk.of(users(5)).sendTo(bridge))).containsOnly("201");
    List<Fault> faults =
        List.of(new Fault.Reset(), new Fault.Status(503), new Fault.DropAfterCommit());
    bridge
        .emulator()
        .faults()
        .replace(
            faults.stream().map(it -> FaultRule.on("POST", "/api/users", it).times(4)).toList());
    var operations = users(30).subList(5, 30);

    var answers = Bulk.of(operations).sendTo(bridge);

    assertThat(statuses(answers)).hasSize(25).containsOnly("201", "503").contains("201", "503");
    for (JsonNode answer : answers) {
      if (answer.path("status").asText().equals("201")) {
        var id = answer.path("location").asText().replaceAll(".*/", "");
        var name = bridge.scim().get("/Users/" + id).is(200).at("/userName");
        assertThat(bridge.pbx().users(name)).hasSize(1);
      }
    }
    bridge.emulator().faults().replace();
    repeatUntilDone(operations);
  }

  @Test
  void whoeverReferredToWhatIsToBeRepeatedIsToBeRepeated() {
    start("parallel: 4");
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.Status(503)).times(1));

    var answers =
        Bulk.of(
                user("a", "ada"),
                post("g", "/Groups", "{'displayName':'T','members':[{'value':'bulkId:a'}]}"))
            .sendTo(bridge);

    assertThat(statuses(answers)).containsExactly("503", "503");
    assertThat(bridge.pbx().groups()).isEmpty();
  }

  @Test
  void whatIsAcceptedAndNotYetDoneIsSaid() {
    bridge =
        RunningBridge.with(directory, "policy: { on-unavailable: queue }, bulk: { parallel: 2 }");
    bridge.emulator().faults().replace(FaultRule.on("POST", "/api/users", new Fault.Status(429)));

    var answer = Bulk.of(user("a", "ada", "'password':'Tr1cky!pass'")).sendTo(bridge).getFirst();
    var plain = Bulk.of(user("b", "bob")).sendTo(bridge).getFirst();

    assertThat(answer.path("status").asText()).isIn("201", "429", "503");
    assertThat(answer.toString()).doesNotContain("Tr1cky!pass");
    assertThat(plain.path("status").asText()).isEqualTo("201");
    assertThat(plain.path("response").at(RunningBridge.STATE).asText()).isEqualTo("pending");
    bridge.emulator().faults().replace();
    bridge.settled();
  }

  private static List<String> users(int count) {
    return IntStream.range(0, count).mapToObj(i -> user("u" + i, "user" + i)).toList();
  }

  private void slowly(Duration delay) {
    bridge.emulator().faults().replace(FaultRule.on("POST", "/api/users", new Fault.Delay(delay)));
  }

  /** Sends the same, as whoever got no answer would; what is there already is a conflict. */
  private void repeatUntilDone(List<String> operations) {
    bridge.emulator().faults().replace();
    var seen = new ArrayList<String>();
    await("every operation to be done")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              seen.addAll(statuses(Bulk.of(operations).sendTo(bridge)));
              return seen.subList(seen.size() - operations.size(), seen.size()).stream()
                  .allMatch("409"::equals);
            });
    assertThat(seen).isSubsetOf("201", "409", "503");
    bridge.settled();
    bridge.assertBothSidesAgree();
  }
}
