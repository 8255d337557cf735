package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.pbx.api.PbxCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members whom the identity provider names before their user is here. */
@OnEachStore
class ParkedMembersTest {
  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  ParkedMembersTest(TestStore store) {
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
  void whoIsNamedAgainAfterItExpiredIsWaitedForAgain() {
    var sales = office.group("Sales", "e1");
    office.clock.advance(Duration.ofDays(8));

    office.patch(sales, Office.members("add", "e1"));
    var ada = office.user("ada", ",'externalId':'e1'");
    office.rest();

    assertThat(office.members(sales)).containsExactly(ada.id());
  }

  @Test
  void whoIsNamedAgainIsWaitedForFromThenOn() {
    var sales = office.group("Sales", "e1");
    office.clock.advance(Duration.ofDays(6));
    office.patch(sales, Office.members("replace", "e1"));
    office.clock.advance(Duration.ofDays(6));

    var ada = office.user("ada", ",'externalId':'e1'");
    office.rest();

    assertThat(office.members(sales)).containsExactly(ada.id());
  }

  @Test
  void whoIsNotWaitedForAnyMoreIsForgottenInANewVersion() {
    var sales = office.group("Sales", "e1");
    office.later(Duration.ofDays(6));
    office.patch(sales, Office.members("add", "e2"));
    var version = office.read(sales).version();
    assertThat(parked(sales)).containsExactly("e1", "e2");

    office.later(Duration.ofDays(2));

    assertThat(parked(sales)).containsExactly("e2");
    assertThat(office.read(sales).version()).isEqualTo(version + 1);
    office.later(Duration.ofHours(1));
    assertThat(office.read(sales).version()).isEqualTo(version + 1);
  }

  @Test
  void aGroupThatIsBeingWrittenForgetsThemLater() {
    var ada = office.user("ada");
    var sales = office.group("Sales", "e1");
    office.clock.advance(Duration.ofDays(8));
    office.pbx.during(PbxCall.AddMember.class, () -> elsewhere(office.provisioner()::recover));

    var changed = office.patch(sales, Office.members("add", ada));

    assertThat(parked(sales)).containsExactly("e1");
    office.later(Duration.ofMinutes(1));
    assertThat(parked(sales)).isEmpty();
    assertThat(office.read(sales).version()).isEqualTo(changed.version() + 1);
    assertThat(office.members(sales)).containsExactly(ada.id());
  }

  @Test
  void anExternalIdThatComesLaterIsTheMember() {
    var sales = office.group("Sales", "e1");
    var ada = office.user("ada");

    office.patch(ada, "{'op':'add','path':'externalId','value':'e1'}");
    office.rest();

    assertThat(office.members(sales)).containsExactly(ada.id());
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void isAVersionOfTheGroup() {
    var sales = office.group("Sales");

    var parked = office.patch(sales, Office.members("add", "e1"));
    var again = office.patch(sales, Office.members("add", "e1"));
    var gone = office.patch(sales, Office.members("remove", "e1"));

    assertThat(List.of(parked.version(), again.version(), gone.version()))
        .containsExactly(sales.version() + 1, sales.version() + 1, sales.version() + 2);
    assertThat(office.read(sales).version()).isEqualTo(gone.version());
  }

  private List<String> parked(Entry group) {
    return office.database().read(handle -> ParkedMembers.of(handle, group.id()));
  }
}
