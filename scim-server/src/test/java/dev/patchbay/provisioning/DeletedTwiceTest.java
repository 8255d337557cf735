package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.IDP;
import static dev.patchbay.provisioning.Office.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes are asked for the same deletion. */
@OnEachStore
class DeletedTwiceTest {
  private static final Duration LONG = Duration.ofHours(1); // nobody has it in hands any more

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  DeletedTwiceTest(TestStore store) {
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
  void aUserIsGoneForWhoComesAfterTheAnswer() {
    var ada = office.user("ada");
    office.delete(ada);

    assertGone(ada);
  }

  @Test
  void aGroupIsGoneForWhoComesAfterTheAnswer() {
    var sales = office.group("Sales", office.user("ada"));
    office.delete(sales);

    assertGone(sales);
  }

  /** Neither was answered before the other began: both are told the truth. */
  @Test
  void bothAreToldThatAUserIsGoneWhereOneTookOverFromTheOther() {
    var ada = office.user("ada");

    deletedByTwo(PbxCall.DeleteUser.class, ada);

    assertGone(ada);
  }

  @Test
  void bothAreToldThatAGroupIsGoneWhereOneTookOverFromTheOther() {
    var sales = office.group("Sales", office.user("ada"));

    deletedByTwo(PbxCall.DeleteGroup.class, sales);

    assertGone(sales);
  }

  /** The first stands still in its call until another has done it all. */
  private void deletedByTwo(Class<? extends PbxCall> call, Entry entry) {
    office.pbx.during(
        call,
        () -> {
          office.revived();
          office.clock.advance(LONG);
          elsewhere(() -> office.delete(entry));
        });

    office.delete(entry);
  }

  private void assertGone(Entry entry) {
    for (int process = 0; process < 2; process++) {
      var served = office.provisioner();
      assertThatThrownBy(() -> served.delete(entry.type(), IDP, entry.id(), new IfMatch.Any()))
          .isInstanceOfSatisfying(
              Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
      office.revived();
    }
    office.rest();
    assertThat(office.openPlans()).isZero();
  }
}
