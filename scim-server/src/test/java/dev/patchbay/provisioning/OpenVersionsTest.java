package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.IDP;
import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version an entry has, and which a write may name, while work on it is open. */
@OnEachStore
class OpenVersionsTest {
  private static final String ROLE_AND_NAME =
      "{'op':'add','value':{'displayName':'Y','roles':[{'value':'QueueManager'}]}}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  OpenVersionsTest(TestStore store) {
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
  void ofTwoWritesOfOneVersionOneIsDoneAlthoughItIsPending() {
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.ChangeRole.class, Fault.UNAVAILABLE);
    var first = office.patch(IDP, ada, at(ada), ROLE_AND_NAME);
    assertThat(office.state(ada)).isEqualTo("pending");

    assertThatThrownBy(() -> office.patch(IDP, ada, at(ada), NAME)).isInstanceOf(Refusal.class);
    office.patch(IDP, ada, at(first), NAME);
    office.rest();

    assertThat(office.state(ada)).isEqualTo("synced");
  }

  @Test
  void ofTwoWritesOfOneVersionOfAGroupOneIsDoneAlthoughItIsPending() {
    var sales = office.group("Sales");
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.AddMember.class, Fault.UNAVAILABLE);
    var first = office.patch(IDP, sales, at(sales), NAME + "," + members("add", ada));
    assertThat(office.state(sales)).isEqualTo("pending");

    var again = "{'op':'replace','path':'displayName','value':'Y'}";
    assertThatThrownBy(() -> office.patch(IDP, sales, at(sales), again))
        .isInstanceOf(Refusal.class);
    office.patch(IDP, sales, at(first), again);
    office.rest();

    assertThat(office.pbx.groupMembers()).containsOnlyKeys("Y");
  }

  @Test
  void theRepeatOfAWriteThatWasPutOffMayNameTheVersionItWasMadeFrom() {
    var ada = office.user("ada");
    office.pbx.down(true);
    putOff(() -> office.patch(IDP, ada, at(ada), LEAVE));
    assertThat(office.read(ada).version()).isGreaterThan(ada.version());
    office.pbx.down(false);

    office.patch(IDP, ada, at(ada), LEAVE);

    assertThat(office.state(ada)).isEqualTo("synced");
  }

  @Test
  void aRemovalThatRecoveryFinishesIsAVersion() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    office.pbx.spoil(PbxCall.RemoveMember.class, Fault.CRASH_BEFORE);

    office.crash(() -> office.patch(sales, members("remove", ada)));

    assertThat(office.members(sales)).isEmpty();
    assertThat(office.read(sales).version()).isEqualTo(sales.version() + 1);
    office.rest();
    assertThat(office.read(sales).version()).isEqualTo(sales.version() + 1);
  }

  @Test
  void aRemovalIsOneVersion() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);

    var removed = office.patch(sales, members("remove", ada));

    assertThat(removed.version()).isEqualTo(sales.version() + 1);
  }

  private static IfMatch at(Entry entry) {
    return IfMatch.of(Optional.of(entry.etag()));
  }
}
