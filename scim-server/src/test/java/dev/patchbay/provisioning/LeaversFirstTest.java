package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a group counts as taking away only where somebody goes; 1 s. */
@OnEachStore
class LeaversFirstTest {
  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  LeaversFirstTest(TestStore store) {
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
  void whoArrivesDoesNotGoBeforeWhoLeaves() {
    var sales = office.group("Sales", "ext-1");
    var bob = office.user("bob");
    var desk = office.group("Desk", bob);
    office.pbx.spoil(AddMember.class, Fault.UNAVAILABLE);
    office.user("ada", ",'externalId':'ext-1'");
    office.pbx.down(true);
    Office.putOff(() -> office.patch(desk, Office.members("remove", bob)));

    assertThat(office.provisioner().openWork(10))
        .extracting(work -> work.work().entryId())
        .containsExactly(desk.id(), sales.id());
    assertThat(office.provisioner().openWork(10))
        .extracting((OpenWork work) -> work.work().offBoarding())
        .containsExactly(true, false);
  }

  @Test
  void whoIsDeletedLeavesTheGroupBeforeEverythingElse() {
    var bob = office.user("bob");
    var desk = office.group("Desk", bob);
    office.pbx.down(true);

    Office.putOff(() -> office.delete(bob));

    assertThat(office.provisioner().openWork(10))
        .allSatisfy(work -> assertThat(work.work().offBoarding()).isTrue())
        .extracting(work -> work.work().entryId())
        .containsExactlyInAnyOrder(bob.id(), desk.id());
  }
}
