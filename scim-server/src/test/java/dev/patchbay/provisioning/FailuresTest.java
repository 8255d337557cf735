package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a write when the bridge itself fails, or its store. */
@OnEachStore
class FailuresTest {
  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  FailuresTest(TestStore store) {
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
  void aChangeAnsweredWithAFailureIsNotCompletedLater() {
    var ada = office.user("ada");
    office.pbx.during(PbxCall.UpdateUser.class, FailuresTest::fail);

    fails(() -> office.patch(ada, NAME));
    office.rest();

    assertThat(office.read(ada).resource().path("displayName").asText()).isNotEqualTo("X");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeactivationAnsweredWithAFailureIsDone() {
    var ada = office.user("ada");
    office.pbx.during(PbxCall.UpdateUser.class, FailuresTest::fail);

    fails(() -> office.patch(ada, LEAVE));
    office.rest();

    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
  }

  @Test
  void aCreateAnsweredWithAFailureLeavesNothing() {
    office.pbx.during(PbxCall.CreateUser.class, FailuresTest::fail);
    fails(() -> office.user("ada"));
    office.pbx.during(PbxCall.CreateGroup.class, FailuresTest::fail);
    fails(() -> office.group("Sales"));

    office.rest();

    assertThat(office.pbx.all()).isEmpty();
    assertThat(office.pbx.groupMembers()).isEmpty();
    assertThat(office.openPlans()).isZero();
    office.user("ada");
    office.group("Sales");
  }

  @Test
  void anAdditionAnsweredWithAFailureIsNotCompletedLater() {
    var ada = office.user("ada");
    var sales = office.group("Sales");
    office.pbx.during(PbxCall.AddMember.class, FailuresTest::fail);

    fails(() -> office.patch(sales, members("add", ada)));
    office.rest();

    assertThat(office.members(sales)).isEmpty();
    assertThat(office.pbx.groupMembers().get("Sales")).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void isToldToTheJournalWhenTheStoreIsBack() {
    var ada = office.user("ada");
    office.pbx.during(PbxCall.UpdateUser.class, () -> sql("alter table journal rename to away"));
    fails(() -> office.patch(ada, NAME));

    sql("alter table away rename to journal");
    office.rest();

    assertThat(office.read(ada).resource().path("displayName").asText()).isNotEqualTo("X");
    assertThat(office.pbx.named("ada").orElseThrow().get(PbxField.DISPLAY_NAME)).contains("ada");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whatTakesAwayIsTriedAgainWithinAMinute() {
    var ada = office.user("ada");
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.UNAVAILABLE);
    putOff(() -> office.patch(ada, LEAVE));
    office.pbx.during(PbxCall.UpdateUser.class, FailuresTest::fail);
    office.later(Duration.ofSeconds(2));

    office.later(Duration.ofMinutes(1));

    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
  }

  @Test
  void whatTakesAwayIsTakenUpBeforeTheRestOfARound() {
    for (String name : List.of("ada", "bob")) {
      office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
      var user = office.user(name);
      putOff(() -> office.patch(user, NAME));
    }
    var eve = office.user("eve");
    var enabled = new ArrayList<Boolean>();
    office.pbx.duringARead(
        () -> {
          office.pbx.spoil(PbxCall.UpdateUser.class, Fault.UNAVAILABLE);
          putOff(() -> office.patch(eve, LEAVE));
          office.clock.advance(Duration.ofSeconds(2));
          office.pbx.duringARead(
              () -> enabled.add(office.pbx.named("eve").orElseThrow().enabled()));
        });

    office.later(Duration.ofMinutes(2));

    assertThat(enabled).containsExactly(false);
  }

  private static void fails(Runnable request) {
    assertThatThrownBy(request::run)
        .isNotInstanceOf(TryLater.class)
        .isNotInstanceOf(AssertionError.class);
  }

  private static void fail() {
    throw new IllegalStateException("a fault of our own");
  }

  private void sql(String statement) {
    try (var connection = store.connection(directory);
        var update = connection.createStatement()) {
      update.execute(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
