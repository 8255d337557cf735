package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the PBX keeps refusing is shown to operators as it is to readers. */
@OnEachStore
class BlockedWorkTest {
  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  BlockedWorkTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  @Test
  void aDeletion() {
    var ada = office.user("ada", ",'title':'says \\\"state\\\":\\\"blocked\\\"'");
    refuse(PbxCall.DeleteUser.class);
    assertThatThrownBy(() -> office.delete(ada)).isInstanceOf(Refusal.class);

    office.rest();

    assertListedAsBlocked(ada);
  }

  @Test
  void aRemovalFromAGroup() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    refuse(PbxCall.RemoveMember.class);
    assertThatThrownBy(() -> office.patch(sales, members("remove", ada)))
        .isInstanceOf(Refusal.class);

    office.rest();

    assertListedAsBlocked(sales);
  }

  @Test
  void anotherRefusalBesidesSaysWhy() {
    office.set("busy-wait: 0s\non-unavailable: queue");
    var ada = office.user("ada");
    office.pbx.down(true);
    office.patch(ada, "{'op':'add','value':{'roles':[{'value':'QueueManager'}]}}");
    office.pbx.down(false);
    refuse(PbxCall.ChangeRole.class);
    office.rest();
    refuse(PbxCall.BindMicrosoft365.class);
    var bound = "{'%s':{'ms365':{'id':'a@b.example'}},'displayName':'A.'}";

    assertThatThrownBy(
            () ->
                office.patch(
                    ada, "{'op':'add','value':" + bound.formatted(ResourceTypes.PBX_USER) + "}"))
        .isInstanceOf(Refusal.class);

    assertThat(office.state(ada)).isEqualTo("blocked");
    assertThat(Provisioning.error(office.read(ada))).contains("BindMicrosoft365");
  }

  @Test
  void itIsTriedAgainWhenSomebodySaysSoAndNotBefore() {
    office.pbx.spoil(PbxCall.BindMicrosoft365.class, Fault.REJECTED);
    var ada =
        office.user(
            "ada", ",'%s':{'ms365':{'id':'a@b.example'}}".formatted(ResourceTypes.PBX_USER));
    assertListedAsBlocked(ada);
    assertThat(office.provisioner().openWork(1).getFirst().work().rests()).isTrue();

    office.later(Duration.ofHours(1));
    office.pbx.down(true);
    Office.putOff(() -> office.user("bob"));
    office.later(Duration.ofHours(1));
    office.pbx.down(false);
    office.later(Duration.ofHours(1));
    assertThat(outcomes(ada)).containsExactly("blocked");

    office.provisioner().retry(ada.id(), false);
    office.later(Duration.ofHours(1));
    assertThat(outcomes(ada)).containsExactly("blocked", "blocked");
    office.provisioner().retry(ada.id(), true);
    office.later(Duration.ofHours(1));
    assertThat(office.state(ada)).isEqualTo("synced");
  }

  @Test
  void whatTakesAwayBesideIsTriedAllTheSame() {
    var ada = office.user("ada", ",'roles':[{'value':'QueueManager'}]");
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.REJECTED);
    assertThatThrownBy(() -> office.patch(ada, "{'op':'remove','path':'roles'}"))
        .isInstanceOf(Refusal.class);

    office.rest();

    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.pbx.named("ada").orElseThrow().get(PbxField.ROLE)).contains("StandardUser");
  }

  private List<String> outcomes(Entry entry) {
    return office.database().read(handle -> ProvisioningLog.of(handle, entry.id(), 50)).stream()
        .map(ProvisioningLog.Line::outcome)
        .toList();
  }

  @Test
  void andWhatIsOnlyPutOffIsNot() {
    var ada = office.user("ada", ",'title':'says \\\"state\\\":\\\"blocked\\\"'");
    office.pbx.down(true);
    Office.putOff(() -> office.delete(ada));

    assertThat(office.provisioner().summary().waiting()).isEqualTo(1);
    assertThat(office.provisioner().openWork(10))
        .extracting(OpenWork::state)
        .containsExactly(OpenWork.State.WAITING);
  }

  private void refuse(Class<? extends PbxCall> type) {
    for (int i = 0; i < 50; i++) {
      office.pbx.spoil(type, Fault.REJECTED);
    }
  }

  private void assertListedAsBlocked(Entry entry) {
    assertThat(office.state(entry)).isEqualTo("blocked");
    assertThat(office.provisioner().summary().blocked()).isEqualTo(1);
    assertThat(office.provisioner().openWork(10))
        .extracting(OpenWork::state)
        .containsExactly(OpenWork.State.BLOCKED);
  }
}
