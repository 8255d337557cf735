package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked and done about phones at once, and stays nowhere. */
class PhoneOperationsTest {
  private static final String URN = RunningBridge.PBX_URN;

  private RunningBridge bridge;
  private String ada;

  @BeforeEach
  void start(@TempDir Path directory) {
    bridge = RunningBridge.with(directory, "policy: { end-registrations: true }");
    ada = bridge.scim().createUser("ada").is(201).id();
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  private void signIn(String name) {
    bridge.pbx().post("/_emulator/users/" + name + "/devices");
  }

  private JsonNode asked() {
    var answer = bridge.scim().get("/Users/" + ada + "?attributes=userName," + URN + ":status");
    return answer.is(200).json();
  }

  private Answer operate(String action) {
    return bridge.operator().send("POST", "/users/" + ada + action, Optional.empty());
  }

  @Test
  void theStatusIsAskedOfThePbxWhenItIsAskedFor() {
    signIn("ada");

    var unasked = bridge.callsDuring(() -> bridge.scim().get("/Users/" + ada).is(200));
    var asked = bridge.callsDuring(() -> asked());

    assertThat(unasked).isEmpty();
    assertThat(asked).hasSize(1).first().asString().endsWith("/status");
    assertThat(asked().path(URN).path("status").path("registered").asBoolean()).isTrue();
    assertThat(asked().path(URN).path("status").path("presence").asText()).isEqualTo("AVAILABLE");
    var part =
        bridge.scim().get("/Users/" + ada + "?attributes=" + URN + ":status.registered").is(200);
    assertThat(part.json().path(URN).path("status").size()).isEqualTo(1);
  }

  @Test
  void thePbxNotAnsweringTheRestIsToldAllTheSame() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("GET", "/api/users/.*/status", new Fault.Status(503)));

    assertThat(asked().path("userName").asText()).isEqualTo("ada");
    assertThat(asked().path(URN).has("status")).isFalse();
  }

  @Test
  void anOperatorSignsPhonesOutAndResetsTheProfile() {
    signIn("ada");
    signIn("ada");

    var ended = bridge.callsDuring(() -> operate("/end-registrations").is(204));
    var reset = bridge.callsDuring(() -> operate("/reset-profile").is(204));

    assertThat(ended).hasSize(3);
    assertThat(asked().path(URN).path("status").path("registered").asBoolean(true)).isFalse();
    assertThat(reset).hasSize(1).first().asString().matches("POST /api/users/[^/]+/profile");
    assertThat(
            bridge.texts("select source || ' ' || action || ' ' || outcome from provisioning_log"))
        .contains("kim EndRegistrations done", "kim ResetProfile done");
  }

  @Test
  void nobodyElseDoes() {
    var path = "/api/v1/users/" + ada + "/end-registrations";

    assertThat(bridge.scim().http().send("POST", path, Optional.empty()).status())
        .isNotEqualTo(204);
    assertThat(
            bridge.operator().send("POST", "/users/none/reset-profile", Optional.empty()).status())
        .isEqualTo(404);
  }

  @Test
  void whoIsPutOutIsSignedOutWhereTheSettingsSaySo() {
    signIn("ada");

    var calls =
        bridge.callsDuring(
            () ->
                bridge
                    .scim()
                    .patch("/Users/" + ada, "{'op':'replace','path':'active','value':false}")
                    .is(200));

    assertThat(calls).last().asString().endsWith("/destroy_status");
    assertThat(asked().path(URN).path("status").path("registered").asBoolean(true)).isFalse();
  }

  @Test
  void thatPhonesCannotBeSignedOutChangesNothingOfTheAnswer() {
    signIn("ada");
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", ".*/destroy_status", new Fault.Status(500)));

    var left =
        bridge
            .scim()
            .patch("/Users/" + ada, "{'op':'replace','path':'active','value':false}")
            .is(200);

    assertThat(left.json().path(URN).path("provisioning").path("state").asText())
        .isEqualTo("synced");
    assertThat(
            bridge.texts("select outcome from provisioning_log where action = 'EndRegistrations'"))
        .containsExactly("unavailable");
  }
}
