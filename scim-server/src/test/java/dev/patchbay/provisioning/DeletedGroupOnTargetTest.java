package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group whose deletion the tenant's own PBX has not done: it may be taken back. */
class DeletedGroupOnTargetTest {
  @TempDir private Path directory;
  private SteppedStore store;
  private TwoSystems both;

  @BeforeEach
  void open() {
    store = SteppedStore.in(directory);
    both = TwoSystems.of(store, TwoSystems.office(store));
    both.createGroup("Sales", "ada");
    both.rest();
    assertThat(both.desk.groupMembers()).containsOnlyKeys("Sales");
    both.phonesMeet(Optional.of(Fault.UNAVAILABLE));
    assertThat(both.accepted(() -> both.deleteGroup("Sales"))).isFalse();
    both.round();
  }

  @AfterEach
  void close() {
    both.close();
    store.close();
  }

  @Test
  void itStaysOnATargetAsLong() {
    assertThat(both.desk.groupMembers()).containsOnlyKeys("Sales");
    both.phonesMeet(Optional.empty());
    both.rest();

    assertThat(both.phones.groupMembers()).isEmpty();
    assertThat(both.desk.groupMembers()).isEmpty();
  }

  @Test
  void whoTakesItBackHasItsPeopleOnBoth() {
    both.cancelGroup("Sales");
    both.phonesMeet(Optional.empty());
    both.rest();

    assertThat(both.phones.groupMembers().get("Sales")).hasSize(1);
    assertThat(both.desk.groupMembers().get("Sales")).hasSize(1);
  }
}
