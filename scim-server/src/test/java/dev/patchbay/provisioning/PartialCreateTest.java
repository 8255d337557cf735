package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where what is not made whole is taken back; 3 s on both stores. */
@OnEachStore
class PartialCreateTest {
  private static final String BOUND =
      ",'" + ResourceTypes.PBX_USER + "':{'ms365':{'id':'a@b.example'}}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  PartialCreateTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    office.set("busy-wait: 0s\npartial-create: undo");
  }

  private void rest() {
    for (int round = 0; round < 4; round++) {
      office.later(Office.QUIET.plusSeconds(5));
    }
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private static void refused(Runnable create) {
    assertThatThrownBy(create::run)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is taken back");
  }

  @Test
  void aUserOfWhomAPartIsRefusedIsTakenBack() {
    office.pbx.spoil(BindMicrosoft365.class, Fault.REJECTED);

    refused(() -> office.user("ada", BOUND));
    office.revived();
    rest();

    nothingIsLeft();
    assertThat(Provisioning.state(office.user("ada", BOUND))).isEqualTo("synced");
  }

  @Test
  void aRepeatBeforeThatTakesItUp() {
    office.pbx.spoil(BindMicrosoft365.class, Fault.REJECTED);
    refused(() -> office.user("ada", BOUND));

    assertThat(Provisioning.state(office.user("ada", BOUND))).isEqualTo("synced");

    rest();
    assertThat(office.pbx.all()).hasSize(1);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whateverHappensToTheTakingBack() {
    for (Fault fault : List.of(Fault.UNAVAILABLE, Fault.LOST_AFTER)) {
      office.pbx.spoil(BindMicrosoft365.class, Fault.REJECTED);
      office.pbx.spoil(DeleteUser.class, fault);

      refused(() -> office.user("ada", BOUND));
      rest();

      nothingIsLeft();
    }
  }

  @Test
  void soIsOneWhoseProcessDiedBeforeTheRefusal() {
    office.pbx.spoil(BindMicrosoft365.class, Fault.CRASH_BEFORE);
    office.crash(() -> office.user("ada", BOUND));
    office.pbx.spoil(BindMicrosoft365.class, Fault.REJECTED);

    rest();

    nothingIsLeft();
  }

  @Test
  void aGroupOfWhichAMemberIsRefusedIsTakenBack() {
    var ada = office.user("ada");
    var bob = office.user("bob");
    for (Fault fault : List.of(Fault.UNAVAILABLE, Fault.LOST_AFTER)) {
      office.pbx.spoil(call -> call instanceof AddMember add && isOf(bob, add), Fault.REJECTED);
      office.pbx.spoil(DeleteGroup.class, fault);

      assertThatThrownBy(() -> office.group("Sales", ada, bob)).isInstanceOf(Refusal.class);
      rest();

      assertThat(office.pbx.userGroups()).isZero();
      assertThat(office.openPlans()).isZero();
      assertThat(office.read(ada).resource().has("groups")).isFalse();
    }
    assertThat(Provisioning.state(office.group("Sales", ada, bob))).isEqualTo("synced");
  }

  @Test
  void soIsOneWhoseProcessDied() {
    var ada = office.user("ada");
    office.pbx.spoil(AddMember.class, Fault.CRASH_BEFORE);
    office.crash(() -> office.group("Sales", ada));
    office.pbx.spoil(AddMember.class, Fault.REJECTED);

    rest();

    assertThat(office.pbx.userGroups()).isZero();
    assertThat(office.openPlans()).isZero();
  }

  private static boolean isOf(Entry user, AddMember add) {
    return add.extension().equals(UserTarget.extension(user.resource()));
  }

  private void nothingIsLeft() {
    assertThat(office.pbx.all()).isEmpty();
    assertThat(office.openPlans()).isZero();
  }
}
