package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of open work and does about it. */
@TestInstance(Lifecycle.PER_CLASS)
class OperatorApiTest {
  private static final String OID = "3f1c0f6e-6c2b-4a55-9d0e-6f1f7f0a9b01";

  private RunningBridge bridge;

  @BeforeAll
  void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
  }

  @AfterEach
  void empty() {
    bridge.emulator().faults().replace();
    bridge.empty();
  }

  @AfterAll
  void stop() {
    bridge.close();
  }

  private Answer get(String path) {
    return bridge.operator().send("GET", path, Optional.empty());
  }

  private Answer post(String path) {
    return bridge.operator().send("POST", path, Optional.empty());
  }

  /** A user whose Microsoft 365 binding the PBX refused. */
  private String blockedUser() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users/[^/]+/ms365_binding", new Fault.Status(400)));
    var ada =
        bridge
            .scim()
            .createUser("ada@corp.example", "'%s':{'ms365':{'id':'%s'}}".formatted(pbx(), OID))
            .is(201);
    assertThat(ada.at(RunningBridge.STATE)).isEqualTo("blocked");
    return ada.id();
  }

  private static String pbx() {
    return RunningBridge.PBX_URN;
  }

  private JsonNode onlyItem(String path) {
    var items = get(path).is(200).json().path("items");
    assertThat(items).hasSize(1);
    return items.path(0);
  }

  @Test
  void whatIsStuckIsListedWithItsReason() {
    var id = blockedUser();

    var item = onlyItem("/work?tenant=office");

    assertThat(item.path("id").asText()).isEqualTo(id);
    assertThat(item.path("state").asText()).isEqualTo("blocked");
    assertThat(item.path("name").asText()).isEqualTo("ada@corp.example");
    assertThat(item.path("blocked").path(0).asText()).isEqualTo("MICROSOFT365");
    assertThat(item.path("reason").asText()).contains("400");
    assertThat(item.path("source").asText()).isEqualTo("idp");
  }

  @Test
  void whatWasUnblockedIsTriedAndDone() {
    var id = blockedUser();
    bridge.emulator().faults().replace();

    post("/work/" + id + "/unblock").is(204);

    bridge.settled();
    assertThat(bridge.scim().get("/Users/" + id).at(RunningBridge.STATE)).isEqualTo("synced");
  }

  @Test
  void aRetryLeavesWhatWasGivenUp() {
    var id = blockedUser();

    post("/work/" + id + "/retry").is(204);

    assertThat(onlyItem("/work").path("state").asText()).isEqualTo("blocked");
  }

  @Test
  void whatIsTakenBackIsNotWantedAnyMore() {
    var id = blockedUser();

    post("/work/" + id + "/cancel").is(204);

    bridge.settled();
    var ada = bridge.scim().get("/Users/" + id);
    assertThat(ada.at(RunningBridge.STATE)).isEqualTo("synced");
    assertThat(ada.json().path(pbx()).has("ms365")).isFalse();
    assertThat(post("/work/" + id + "/cancel").status()).isEqualTo(404);
  }

  @Test
  void eachPhoneSystemSaysHowItIs() {
    blockedUser();

    var items = get("/pbx").is(200).json().path("items");

    assertThat(items).extracting(it -> it.path("tenant").asText()).contains("office", "branch");
    assertThat(items)
        .filteredOn(it -> it.path("tenant").asText().equals("office"))
        .allSatisfy(
            office -> {
              assertThat(office.path("state").asText()).isEqualTo("up");
              assertThat(office.path("circuit").asText()).isEqualTo("closed");
              assertThat(office.path("blocked").asInt()).isEqualTo(1);
              assertThat(office.path("waiting").asInt()).isZero();
              assertThat(office.path("offBoarding").asInt(-1)).isZero();
              assertThat(office.has("oldestSeconds")).isTrue();
              var requests = office.path("requests");
              assertThat(requests.path("underWay").asInt(-1)).isZero();
              assertThat(requests.path("atOnce").asInt()).isEqualTo(16);
              assertThat(requests.path("waiting").asInt(-1)).isZero();
            });
  }

  @Test
  void onlyAnOperatorIsLetIn() {
    var nobody = bridge.operator().with("Authorization", "");
    var sender = bridge.operator().with("Authorization", "Bearer " + RunningBridge.tokens().get(1));

    assertThat(nobody.send("GET", "/work", Optional.empty()).status()).isEqualTo(401);
    assertThat(sender.send("GET", "/pbx", Optional.empty()).status()).isEqualTo(401);
    assertThat(sender.send("POST", "/work/x/retry", Optional.empty()).status()).isEqualTo(401);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(get("/work?limit=0").is(400).json().path("detail").asText()).contains("limit");
    assertThat(get("/work?tenant=nowhere").status()).isEqualTo(404);
    assertThat(post("/work/4711/unblock").is(404).json().path("status").asInt()).isEqualTo(404);
  }
}
