package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plan takes a PBX user away that is not as it must be, and makes another in its place. */
@OnEachStore
class ReplacedUserTest {
  private final TestStore store;
  @TempDir private Path directory;
  private Office office;
  private Entry ada;

  ReplacedUserTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    ada = office.user("ada");
    madeOtherwise();
    office.pbx.spoil(PbxCall.CreateUser.class, Fault.CRASH_AFTER);
    office.crash(() -> office.patch(ada, NAME));
    office.clock.advance(Duration.ofHours(1));
    assertThat(office.pbx.calls()).containsExactly("CreateUser", "DeleteUser", "CreateUser");
  }

  /** The PBX has it under another name, as half of a user that a create was stopped at. */
  private void madeOtherwise() {
    var applied = office.read(ada).applied();
    var fields = new EnumMap<PbxField, String>(applied.fields());
    fields.put(PbxField.NAME, "half");
    var otherwise = Applied.present(applied.ref().orElseThrow(), fields);
    assertThat(
            office
                .database()
                .<Boolean>write(
                    handle -> EntryStore.record(handle, office.read(ada).with(otherwise))))
        .isTrue();
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  @Test
  void whoIsNewThereIsPutOutAndNotTakenToBeGone() {
    office.patch(ada, LEAVE);
    office.rest();

    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(office.state(ada)).isEqualTo("synced");
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoIsNewThereIsDeleted() {
    office.delete(ada);
    office.rest();

    assertThat(office.pbx.all()).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void theJournalFindsItAndMakesNoSecond() {
    office.rest();

    assertThat(office.pbx.all()).hasSize(1);
    assertThat(office.state(ada)).isEqualTo("synced");
  }
}
