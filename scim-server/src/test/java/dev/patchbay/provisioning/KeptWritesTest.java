package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.LEAVE;
import static dev.patchbay.provisioning.Office.NAME;
import static dev.patchbay.provisioning.Office.OTHER;
import static dev.patchbay.provisioning.Office.elsewhere;
import static dev.patchbay.provisioning.Office.members;
import static dev.patchbay.provisioning.Office.putOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.Reads;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.time.Duration;
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

  @Test
  void aRemovalIsNotUndoneByTheAdditionItMet() {
    office.set("busy-wait: 5s"); // the addition would have time to begin again
    var ada = office.user("ada");
    var sales = office.group("Sales");
    office.pbx.during(
        PbxCall.AddMember.class,
        () -> keptAfterItsWait(() -> office.patch(sales, members("remove", ada))));

    putOff(() -> office.patch(sales, members("add", ada)));
    office.rest();

    assertThat(office.members(sales)).isEmpty();
    assertThat(office.pbx.groupMembers().get("Sales")).isEmpty();
  }

  /** The group is another's all the time the request waits for it. */
  private void keptAfterItsWait(Runnable request) {
    var waiting = Thread.ofPlatform().start(() -> putOff(request));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    office.clock.advance(Duration.ofSeconds(5));
    await().until(() -> waiting.getState() == Thread.State.TERMINATED);
  }

  @Test
  void anEnablingThatComesLateIsSeenAlthoughMoreIsKeptDuringTheUrgentDeactivation() {
    var ada = office.user("ada");
    office.patch(ada, LEAVE);
    office.pbx.spoil(PbxCall.UpdateUser.class, Fault.LATE);
    office.patch(ada, "{'op':'add','value':{'active':true,'roles':[{'value':'QueueManager'}]}}");
    assertThat(office.state(ada)).isEqualTo("pending");
    office.clock.advance(Duration.ofSeconds(1));
    var lower = "{'op':'replace','path':'roles','value':[{'value':'StandardUser'}]}";
    office.pbx.during(
        PbxCall.UpdateUser.class, () -> elsewhere(() -> putOff(() -> office.patch(ada, lower))));

    putOff(() -> office.patch(ada, LEAVE));
    office.rest();

    assertThat(office.read(ada).resource().path("active").asBoolean()).isFalse();
    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
  }

  @Test
  void anotherSourceDoesNotPutBackWhomOneTakesOut() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    office.pbx.down(true);
    putOff(() -> office.patch(sales, members("remove", ada)));
    office.pbx.down(false);

    putOff(() -> office.patch(OTHER, sales, new IfMatch.Any(), members("add", ada)));
    office.patch(OTHER, sales, new IfMatch.Any(), NAME);
    office.rest();

    assertThat(office.members(sales)).isEmpty();
    assertThat(office.pbx.groupMembers().get("X")).isEmpty();
    office.patch(OTHER, sales, new IfMatch.Any(), members("add", ada));
    assertThat(office.members(sales)).containsExactly(ada.id());
  }

  @Test
  void itsOwnSourcePutsItBack() {
    var ada = office.user("ada");
    var sales = office.group("Sales", ada);
    office.pbx.down(true);
    putOff(() -> office.patch(sales, members("remove", ada)));
    office.pbx.down(false);

    office.patch(sales, members("add", ada));

    assertThat(office.members(sales)).containsExactly(ada.id());
    assertThat(office.pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  /** The request, and at that place between its reads the entry's deletion, which may be kept. */
  private void meanwhile(int place, Entry entry, Runnable request) {
    var me = Thread.currentThread();
    var number = new AtomicInteger();
    Reads.surround(
        office.database(),
        () -> {
          if (Thread.currentThread().equals(me) && number.incrementAndGet() == place) {
            elsewhere(() -> deleteOrKeep(entry));
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

  private void deleteOrKeep(Entry entry) {
    try {
      office.delete(entry);
    } catch (TryLater kept) {
      // the request has the entry: what it asked for is done after it
    }
  }
}
