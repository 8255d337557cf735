package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A comparison of {@code office} with its PBX, as an operator has it made. */
record Comparison(JsonNode report) {

  /**
   * Has one made and waits for its report.
   *
   * @param repair {@code report}, {@code upsert} or {@code sync}
   */
  static Comparison of(RunningBridge bridge, String repair) {
    bridge.operator().send("POST", "/reconcile/office?repair=" + repair, Optional.empty()).is(202);
    await("the comparison to end")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !state(bridge).path("underWay").asBoolean());
    return new Comparison(state(bridge).path("report"));
  }

  private static JsonNode state(RunningBridge bridge) {
    return bridge.operator().send("GET", "/reconcile/office", Optional.empty()).is(200).json();
  }

  List<JsonNode> findings() {
    return StreamSupport.stream(report.path("findings").spliterator(), false).toList();
  }

  /** As in {@code missing user ada reported}. */
  List<String> lines() {
    return findings().stream()
        .map(
            it ->
                "%s %s %s %s"
                    .formatted(
                        it.path("drift").asText(),
                        it.path("type").asText(),
                        it.path("name").asText(),
                        it.path("outcome").asText()))
        .toList();
  }

  long count(String what) {
    assertThat(report.path("counts").has(what)).as(what).isTrue();
    return report.path("counts").path(what).asLong();
  }
}
