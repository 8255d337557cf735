package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge that compares by itself; ReconciliationTest has when. */
class ScheduledDriftTest {

  @Test
  void isToldAndSetRightThoughNobodyAsks(@TempDir Path directory) {
    try (var bridge = RunningBridge.with(directory, "reconcile: { every: 1s, repair: upsert }")) {
      bridge.scim().createUser("ada", "'displayName':'Ada'").is(201);
      bridge.pbx().stranger("bob", "1500");
      bridge.pbx().synced("carol", "1501");
      bridge.pbx().change("ada", "'display_name':'Somebody else'");

      await("the comparison to set it right")
          .atMost(Duration.ofSeconds(20))
          .until(() -> bridge.pbx().user("ada").path("display_name").asText().equals("Ada"));

      assertThat(bridge.settled().scim().list("Users", "userName eq \"ada\"").at("/totalResults"))
          .isEqualTo("1");
      var answer = bridge.operator().send("GET", "/reconcile/office", Optional.empty()).is(200);
      assertThat(answer.at("/report/by")).isEqualTo("schedule");
      assertThat(answer.at("/report/repair")).isEqualTo("upsert");
      assertThat(bridge.pbx().user("bob").path("display_name").asText()).isEqualTo("bob");
      assertThat(bridge.pbx().user("carol").path("sync_type").asText()).isNotEmpty();
    }
  }
}
