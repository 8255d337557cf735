package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachStore
class ProvisionerTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final IfMatch ANY = new IfMatch.Any();
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);

  private final TestStore store;
  @TempDir private Path directory;
  private Database database;
  private InMemoryPbx pbx;
  private Provisioner provisioner;

  ProvisionerTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    database = store.open(directory);
    pbx = new InMemoryPbx(Clock.systemUTC(), QUIET);
    provisioner = open("policy: {}");
  }

  private Provisioner open(String policy) {
    return Provisioner.open(
        "office",
        database,
        pbx,
        TestMapping.from(Section.of(MAPPING)),
        ProvisioningPolicy.from(Section.of(policy).section("policy")),
        Optional.empty(),
        Clock.systemUTC());
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
  }

  @Test
  void createsAUserWithOneCall() {
    var ada = create("ada@corp.example");

    assertThat(pbx.calls()).containsExactly("CreateUser");
    assertThat(pbx.named("ada").orElseThrow().get(PbxField.EXTENSION)).contains("1000");
    assertThat(state(ada)).isEqualTo("synced");
    assertThat(ada.resource().path(ResourceTypes.PBX_USER).path("pbxUserName").asText())
        .isEqualTo("ada");
  }

  @Test
  void sendsNothingForAChangeThePbxCannotSee() {
    var ada = create("ada");
    pbx.calls();

    var changed = patch(ada, "{'op':'add','path':'title','value':'Countess'}");

    assertThat(pbx.calls()).isEmpty();
    assertThat(changed.resource().path("title").asText()).isEqualTo("Countess");
    assertThat(changed.version()).isGreaterThan(ada.version());
  }

  @Test
  void keepsTheVersionWhenNothingChanges() {
    var ada = create("ada");

    var same = patch(ada, "{'op':'replace','path':'userName','value':'ada'}");

    assertThat(same.version()).isEqualTo(ada.version());
  }

  @Test
  void changesAProfileWithOneCallAndARoleWithAnother() {
    var ada = create("ada");
    pbx.calls();

    patch(
        ada,
        "{'op':'add','value':{'displayName':'Ada B','roles':[{'value':'QueueManager'}],"
            + "'name':{'familyName':'B'}}}");

    assertThat(pbx.calls()).containsExactly("UpdateUser", "ChangeRole");
    assertThat(pbx.named("ada").orElseThrow().get(PbxField.ROLE)).contains("QueueManager");
  }

  @Test
  void refusesASecondUserOfTheSameNameInAnyCase() {
    create("ada");

    assertThatThrownBy(() -> create("ADA"))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.UNIQUENESS));
    assertThat(pbx.all()).hasSize(1);
  }

  @Test
  void letsExactlyOneOfManyParallelCreatesThrough() throws Exception {
    Callable<Boolean> attempt =
        () -> {
          try {
            create("ada");
            return true;
          } catch (Refusal refusal) {
            return false;
          }
        };

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var created = 0;
      for (var answer : threads.invokeAll(Collections.nCopies(30, attempt))) {
        created += answer.get() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
    }
    assertThat(pbx.all()).hasSize(1);
  }

  @Test
  void givesTwoUsersOfOneLocalPartDifferentNames() {
    create("ada@a.example");
    create("ada@b.example");

    assertThat(pbx.named("ada")).isPresent();
    assertThat(pbx.named("ada-2")).isPresent();
  }

  @Test
  void goesAroundAStrangersNameAndNumber() {
    pbx.stranger("ada", "1000");
    pbx.stranger("bob", "1001");

    create("ada");

    assertThat(pbx.named("ada-2").orElseThrow().get(PbxField.EXTENSION)).contains("1002");
  }

  @Test
  void refusesAGivenNumberThatAStrangerHas() {
    pbx.stranger("old", "1500");

    assertThatThrownBy(
            () ->
                provisioner.create(
                    EntryType.USER,
                    IDP,
                    json(
                        "{'userName':'ada','"
                            + ResourceTypes.PBX_USER
                            + "':{'extensionNumber':'1500'}}")))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.UNIQUENESS));
    assertThat(create("ada").resource().path(ResourceTypes.PBX_USER).path("pbxUserName").asText())
        .isEqualTo("ada");
  }

  @Test
  void adoptsItsOwnUserWhenTheAnswerToACreateWasLost() {
    pbx.spoil(PbxCall.CreateUser.class, InMemoryPbx.Fault.LOST_AFTER);

    assertThatThrownBy(() -> create("ada")).isInstanceOf(TryLater.class);
    assertThat(visible("ada")).isFalse();
    var ada = create("ada");

    assertThat(pbx.all()).hasSize(1);
    assertThat(state(ada)).isEqualTo("synced");
    assertThat(pbx.calls()).containsExactly("CreateUser");
  }

  @Test
  void sendsACreateAgainThatNeverArrived() {
    pbx.spoil(PbxCall.CreateUser.class, InMemoryPbx.Fault.LOST_BEFORE);

    assertThatThrownBy(() -> create("ada")).isInstanceOf(TryLater.class);
    create("ada");

    assertThat(pbx.all()).hasSize(1);
  }

  @Test
  void removesAnUnansweredUserThatNobodyAsksForAgain() {
    pbx.spoil(PbxCall.CreateUser.class, InMemoryPbx.Fault.LOST_AFTER);

    assertThatThrownBy(() -> create("ada")).isInstanceOf(TryLater.class);

    Awaitility.await().until(() -> pbx.all().isEmpty() && openPlans() == 0);
  }

  @Test
  void leavesNothingBehindWhenThePbxRefuses() {
    pbx.spoil(PbxCall.CreateUser.class, InMemoryPbx.Fault.REJECTED);

    assertThatThrownBy(() -> create("ada")).isInstanceOf(Refusal.class);
    assertThat(openPlans()).isZero();
    var ada = create("ada");

    assertThat(ada.resource().path(ResourceTypes.PBX_USER).path("extensionNumber").asText())
        .isEqualTo("1000");
  }

  @Test
  void saysTryLaterWhileThePbxIsDownAndKeepsNothing() {
    pbx.down(true);

    var later = catchThrowableOfType(TryLater.class, () -> create("ada"));

    assertThat(later.after()).isEqualTo(Duration.ofSeconds(7));
    assertThat(openPlans()).isZero();
  }

  @Test
  void keepsADeactivationWhileThePbxIsDown() {
    var ada = create("ada");
    pbx.down(true);

    assertThatThrownBy(() -> patch(ada, "{'op':'replace','path':'active','value':false}"))
        .isInstanceOf(TryLater.class);
    assertThat(read(ada).resource().path("active").asBoolean()).isFalse();
    assertThat(state(read(ada))).isEqualTo("pending");
    pbx.down(false);

    Awaitility.await().until(() -> !pbx.named("ada").orElseThrow().enabled() && openPlans() == 0);
    assertThat(state(read(ada))).isEqualTo("synced");
  }

  @Test
  void dropsAnOrdinaryChangeThatCouldNotBeSent() {
    var ada = create("ada");
    pbx.down(true);

    assertThatThrownBy(() -> patch(ada, "{'op':'replace','path':'displayName','value':'X'}"))
        .isInstanceOf(TryLater.class);
    pbx.down(false);

    assertThat(openPlans()).isZero();
    assertThat(read(ada).resource().has("displayName")).isFalse();
  }

  @Test
  void deactivatesInSpiteOfARefusedDepartment() {
    var ada = create("ada");
    pbx.spoil(
        call -> call instanceof PbxCall.UpdateUser update && update.changed().size() > 1,
        InMemoryPbx.Fault.REJECTED);

    assertThatThrownBy(
            () ->
                patch(
                    ada,
                    "{'op':'replace','value':{'active':false,'"
                        + ResourceTypes.ENTERPRISE_USER
                        + "':{'department':'Bad'}}}"))
        .isInstanceOf(Refusal.class);

    assertThat(pbx.named("ada").orElseThrow().enabled()).isFalse();
    assertThat(read(ada).resource().path("active").asBoolean()).isFalse();
    assertThat(read(ada).resource().has(ResourceTypes.ENTERPRISE_USER)).isFalse();
    assertThat(openPlans()).isZero();
  }

  @Test
  void putsBackWhatARefusedRoleWouldHaveChangedAndSaysWhatTookEffect() {
    var ada = create("ada");
    pbx.spoil(PbxCall.ChangeRole.class, InMemoryPbx.Fault.REJECTED);

    var refusal =
        catchThrowableOfType(
            Refusal.class,
            () ->
                patch(
                    ada,
                    "{'op':'add','value':{'displayName':'Ada',"
                        + "'roles':[{'value':'QueueManager'}]}}"));

    assertThat(refusal.detail()).contains("UpdateUser");
    assertThat(read(ada).resource().path("displayName").asText()).isEqualTo("Ada");
    assertThat(read(ada).resource().has("roles")).isFalse();
    assertThat(openPlans()).isZero();
  }

  @Test
  void finishesFromTheJournalWhatALaterCallCouldNotDo() {
    var ada = create("ada");
    pbx.spoil(PbxCall.ChangeRole.class, InMemoryPbx.Fault.UNAVAILABLE);

    var pending =
        patch(ada, "{'op':'add','value':{'displayName':'Ada','roles':[{'value':'QueueManager'}]}}");

    assertThat(state(pending)).isEqualTo("pending");
    Awaitility.await().until(() -> openPlans() == 0);
    assertThat(pbx.named("ada").orElseThrow().get(PbxField.ROLE)).contains("QueueManager");
  }

  @Test
  void keepsAUserWhoseBindingIsRefusedAndSaysSo() {
    pbx.spoil(PbxCall.BindMicrosoft365.class, InMemoryPbx.Fault.REJECTED);

    var ada =
        provisioner.create(
            EntryType.USER,
            IDP,
            json(
                "{'userName':'ada','"
                    + ResourceTypes.PBX_USER
                    + "':{'ms365':{'id':'a@b.example'}}}"));

    assertThat(state(ada)).isEqualTo("blocked");
    assertThat(ada.resource().path(ResourceTypes.PBX_USER).path("ms365").path("bound").asBoolean())
        .isFalse();
    assertThat(pbx.all()).hasSize(1);
  }

  @Test
  void deletesAUserAndItsMembershipsFirst() {
    var ada = create("ada");
    var group = group("Sales", ada.id());
    pbx.calls();

    provisioner.delete(EntryType.USER, IDP, ada.id(), ANY);

    assertThat(pbx.calls()).containsExactly("RemoveMember", "DeleteUser");
    assertThat(pbx.groupMembers().get("Sales")).isEmpty();
    assertThat(read(group).version()).isGreaterThan(group.version());
    assertThatThrownBy(() -> provisioner.delete(EntryType.USER, IDP, ada.id(), ANY))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
    assertThat(openPlans()).isZero();
  }

  @Test
  void finishesADeleteThatThePbxDidNotAnswer() {
    var ada = create("ada");
    pbx.spoil(PbxCall.DeleteUser.class, InMemoryPbx.Fault.LOST_BEFORE);

    assertThatThrownBy(() -> provisioner.delete(EntryType.USER, IDP, ada.id(), ANY))
        .isInstanceOf(TryLater.class);
    assertThat(read(ada).resource().path("active").asBoolean()).isFalse();

    Awaitility.await().until(() -> pbx.all().isEmpty() && openPlans() == 0);
  }

  @Test
  void createsAGroupWithOneCallAndOneForEachMember() {
    var ada = create("ada");
    var bob = create("bob");
    pbx.calls();

    group("Sales", ada.id(), bob.id());

    assertThat(pbx.calls()).containsExactlyInAnyOrder("CreateGroup", "AddMember", "AddMember");
    assertThat(pbx.groupMembers().get("Sales")).containsExactly("1000", "1001");
  }

  @Test
  void losesNoneOfManyParallelMemberAdds() throws Exception {
    var group = group("Sales");
    var users = IntStream.range(0, 40).mapToObj(i -> create("u" + i)).toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var adds =
          users.stream()
              .<Callable<Entry>>map(
                  user ->
                      () ->
                          patch(
                              group,
                              "{'op':'add','path':'members','value':[{'value':'"
                                  + user.id()
                                  + "'}]}"))
              .toList();
      for (var answer : threads.invokeAll(adds)) {
        answer.get();
      }
    }

    assertThat(members(group)).isEqualTo(new TreeSet<>(users.stream().map(Entry::id).toList()));
    assertThat(pbx.groupMembers().get("Sales")).hasSize(40);
  }

  @Test
  void takesAMemberOutEvenIfTheAnswerIsLost() {
    var ada = create("ada");
    var group = group("Sales", ada.id());
    pbx.spoil(PbxCall.RemoveMember.class, InMemoryPbx.Fault.LOST_BEFORE);

    assertThatThrownBy(
            () ->
                patch(
                    group,
                    "{'op':'remove','path':'members[value eq \\'"
                        + ada.id()
                        + "\\']'}".replace("\\'", "\\\"")))
        .isInstanceOf(TryLater.class);

    assertThat(members(group)).isEmpty();
    Awaitility.await().until(() -> pbx.groupMembers().get("Sales").isEmpty() && openPlans() == 0);
  }

  @Test
  void keepsTheKindAGroupWasMadeWith() {
    var group = group("Sales");

    assertThatThrownBy(
            () ->
                patch(
                    group,
                    "{'op':'add','path':'" + ResourceTypes.PBX_GROUP + ":kind','value':'bridge'}"))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.MUTABILITY));
    assertThat(pbx.groupMembers()).containsKey("Sales");
  }

  @Test
  void repeatsARefusalInsteadOfClaimingALeaverIsOut() {
    var ada = create("ada");
    var leave = "{'op':'replace','path':'active','value':false}";

    for (int i = 0; i < 3; i++) {
      pbx.spoil(PbxCall.UpdateUser.class, InMemoryPbx.Fault.REJECTED);
      assertThatThrownBy(() -> patch(ada, leave)).isInstanceOf(Refusal.class);
    }
    assertThat(pbx.named("ada").orElseThrow().enabled()).isTrue();

    assertThat(state(patch(ada, leave))).isEqualTo("synced");
    assertThat(pbx.named("ada").orElseThrow().enabled()).isFalse();
  }

  @Test
  void letsAParkedMemberJoinWhenItArrives() {
    var group = group("Sales", "ext-7");
    assertThat(members(group)).isEmpty();

    var ada =
        provisioner.create(EntryType.USER, IDP, json("{'userName':'ada','externalId':'ext-7'}"));

    assertThat(members(group)).containsExactly(ada.id());
    assertThat(pbx.groupMembers().get("Sales")).containsExactly("1000");
  }

  @Test
  void makesAVanishedUserAgainWithItsMemberships() {
    var ada = create("ada");
    group("Sales", ada.id());
    pbx.lose("ada");
    pbx.calls();

    patch(ada, "{'op':'replace','path':'displayName','value':'Ada'}");

    assertThat(pbx.calls()).containsExactly("UpdateUser", "CreateUser", "AddMember");
    assertThat(pbx.named("ada").orElseThrow().get(PbxField.EXTENSION)).contains("1000");
  }

  @Test
  void leavesAVanishedLeaverGone() {
    var ada = create("ada");
    pbx.lose("ada");

    var gone = patch(ada, "{'op':'replace','path':'active','value':false}");

    assertThat(state(gone)).isEqualTo("orphaned");
    assertThat(pbx.all()).isEmpty();
    assertThat(openPlans()).isZero();
  }

  @Test
  void refusesAStaleVersion() {
    var ada = create("ada");
    var match = IfMatch.of(Optional.of(ada.etag()));
    patch(ada, "{'op':'add','path':'title','value':'A'}");

    assertThatThrownBy(
            () ->
                provisioner.patch(
                    EntryType.USER,
                    IDP,
                    ada.id(),
                    match,
                    json("{'Operations':[{'op':'add','path':'title','value':'B'}]}")))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.PRECONDITION_FAILED));
  }

  @Test
  void acceptsAndFinishesLaterWhereThePolicyQueues() {
    create("zoe"); // the password policy is known from here on
    provisioner.close();
    provisioner = open("policy: { on-unavailable: queue }");
    pbx.down(true);

    var ada = create("ada");

    assertThat(state(ada)).isEqualTo("pending");
    pbx.down(false);
    Awaitility.await().until(() -> openPlans() == 0);
    assertThat(pbx.named("ada")).isPresent();
    assertThat(state(read(ada))).isEqualTo("synced");
  }

  private Entry create(String userName) {
    return provisioner.create(EntryType.USER, IDP, json("{'userName':'" + userName + "'}"));
  }

  private Entry group(String name, String... members) {
    var values = List.of(members).stream().map(id -> "{'value':'" + id + "'}").toList();
    return provisioner.create(
        EntryType.GROUP, IDP, json("{'displayName':'" + name + "','members':" + values + "}"));
  }

  private Entry patch(Entry entry, String operation) {
    return provisioner.patch(
        entry.type(), IDP, entry.id(), ANY, json("{'Operations':[" + operation + "]}"));
  }

  private Entry read(Entry entry) {
    return database.read(handle -> EntryStore.find(handle, entry.id())).orElseThrow();
  }

  private boolean visible(String userName) {
    return database.read(
            handle ->
                handle
                    .createQuery("select count(*) from entry where visible = 1 and user_name = ?")
                    .bind(0, userName)
                    .mapTo(Integer.class)
                    .one())
        > 0;
  }

  private Set<String> members(Entry group) {
    var members = new TreeSet<String>();
    database.run(handle -> Memberships.stream(handle, group.id(), it -> members.add(it.id())));
    return members;
  }

  private long openPlans() {
    return database.read(handle -> Journal.open(handle, "office"));
  }

  private static String state(Entry entry) {
    var urn =
        switch (entry.type()) {
          case USER -> ResourceTypes.PBX_USER;
          case GROUP -> ResourceTypes.PBX_GROUP;
          case ROLE -> ResourceTypes.PBX_ROLE;
        };
    return entry.resource().path(urn).path("provisioning").path("state").asText();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
