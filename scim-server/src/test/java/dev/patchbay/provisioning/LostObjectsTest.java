package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and groups that somebody deleted on the PBX. */
@OnEachStore
class LostObjectsTest {
  private static final String DESCRIPTION =
      "{'op':'add','path':'" + ResourceTypes.PBX_GROUP + ":description','value':'new'}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  LostObjectsTest(TestStore store) {
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
  void aGroupMadeAgainSurvivesACrashAmongItsMembers() {
    var sales = office.group("Sales", office.user("ada"), office.user("bob"));
    office.pbx.loseGroup("Sales");
    office.pbx.spoil(PbxCall.AddMember.class, Fault.CRASH_AFTER);

    office.crash(() -> office.patch(sales, DESCRIPTION));
    office.rest();

    assertThat(office.members(sales)).hasSize(2);
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000", "1001");
    assertThat(office.openPlans()).isZero();
    assertThat(office.state(sales)).isEqualTo("synced");
  }
}
