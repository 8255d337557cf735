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
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that meet another one under way, unanswered, or left by a process that died. */
@OnEachStore
class MeetingWritesTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final IfMatch ANY = new IfMatch.Any();
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final Sender OTHER = new Sender("other", IdentityProvider.AUTO);
  private static final String LEAVE = "{'op':'replace','path':'active','value':false}";
  private static final String NAME = "{'op':'replace','path':'displayName','value':'X'}";

  private final TestStore store;
  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryPbx pbx = new InMemoryPbx(clock, QUIET);
  private Database database;
  private Provisioner provisioner;

  MeetingWritesTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    database = store.open(directory);
    provisioner = process();
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

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
  }

  @Test
  void keepsADeactivationThatComesWhileRecoveryCannotReadThePbx() {
    var ada = user("ada");
    pbx.spoil(PbxCall.ChangeRole.class, Fault.LOST_BEFORE);
    patch(ada, "{'op':'add','value':{'displayName':'X','roles':[{'value':'QueueManager'}]}}");
    clock.advance(QUIET.multipliedBy(2));
    pbx.duringARead(
        () -> {
          elsewhere(() -> putOff(() -> patch(ada, LEAVE)));
          pbx.down(true);
        });

    provisioner.recover();
    pbx.down(false);
    rest();

    assertThat(pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(read(ada).resource().path("active").asBoolean()).isFalse();
  }

  @Test
  void keepsADeactivationThatComesWhileAnotherChangeIsSent() {
    var ada = user("ada");
    pbx.during(PbxCall.UpdateUser.class, () -> elsewhere(() -> putOff(() -> patch(ada, LEAVE))));

    putOff(() -> patch(ada, NAME));
    assertThat(state(ada)).isEqualTo("pending");
    rest();

    assertThat(pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(pbx.named("ada").orElseThrow().get(PbxField.DISPLAY_NAME)).contains("ada");
  }

  @Test
  void changesAUserOfWhomAPartIsBlocked() {
    pbx.spoil(PbxCall.BindMicrosoft365.class, Fault.REJECTED);
    var ada =
        create(
            "{'userName':'ada','" + ResourceTypes.PBX_USER + "':{'ms365':{'id':'a@b.example'}}}");

    var changed = patch(ada, "{'op':'add','path':'title','value':'Dr'}");

    assertThat(changed.resource().path("title").asText()).isEqualTo("Dr");
    assertThat(state(ada)).isEqualTo("blocked");
  }

  @Test
  void acceptsARepeatThatFindsItsUnansweredChangeDone() {
    var ada = user("ada");
    pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_AFTER);
    putOff(() -> patch(ada, NAME));
    clock.advance(QUIET.multipliedBy(2));
    pbx.calls();

    patch(ada, NAME);

    assertThat(pbx.calls()).isEmpty();
    assertThat(state(ada)).isEqualTo("synced");
  }

  @Test
  void putsAUserThatIsMadeAgainBackIntoItsGroupsEvenIfTheAnswerIsLost() {
    var ada = user("ada");
    group("Sales", ada);
    pbx.lose("ada");
    pbx.spoil(PbxCall.CreateUser.class, Fault.LOST_AFTER);

    putOff(() -> patch(ada, NAME));
    rest();

    assertThat(pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void welcomesAParkedMemberThatRecoveryMade() {
    var sales =
        provisioner.create(
            EntryType.GROUP, IDP, json("{'displayName':'Sales','members':[{'value':'e1'}]}"));
    pbx.spoil(PbxCall.CreateUser.class, Fault.CRASH_AFTER);
    crash(() -> create("{'userName':'ada','externalId':'e1'}"));

    rest();

    assertThat(members(sales)).hasSize(1);
    assertThat(pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void aLaterReplaceLeavesOutWhomAnEarlierProcessWasAdding() {
    var ada = user("ada");
    var bob = user("bob");
    var sales = group("Sales");
    pbx.spoil(PbxCall.AddMember.class, Fault.CRASH_AFTER);
    crash(() -> patch(sales, members("add", bob)));
    clock.advance(QUIET.multipliedBy(5));

    patch(sales, members("replace", ada));
    rest();

    assertThat(members(sales)).containsExactly(ada.id());
    assertThat(pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void keepsAGroupsDeletionWhileACallIsUnanswered() {
    var ada = user("ada");
    var sales = group("Sales");
    pbx.spoil(PbxCall.AddMember.class, Fault.LOST_BEFORE);
    putOff(() -> patch(sales, members("add", ada)));

    putOff(() -> provisioner.delete(EntryType.GROUP, IDP, sales.id(), ANY));
    rest();

    assertThat(pbx.groupMembers()).isEmpty();
    assertThat(openPlans()).isZero();
  }

  @Test
  void keepsNoRemovalOfAStaleVersion() {
    var ada = user("ada");
    var sales = group("Sales", ada);
    var stale = IfMatch.of(Optional.of(sales.etag()));
    patch(sales, "{'op':'replace','path':'displayName','value':'Marketing'}");
    var removal = json("{'Operations':[" + members("remove", ada) + "]}");
    pbx.during(
        PbxCall.UpdateGroup.class,
        () ->
            elsewhere(
                () ->
                    assertThatThrownBy(
                            () ->
                                provisioner.patch(
                                    EntryType.GROUP, OTHER, sales.id(), stale, removal))
                        .isInstanceOf(Refusal.class)));

    patch(sales, "{'op':'replace','path':'displayName','value':'Sales'}");
    rest();

    assertThat(members(sales)).containsExactly(ada.id());
  }

  @Test
  void aMembersArrivalCompletesNoGroupThatWasPutOff() {
    pbx.spoil(PbxCall.CreateGroup.class, Fault.LOST_BEFORE);
    var sales = json("{'displayName':'Sales','members':[{'value':'e1'}]}");
    putOff(() -> provisioner.create(EntryType.GROUP, IDP, sales));

    create("{'userName':'ada','externalId':'e1'}");
    rest();

    assertThat(pbx.groupMembers()).isEmpty();
    assertThat(openPlans()).isZero();
  }

  @Test
  void completesNoAdditionThatWasPutOffBecauseAMemberWasDeletedMeanwhile() {
    var ada = user("ada");
    var bob = user("bob");
    var sales = group("Sales", ada);
    pbx.during(
        PbxCall.AddMember.class,
        () ->
            elsewhere(() -> putOff(() -> provisioner.delete(EntryType.USER, IDP, ada.id(), ANY))));

    putOff(() -> patch(sales, members("add", bob)));
    rest();

    assertThat(members(sales)).isEmpty();
    assertThat(pbx.groupMembers().get("Sales")).isEmpty();
    assertThat(openPlans()).isZero();
  }

  @Test
  void showsAUserWhoseDeletionIsRefusedUntilItIsGone() {
    var ada = user("ada");
    pbx.spoil(PbxCall.DeleteUser.class, Fault.UNAVAILABLE);
    pbx.spoil(PbxCall.DeleteUser.class, Fault.REJECTED);
    putOff(() -> provisioner.delete(EntryType.USER, IDP, ada.id(), ANY));

    clock.advance(Duration.ofSeconds(5));
    provisioner.recover();

    assertThat(read(ada).life().visible()).isTrue();
    assertThat(state(ada)).isEqualTo("blocked");
    rest();
    assertThat(pbx.all()).isEmpty();
    assertThat(openPlans()).isZero();
  }

  @Test
  void deletesAUserThatThePbxLostAndWhoseGroupCannotBeReached() {
    var ada = user("ada");
    group("Sales", ada);
    pbx.lose("ada");
    pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
    putOff(() -> patch(ada, NAME));
    clock.advance(QUIET.multipliedBy(2));
    pbx.spoil(PbxCall.RemoveMember.class, Fault.UNAVAILABLE);

    putOff(() -> provisioner.delete(EntryType.USER, IDP, ada.id(), ANY));
    rest();

    assertThat(pbx.groupMembers().get("Sales")).isEmpty();
    assertThat(openPlans()).isZero();
  }

  @Test
  void aNameInAnUnansweredRenamingIsNotTakenYet() {
    var ada = user("ada");
    pbx.spoil(PbxCall.UpdateUser.class, Fault.LOST_BEFORE);
    putOff(() -> patch(ada, "{'op':'replace','path':'userName','value':'eve'}"));

    putOff(() -> user("eve"));
  }

  @Test
  void sendsADeactivationAgainThatWasGivenUpInAQuietTime() {
    var ada = user("ada");
    pbx.spoil(PbxCall.ChangeRole.class, Fault.LOST_BEFORE);
    putOff(() -> patch(ada, "{'op':'add','value':{'roles':[{'value':'QueueManager'}]}}"));
    pbx.spoil(PbxCall.UpdateUser.class, Fault.LATE);
    clock.advance(QUIET.minusSeconds(2));
    putOff(() -> patch(ada, LEAVE));
    clock.advance(Duration.ofSeconds(5));

    // The deactivation was given up 5 s ago: nothing contrary is sent yet.
    putOff(() -> patch(ada, "{'op':'replace','path':'active','value':true}"));
    rest();
    patch(ada, "{'op':'replace','path':'active','value':true}");
    rest();

    assertThat(pbx.named("ada").orElseThrow().enabled()).isTrue();
    assertThat(state(ada)).isEqualTo("synced");
  }

  private void rest() {
    for (int round = 0; round < 20; round++) {
      clock.advance(Duration.ofMinutes(11));
      provisioner.recover();
    }
  }

  private static void putOff(Runnable request) {
    assertThatThrownBy(request::run).isInstanceOf(TryLater.class);
  }

  private void crash(Runnable request) {
    try {
      request.run();
    } catch (Crash crash) {
      pbx.revive();
      provisioner = process();
    }
  }

  /** In another thread, as another request would be. */
  private static void elsewhere(Runnable request) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(request).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Entry user(String userName) {
    return create("{'userName':'" + userName + "'}");
  }

  private Entry create(String user) {
    return provisioner.create(EntryType.USER, IDP, json(user));
  }

  private Entry group(String name, Entry... users) {
    return provisioner.create(
        EntryType.GROUP,
        IDP,
        json("{'displayName':'" + name + "','members':" + values(users) + "}"));
  }

  private static String values(Entry... users) {
    return Stream.of(users).map(user -> "{'value':'" + user.id() + "'}").toList().toString();
  }

  private static String members(String op, Entry... users) {
    return "{'op':'" + op + "','path':'members','value':" + values(users) + "}";
  }

  private Entry patch(Entry entry, String operation) {
    return provisioner.patch(
        entry.type(), IDP, entry.id(), ANY, json("{'Operations':[" + operation + "]}"));
  }

  private Entry read(Entry entry) {
    return database.read(handle -> EntryStore.find(handle, entry.id())).orElseThrow();
  }

  private Set<String> members(Entry group) {
    var members = new TreeSet<String>();
    database.run(handle -> Memberships.stream(handle, group.id(), it -> members.add(it.id())));
    return members;
  }

  private long openPlans() {
    return database.read(handle -> Journal.open(handle, "office"));
  }

  private String state(Entry entry) {
    var urn = entry.type() == EntryType.USER ? ResourceTypes.PBX_USER : ResourceTypes.PBX_GROUP;
    return read(entry).resource().path(urn).path("provisioning").path("state").asText();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
