package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.pbx.api.PbxException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a PBX that is away. */
@OnEachStore
class ReachabilityTest {
  private final TestStore store;
  @TempDir private Path directory;

  ReachabilityTest(TestStore store) {
    this.store = store;
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void onlyACallTellsThatItIsBack() {
    try (var office = new Office(store.open(directory))) {
      office.pbx.nameRolesInSettings();
      office.user("before");
      office.pbx.down(true);
      for (int call = 0; call < 4; call++) {
        putOff(() -> office.user("during"));
      }

      minutes(office);
      assertThat(office.provisioner().reachability().last()).hasValue(false);

      office.pbx.down(false);
      minutes(office);
      assertThat(office.provisioner().reachability().last()).hasValue(true);
    }
  }

  @Test
  void aCallThatIsToComeLaterSaysNothingOfIt() {
    var reachability = new Reachability();
    reachability.answered();
    for (int call = 0; call < 4; call++) {
      reachability.failed(
          new PbxException.Unavailable(
              PbxException.Cause.THROTTLED, Duration.ofSeconds(1), "too many requests"));
    }

    assertThat(reachability.last()).hasValue(true);
    assertThat(reachability.away()).isFalse();
  }

  private static void minutes(Office office) {
    for (int minute = 0; minute < 5; minute++) {
      office.later(Duration.ofMinutes(1));
    }
  }
}
