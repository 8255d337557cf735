package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.COME;
import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wish that gives and was never answered, and a later one that takes it back and is put off. */
@OnEachStore
class WithdrawnWishesTest {
  private static final String RISE =
      "{'op':'replace','path':'roles','value':[{'value':'QueueManager'}]}";
  private static final String FALL =
      "{'op':'replace','path':'roles','value':[{'value':'StandardUser'}]}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;

  WithdrawnWishesTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    ada = office.user("ada");
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  /** The process dies after the PBX did it and before anybody was told. */
  private void unanswered(Class<? extends PbxCall> call, String operation) {
    office.pbx.spoil(call, Fault.CRASH_AFTER);
    office.crash(() -> office.patch(ada, operation));
  }

  private void putOffWhileThePbxIsDown(String operation) {
    office.clock.advance(Duration.ofHours(1)); // nobody has it in hands any more
    office.pbx.down(true);
    putOff(() -> office.patch(ada, operation));
    office.pbx.down(false);
  }

  private void assertActive(boolean active) {
    office.rest();
    assertThat(office.read(ada).resource().path("active").asBoolean()).isEqualTo(active);
    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isEqualTo(active);
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void aDeactivationIsKeptWhileThePbxCannotBeAsked() {
    office.patch(ada, LEAVE);
    unanswered(PbxCall.UpdateUser.class, COME);

    putOffWhileThePbxIsDown(LEAVE);

    assertActive(false);
  }

  @Test
  void aDeactivationIsKeptWhileTheReactivationIsInHands() {
    office.patch(ada, LEAVE);
    unanswered(PbxCall.UpdateUser.class, COME);

    putOff(() -> office.patch(ada, LEAVE));

    assertActive(false);
  }

  @Test
  void aRepeatedReactivationIsNotTakenForItsOpposite() {
    office.patch(ada, LEAVE);
    unanswered(PbxCall.UpdateUser.class, COME);

    putOffWhileThePbxIsDown(COME);

    assertActive(true);
  }

  @Test
  void whatIsAboutSomethingElseWithdrawsNothing() {
    office.patch(ada, LEAVE);
    unanswered(PbxCall.UpdateUser.class, COME);

    putOffWhileThePbxIsDown(NAME);

    assertActive(true);
  }

  @Test
  void aLowerRoleIsKept() {
    unanswered(PbxCall.ChangeRole.class, RISE);

    putOffWhileThePbxIsDown(FALL);

    office.rest();
    assertThat(office.pbx.named("ada").orElseThrow().get(PbxField.ROLE)).hasValue("StandardUser");
    assertThat(office.openPlans()).isZero();
  }
}
