package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody leaves with a value that the PBX cannot hold; 1 s. */
@Timeout(60)
class UnfitLeaversTest {
  private static final String LEAVE =
      """
      {'op':'replace','path':'active','value':false},{'op':'remove','path':'roles'},
      {'op':'replace','path':'addresses','value':[{'type':'work','formatted':'%s'}]}\
      """
          .formatted("a".repeat(200));

  @TempDir private Path directory;
  private RunningBridge bridge;
  private String ada;

  @BeforeEach
  void start() {
    bridge = RunningBridge.in(directory);
    ada = bridge.scim().createUser("ada", "'roles':[{'value':'QueueManager'}]").is(201).id();
    assertThat(role()).isEqualTo("QueueManager");
    patch(LEAVE);
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  private void patch(String operations) {
    bridge.scim().patch("/Users/" + ada, operations).is(200);
  }

  private String role() {
    return bridge.pbx().user("ada").path("role").asText();
  }

  private Answer read() {
    return bridge.scim().get("/Users/" + ada).is(200);
  }

  private String error() {
    return read().at("/" + RunningBridge.PBX_URN + "/provisioning/lastError");
  }

  @Test
  void allElseIsDoneAndTheValueIsNamed() {
    assertThat(bridge.pbx().user("ada").path("enabled").asBoolean(true)).isFalse();
    assertThat(role()).isEqualTo("StandardUser");
    assertThat(read().at(RunningBridge.STATE)).isEqualTo("blocked");
    assertThat(error()).contains("addresses is longer");
  }

  @Test
  void laterChangesAreDoneAndItGoesOnBeingSaid() {
    patch("{'op':'replace','path':'displayName','value':'New Name'}");

    assertThat(bridge.pbx().user("ada").path("display_name").asText()).isEqualTo("New Name");
    assertThat(error()).contains("addresses is longer");
  }

  @Test
  void aShorterValueComesToThePbx() {
    patch("{'op':'replace','path':'addresses','value':[{'type':'work','formatted':'Here 1'}]}");

    assertThat(bridge.pbx().user("ada").path("address").asText()).isEqualTo("Here 1");
    assertThat(read().at(RunningBridge.STATE)).isEqualTo("synced");
    assertThat(error()).isEmpty();
  }

  @Test
  void aPhoneThatIsNoneKeepsNobodyIn() {
    patch(
        "{'op':'replace','path':'addresses','value':[]},{'op':'replace','path':'active','value':true}");
    String phones = "{'op':'add','value':{'%s':{'phones':[{'mac':'0C-38'}]}}}";

    patch(
        "{'op':'replace','path':'active','value':false},"
            + phones.formatted(RunningBridge.PBX_URN));

    assertThat(bridge.pbx().user("ada").path("enabled").asBoolean(true)).isFalse();
    assertThat(read().at(RunningBridge.STATE)).isEqualTo("blocked");
    assertThat(error()).contains("phones.mac must be a MAC address");
  }

  @Test
  void whoComesBackWithItIsRefused() {
    bridge
        .scim()
        .patch("/Users/" + ada, "{'op':'replace','path':'active','value':true}")
        .isError(400, "invalidValue");

    assertThat(bridge.pbx().user("ada").path("enabled").asBoolean(true)).isFalse();
  }
}
