package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that was taken and waits sealed is set, whatever is asked for meanwhile. */
@OnEachStore
class WaitingSecretsTest {
  private static final String PASSWORD = "Kite-7-sings-Blue";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;

  WaitingSecretsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void aPasswordWaits() {
    office = new Office(store.open(directory));
    office.set("on-unavailable: queue");
    office.sealSecrets();
    ada = office.user("ada");
    office.pbx.spoil(PbxCall.SetPassword.class, Fault.UNAVAILABLE);
    assertThat(Provisioning.state(office.patch(ada, set(PASSWORD)))).isEqualTo("pending");
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  @Test
  void itIsSetWhenNothingElseComes() {
    office.rest();

    assertSet();
  }

  @Test
  void aLaterChangeDoesNotDropIt() {
    assertThat(Provisioning.state(office.patch(ada, NAME))).isEqualTo("pending");
    office.rest();

    assertSet();
  }

  @Test
  void aLaterChangeThatWaitsDoesNotDropIt() {
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.UNAVAILABLE);
    assertThat(Provisioning.state(office.patch(ada, NAME))).isEqualTo("pending");
    office.rest();

    assertSet();
  }

  @Test
  void aLaterChangeThatIsRefusedDoesNotDropIt() {
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.REJECTED);
    assertThatThrownBy(() -> office.patch(ada, NAME)).isInstanceOf(Refusal.class);
    office.rest();

    assertSet();
  }

  @Test
  void aLaterPasswordComesInItsPlace() {
    office.patch(ada, set("Owl-8-dances-Red"));
    office.rest();

    assertThat(office.pbx.password("ada")).contains("Owl-8-dances-Red");
  }

  @Test
  void aLaterPasswordThatIsRefusedLeavesTheEarlierOne() {
    office.pbx.spoil(PbxCall.SetPassword.class, Fault.REJECTED);
    assertThatThrownBy(() -> office.patch(ada, set("Owl-8-dances-Red")))
        .isInstanceOf(Refusal.class);
    assertThat(office.state(ada)).isEqualTo("pending");
    office.rest();

    assertSet();
  }

  @Test
  void whoLeavesMeanwhileIsOutAndNotToldAnythingFalse() {
    office.patch(ada, LEAVE);
    office.rest();

    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertSet();
  }

  private static String set(String password) {
    return "{'op':'replace','path':'password','value':'" + password + "'}";
  }

  @Test
  void whatAnOperatorTakesBackIsSaidToBeMissing() {
    office.provisioner().cancel(ada.id(), "kim");
    office.rest();

    var user = office.read(ada).resource().path(ResourceTypes.PBX_USER);
    assertThat(user.at("/provisioning/lastError").asText()).contains("must be sent again");
    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.pbx.password("ada")).isNotEqualTo(Optional.of(PASSWORD));
    assertThat(office.openPlans()).isZero();
  }

  private void assertSet() {
    assertThat(office.pbx.password("ada")).contains(PASSWORD);
    assertThat(Provisioning.state(office.read(ada))).isEqualTo("synced");
    assertThat(Provisioning.error(office.read(ada))).isEmpty();
    assertThat(office.openPlans()).isZero();
  }
}
