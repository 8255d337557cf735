package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store: each takes what the other has let go of, and no sooner. */
@OnEachStore
class TwoProcessesTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** The in-memory PBX's call limit of 10 s, and 3 s. */
  private static final Duration LEASE = Duration.ofSeconds(13);

  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);

  private final TestStore store;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private InMemoryPbx pbx = new InMemoryPbx(clock, QUIET);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Database database;
  private Provisioner one;
  private Provisioner other;

  TwoProcessesTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open(@TempDir Path directory) {
    database = store.open(directory);
    one = process();
    other = process();
  }

  private Provisioner process() {
    return Provisioner.paused(
        "office",
        database,
        pbx,
        TestMapping.from(Section.of(MAPPING)),
        ProvisioningPolicy.from(Section.of("busy-wait: 0s")),
        clock);
  }

  /** Both begin anew, with a PBX whose calls have ended so much after they were given up. */
  private void hasteWith(Duration quietTime) {
    one.close();
    other.close();
    pbx = new InMemoryPbx(clock, quietTime);
    one = process();
    other = process();
  }

  @AfterEach
  void close() {
    threads.close();
    one.close();
    other.close();
    database.close();
    store.close();
  }

  @Test
  void whoTakesLongKeepsTheEntryFromTheOther() {
    var ada = user("ada");
    var refused = new ArrayList<String>();
    pbx.calls();
    pbx.beforeEachCall(
        () -> {
          clock.advance(Duration.ofSeconds(9));
          other.recover();
          putOff(() -> patch(other, ada, name("Y")));
          refused.add("Y");
        });

    var changed = patch(one, ada, nameAndRole("X"));

    assertThat(changed.resource().path("displayName").asText()).isEqualTo("X");
    assertThat(Provisioning.state(read(ada))).isEqualTo("synced");
    assertThat(pbx.calls()).containsExactly("UpdateUser", "ChangeRole");
    assertThat(refused).hasSize(2);
  }

  @Test
  void whatADeadProcessLeftIsTakenUpAfterItsLeaseAndTheQuietTime() {
    var ada = user("ada");
    pbx.spoil(PbxCall.ChangeRole.class, Fault.CRASH_BEFORE);
    crash(() -> patch(one, ada, nameAndRole("X")));
    pbx.calls();

    clock.advance(LEASE.plus(QUIET).minusMillis(1));
    other.recover();
    assertThat(pbx.calls()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    other.recover();

    assertThat(pbx.calls()).contains("ChangeRole");
    assertSettled(ada, "X");
  }

  @Test
  void oneOfTwoLooksAtThePbxForWhatIsToBeRecovered() {
    var ada = user("ada");
    pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
    putOff(() -> patch(one, ada, name("X")));
    clock.advance(QUIET.multipliedBy(2));
    pbx.calls();
    pbx.duringARead(
        () -> {
          other.recover();
          assertThat(pbx.calls()).isEmpty();
        });

    one.recover();

    assertSettled(ada, "ada");
  }

  @Test
  void whatIsSentLongAfterItsLeaseIsFoundOutAndPutRight() {
    var ada = user("ada");
    pbx.during(
        PbxCall.UpdateUser.class,
        () -> {
          clock.advance(LEASE.plus(QUIET));
          elsewhere(
              () -> {
                other.recover();
                patch(other, ada, name("Y"));
              });
        });

    putOff(() -> patch(one, ada, name("X")));

    assertThat(displayName()).isEqualTo("X");
    rest();
    assertSettled(ada, "Y");
  }

  @Test
  void whatTheOtherFinishedMeanwhileIsAnsweredAsDone() {
    var ada = user("ada");
    pbx.during(
        PbxCall.UpdateUser.class,
        () -> {
          clock.advance(LEASE.plus(QUIET));
          elsewhere(() -> other.recover());
        });

    var changed = patch(one, ada, name("X"));

    assertThat(changed.resource().path("displayName").asText()).isEqualTo("X");
    rest();
    assertSettled(ada, "X");
  }

  @Test
  void whatALateOneIsRefusedIsNotFinishedByTheOther() {
    var ada = user("ada");
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    pbx.during(
        PbxCall.UpdateUser.class,
        () -> {
          frozen.countDown();
          await(thaw);
        });
    Future<?> late = threads.submit(() -> putOff(() -> patch(one, ada, nameAndRole("X"))));
    await(frozen);
    clock.advance(LEASE.plus(QUIET));
    pbx.during(
        PbxCall.ChangeRole.class,
        () -> {
          thaw.countDown();
          ended(late);
        });

    other.recover();
    rest();

    assertSettled(ada, "ada");
  }

  @Test
  void whoIsReportedToByALateOneTakesNothingForCertain() throws Exception {
    var ada = user("ada");
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    pbx.during(
        PbxCall.UpdateUser.class,
        () -> {
          frozen.countDown();
          await(thaw);
        });
    Future<?> late = threads.submit(() -> putOff(() -> patch(one, ada, name("X"))));
    await(frozen);
    clock.advance(LEASE.plus(QUIET));
    pbx.during(
        PbxCall.ChangeRole.class,
        () -> {
          thaw.countDown();
          ended(late);
        });

    Future<Entry> disturbed = threads.submit(() -> patch(other, ada, nameAndRole("Y")));
    while (!disturbed.isDone()) {
      one.recover();
    }

    assertThat(disturbed.get().resource().path("displayName").asText()).isEqualTo("Y");
    assertSettled(ada, "Y");
  }

  @Test
  void whoIsReportedToAndTooLateIsToldSoAndUndone() throws Exception {
    var ada = user("ada");
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    pbx.during(
        PbxCall.UpdateUser.class,
        () -> {
          frozen.countDown();
          await(thaw);
        });
    Future<?> late = threads.submit(() -> putOff(() -> patch(one, ada, name("X"))));
    await(frozen);
    clock.advance(LEASE.plus(QUIET));
    pbx.during(
        PbxCall.ChangeRole.class,
        () -> {
          thaw.countDown();
          ended(late);
          clock.advance(LEASE.plus(QUIET));
        });

    putOff(() -> patch(other, ada, nameAndRole("Y")));

    assertThat(displayName()).isEqualTo("X");
    rest();
    assertSettled(ada, "ada");
  }

  @Test
  void whoeverTookOverIsWaitedForWithinTheTimeOfAnAnswer() throws Exception {
    hasteWith(Duration.ofSeconds(1));
    var ada = user("ada");
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    pbx.during(
        PbxCall.UpdateUser.class,
        () -> {
          frozen.countDown();
          await(thaw);
        });
    Future<Entry> late = threads.submit(() -> patch(one, ada, nameAndRole("X")));
    await(frozen);
    clock.advance(LEASE.plusSeconds(1));
    pbx.during(
        PbxCall.ChangeRole.class,
        () -> {
          thaw.countDown();
          waitFor(() -> work(ada).wishSeq() > 1);
        });

    while (!late.isDone()) {
      other.recover();
    }

    assertThat(late.get().resource().path("displayName").asText()).isEqualTo("X");
    assertSettled(ada, "X");
  }

  @Test
  void whatTheOtherMadeOfAGroupMeanwhileIsAnsweredAsDone() {
    var ada = user("ada");
    var sales = group("Sales");
    pbx.during(
        PbxCall.AddMember.class,
        () -> {
          clock.advance(LEASE.plus(QUIET));
          elsewhere(() -> other.recover());
        });

    var changed = patchGroup(one, sales, IfMatch.of(Optional.of(sales.etag())), add(ada));

    assertThat(changed.version()).isGreaterThan(sales.version());
    rest();
    assertThat(pbx.groupMembers()).containsEntry("Sales", Set.of("1000"));
    assertThat(Provisioning.state(read(sales))).isEqualTo("synced");
  }

  @Test
  void whatALateOneIsRefusedOfAGroupIsNotFinishedByTheOther() {
    var ada = user("ada");
    var bob = user("bob");
    var sales = group("Sales");
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    pbx.sequential();
    pbx.during(
        PbxCall.UpdateGroup.class,
        () -> {
          frozen.countDown();
          await(thaw);
        });
    Future<?> late =
        threads.submit(
            () ->
                putOff(
                    () ->
                        patchGroup(
                            one,
                            sales,
                            new IfMatch.Any(),
                            "{'op':'replace','path':'displayName','value':'Shop'},"
                                + add(ada)
                                + ","
                                + add(bob))));
    await(frozen);
    clock.advance(LEASE.plus(QUIET));
    pbx.during(
        PbxCall.AddMember.class,
        () -> {
          thaw.countDown();
          ended(late);
        });

    other.recover();
    rest();

    assertThat(read(sales).resource().path("displayName").asText()).isEqualTo("Sales");
    assertThat(pbx.groupMembers()).containsOnly(Map.entry("Sales", Set.of()));
    assertThat(Provisioning.state(read(sales))).isEqualTo("synced");
  }

  @Test
  void whoIsPutInLongAfterTheLeaseIsTakenOutAgain() {
    var ada = user("ada");
    var sales = group("Sales");
    pbx.during(
        PbxCall.AddMember.class,
        () -> {
          clock.advance(LEASE.plus(QUIET));
          elsewhere(
              () -> {
                other.recover();
                patchGroup(other, sales, new IfMatch.Any(), add(ada).replace("add", "remove"));
              });
        });

    putOff(() -> patchGroup(one, sales, new IfMatch.Any(), add(ada)));

    assertThat(pbx.groupMembers()).containsEntry("Sales", Set.of("1000"));
    rest();
    assertThat(pbx.groupMembers()).containsEntry("Sales", Set.of());
    assertThat(Provisioning.state(read(sales))).isEqualTo("synced");
  }

  @Test
  void whatAFailedRunLeftInItsHandsIsTakenUpAfterTheQuietTime() {
    var ada = user("ada");
    pbx.during(
        PbxCall.ChangeRole.class,
        () -> {
          throw new IllegalStateException("nobody thought of that");
        });
    assertThatThrownBy(() -> patch(one, ada, nameAndRole("X")))
        .isInstanceOf(IllegalStateException.class);
    pbx.calls();

    one.recover();
    clock.advance(QUIET.minusMillis(1));
    one.recover();
    assertThat(pbx.calls()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    one.recover();

    assertSettled(ada, "ada"); // nobody was told that it was done
  }

  @Test
  void aDeactivationThatFindsTheOtherAtItIsKeptAndStopsIt() {
    var ada = user("ada");
    pbx.during(
        PbxCall.UpdateUser.class,
        () ->
            elsewhere(
                () ->
                    putOff(
                        () ->
                            patch(other, ada, "{'op':'replace','path':'active','value':false}"))));

    putOff(() -> patch(one, ada, nameAndRole("X")));
    rest();

    assertThat(pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(read(ada).resource().path("active").asBoolean()).isFalse();
  }

  @Test
  void theSameCreateAtBothMakesOneUser() {
    pbx.during(PbxCall.CreateUser.class, () -> elsewhere(() -> putOff(() -> user(other, "ada"))));

    user("ada");

    assertThatThrownBy(() -> user(other, "ada"))
        .isInstanceOfSatisfying(
            Refusal.class, it -> assertThat(it.kind()).isEqualTo(Refusal.Kind.UNIQUENESS));
    assertThat(pbx.all()).hasSize(1);
  }

  @Test
  void aCreateOfADeadProcessIsJoinedAtTheOther() {
    pbx.spoil(PbxCall.CreateUser.class, Fault.CRASH_AFTER);
    crash(() -> user("ada"));
    putOff(() -> user(other, "ada"));
    clock.advance(LEASE.plus(QUIET));

    var ada = user(other, "ada");

    assertThat(pbx.all()).hasSize(1);
    assertSettled(ada, "ada");
  }

  @Test
  void whatIsMadeAfterItsEntryWasLetGoIsKnownAsOurs() {
    pbx.during(
        PbxCall.CreateUser.class,
        () -> {
          clock.advance(LEASE.plus(QUIET));
          elsewhere(
              () -> {
                other.cancel(onlyEntry(), "op");
                rest();
              });
        });

    putOff(() -> user("ada"));

    assertThat(pbx.named("ada")).isPresent();
    other.inspection().remove(new PbxRef("u1"));
    rest();
    assertThat(pbx.named("ada")).isEmpty();
  }

  private String onlyEntry() {
    return database.read(
        handle -> handle.createQuery("select id from entry").mapTo(String.class).one());
  }

  private void assertSettled(Entry user, String displayName) {
    assertThat(displayName()).isEqualTo(displayName);
    assertThat(read(user).resource().path("displayName").asText("ada")).isEqualTo(displayName);
    assertThat(Provisioning.state(read(user))).isEqualTo("synced");
    assertThat(database.<Long>read(handle -> Journal.open(handle, "office"))).isZero();
  }

  private String displayName() {
    return pbx.named("ada").orElseThrow().get(PbxField.DISPLAY_NAME).orElseThrow();
  }

  private void rest() {
    for (int round = 0; round < 4; round++) {
      clock.advance(Duration.ofMinutes(11));
      one.recover();
      other.recover();
    }
  }

  private void crash(Runnable request) {
    assertThatThrownBy(request::run).isInstanceOf(Crash.class);
    pbx.revive();
  }

  private static void putOff(Runnable request) {
    assertThatThrownBy(request::run).isInstanceOf(TryLater.class);
  }

  /** In another thread, as another process would. */
  private void elsewhere(Runnable work) {
    ended(threads.submit(work));
  }

  private static void ended(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitFor(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Entry user(String userName) {
    return user(one, userName);
  }

  private static Entry user(Provisioner process, String userName) {
    return process.create(EntryType.USER, IDP, json("{'userName':'" + userName + "'}"));
  }

  private Entry group(String name) {
    return one.create(EntryType.GROUP, IDP, json("{'displayName':'" + name + "'}"));
  }

  private static String add(Entry member) {
    return "{'op':'add','path':'members','value':[{'value':'" + member.id() + "'}]}";
  }

  private static Entry patchGroup(
      Provisioner process, Entry group, IfMatch version, String operations) {
    var body = json("{'Operations':[" + operations + "]}");
    return process.patch(EntryType.GROUP, IDP, group.id(), version, body);
  }

  private JournalEntry work(Entry entry) {
    return database.read(handle -> Journal.find(handle, entry.id())).orElseThrow();
  }

  private static String name(String displayName) {
    return "{'op':'replace','path':'displayName','value':'" + displayName + "'}";
  }

  private static String nameAndRole(String displayName) {
    return "{'op':'add','value':{'displayName':'%s','roles':[{'value':'QueueManager'}]}}"
        .formatted(displayName);
  }

  private static Entry patch(Provisioner process, Entry user, String operation) {
    return process.patch(
        EntryType.USER,
        IDP,
        user.id(),
        new IfMatch.Any(),
        json("{'Operations':[" + operation + "]}"));
  }

  private Entry read(Entry entry) {
    return database.read(handle -> EntryStore.find(handle, entry.id())).orElseThrow();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
