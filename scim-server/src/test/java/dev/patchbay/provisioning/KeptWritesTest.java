package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.elsewhere;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.Reads;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes away and was kept stays kept, whatever another write is at meanwhile. */
@OnEachStore
class KeptWritesTest {
  /** Before and after each read of one request, with room to spare. */
  private static final int PLACES = 10;

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  KeptWritesTest(TestStore store) {
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
  void aUsersDeletionIsNotLostWheneverItComes() {
    for (int place = 1; place <= PLACES; place++) {
      var ada = office.user("ada" + place);

      meanwhile(place, ada, () -> office.patch(ada, NAME));
      office.rest();

      assertThat(office.pbx.all()).as("deleted at place " + place).isEmpty();
      assertThat(office.openPlans()).isZero();
    }
  }

  @Test
  void aGroupsDeletionIsNotLostWheneverItComes() {
    for (int place = 1; place <= PLACES; place++) {
      var sales = office.group("Sales" + place, office.user("ada" + place));

      meanwhile(place, sales, () -> office.patch(sales, NAME));
      office.rest();

      assertThat(office.pbx.groupMembers()).as("deleted at place " + place).isEmpty();
      assertThat(office.openPlans()).isZero();
    }
  }

  /** The request, and at that place between its reads the entry's deletion, kept. */
  private void meanwhile(int place, Entry entry, Runnable request) {
    var me = Thread.currentThread();
    var number = new AtomicInteger();
    Reads.surround(
        office.database(),
        () -> {
          if (Thread.currentThread().equals(me) && number.incrementAndGet() == place) {
            elsewhere(() -> putOff(() -> office.delete(entry)));
          }
        });
    try {
      request.run();
    } catch (TryLater overtaken) {
      // its sender was told
    }
    if (number.getAndSet(PLACES) < place) {
      office.delete(entry);
    }
  }
}
