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
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that change on either side. */
@OnEachStore
class RolesTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final IfMatch ANY = new IfMatch.Any();

  private final TestStore store;
  private final MovableClock clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
  @TempDir private Path directory;
  private Database database;
  private InMemoryPbx pbx;
  private Provisioner provisioner;

  RolesTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    database = store.open(directory);
    pbx = new InMemoryPbx(clock, QUIET);
    provisioner =
        Provisioner.paused(
            "office",
            database,
            pbx,
            TestMapping.from(Section.of(MAPPING)),
            ProvisioningPolicy.from(Section.of("busy-wait: 0s")),
            clock);
    provisioner.refreshRoles();
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
  }

  @Test
  void aRoleKeepsItsIdAndFollowsThePbx() {
    var before = role("Custom");
    provisioner.refreshRoles();
    assertThat(role("Custom").version()).isEqualTo(before.version());

    pbx.role("r-Custom", "Custom", "calls.abroad");
    provisioner.refreshRoles();

    var after = role("Custom");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.resource().path(ResourceTypes.PBX_ROLE).path("permissions").toString())
        .isEqualTo("[{\"value\":\"calls.abroad\"}]");
  }

  @Test
  void aRoleMadeOnThePbxComesAndOneDeletedThereGoes() {
    pbx.role("r9", "Night shift");
    pbx.loseRole("r-Custom");

    provisioner.refreshRoles();

    assertThat(find("Night shift")).isPresent();
    assertThat(find("Custom")).isEmpty();
  }

  @Test
  void theLastRolesStayWhileThePbxIsDown() {
    pbx.down(true);

    assertThatThrownBy(() -> provisioner.refreshRoles()).isInstanceOf(Unavailable.class);

    assertThat(find("Custom")).isPresent();
  }

  @Test
  void aRoleIsGivenByItsScimIdOrItsPbxId() {
    create("ada", role("Custom").id());
    create("grace", "r-QueueManager");

    assertThat(onPbx("ada")).contains("Custom");
    assertThat(onPbx("grace")).contains("QueueManager");
  }

  @Test
  void theLossOfARoleNamedByItsIdIsKeptLikeAnyOther() {
    var ada = create("ada", role("QueueManager").id());
    pbx.down(true);

    assertThatThrownBy(() -> patch(EntryType.USER, ada, "{'op':'remove','path':'roles'}"))
        .isInstanceOf(TryLater.class);
    pbx.down(false);
    clock.advance(Duration.ofMinutes(2));
    provisioner.recover();

    assertThat(onPbx("ada")).contains("StandardUser");
  }

  @Test
  void whoHadADeletedRoleIsShownAndGetsTheDefaultOneWithTheNextChange() {
    var ada = create("ada", "Custom");
    pbx.loseRole("r-Custom");

    provisioner.refreshRoles();

    var shown = read(ada).resource().path(ResourceTypes.PBX_USER).path("provisioning");
    assertThat(shown.path("state").asText()).isEqualTo("blocked");
    assertThat(shown.path("lastError").asText()).contains("'Custom'");

    patch(EntryType.USER, ada, "{'op':'add','path':'displayName','value':'Ada'}");

    assertThat(onPbx("ada")).contains("StandardUser");
  }

  @Test
  void whoHasARenamedRoleByItsIdKeepsItWithoutACall() {
    var custom = role("Custom");
    var ada = create("ada", custom.id());
    pbx.role("r-Custom", "Bespoke");
    pbx.calls();

    provisioner.refreshRoles();
    patch(EntryType.USER, ada, "{'op':'add','path':'title','value':'Countess'}");

    assertThat(role("Bespoke").id()).isEqualTo(custom.id());
    assertThat(pbx.calls()).isEmpty();
    assertThat(onPbx("ada")).contains("Bespoke");
  }

  @Test
  void whoHasARenamedRoleByItsNameIsShown() {
    var ada = create("ada", "Custom");
    pbx.role("r-Custom", "Bespoke");

    provisioner.refreshRoles();

    var shown = read(ada).resource().path(ResourceTypes.PBX_USER).path("provisioning");
    assertThat(shown.path("state").asText()).isEqualTo("blocked");
    assertThat(shown.path("lastError").asText()).contains("'Custom'").contains("'Bespoke'");
  }

  @Test
  void anUnansweredCreateIsTakenBackUnlessItIsRepeated() {
    pbx.spoil(PbxCall.CreateRole.class, Fault.LOST_AFTER);

    assertThatThrownBy(() -> desk()).isInstanceOf(TryLater.class);
    assertThat(pbx.roles()).hasSize(4);
    assertThat(find("Desk")).isEmpty();
    clock.advance(QUIET.multipliedBy(2));
    provisioner.recover();
    assertThat(pbx.roles()).hasSize(3);

    pbx.spoil(PbxCall.CreateRole.class, Fault.LOST_AFTER);
    assertThatThrownBy(() -> desk()).isInstanceOf(TryLater.class);
    clock.advance(QUIET.multipliedBy(2));
    desk();
    assertThat(pbx.roles()).hasSize(4);
    assertThat(openWork()).isZero();
  }

  @Test
  void anUnansweredChangeIsTakenBack() {
    var desk = desk();
    pbx.spoil(PbxCall.UpdateRole.class, Fault.LOST_AFTER);

    assertThatThrownBy(() -> describe(desk)).isInstanceOf(TryLater.class);
    clock.advance(QUIET.multipliedBy(2));
    provisioner.recover();

    assertThat(pbx.role(desk.applied().ref().orElseThrow()).orElseThrow().value().description())
        .isEmpty();
    assertThat(openWork()).isZero();
  }

  @Test
  void aRefreshLeavesAloneWhatAWriteIsAt() {
    var desk = desk();
    pbx.spoil(PbxCall.UpdateRole.class, Fault.LOST_AFTER);
    assertThatThrownBy(() -> describe(desk)).isInstanceOf(TryLater.class);

    provisioner.refreshRoles();

    assertThat(role("Desk").version()).isEqualTo(desk.version());
    assertThat(openWork()).isOne();
  }

  @Test
  void aRoleThatThePbxKeepsStays() {
    var desk = desk();
    pbx.spoil(PbxCall.DeleteRole.class, Fault.REJECTED);

    assertThatThrownBy(() -> provisioner.delete(EntryType.ROLE, IDP, desk.id(), ANY))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.CONFLICT));
    assertThat(openWork()).isZero();
    assertThat(describe(role("Desk")).resource().path("description").asText())
        .isEqualTo("Who answers first");

    provisioner.delete(EntryType.ROLE, IDP, desk.id(), ANY);
    assertThat(find("Desk")).isEmpty();
    assertThat(pbx.roles()).hasSize(3);
  }

  @Test
  void theDeletionOfARoleInUseIsNotKeptWhileAnotherWriteIsAtIt() {
    var desk = desk();
    create("ada", "Desk");
    pbx.during(
        PbxCall.UpdateRole.class,
        () ->
            Office.elsewhere(
                () ->
                    assertThatThrownBy(
                            () -> provisioner.delete(EntryType.ROLE, IDP, desk.id(), ANY))
                        .isInstanceOf(Refusal.class)));

    describe(desk);
    clock.advance(QUIET.multipliedBy(2));
    provisioner.recover();

    assertThat(find("Desk")).isPresent();
    assertThat(onPbx("ada")).contains("Desk");
  }

  private Entry desk() {
    return provisioner.create(
        EntryType.ROLE,
        IDP,
        json(
            "{'displayName':'Desk','%s':{'permissions':[{'value':'calls.internal'}]}}"
                .formatted(ResourceTypes.PBX_ROLE)));
  }

  private Entry describe(Entry role) {
    return patch(
        EntryType.ROLE, role, "{'op':'add','path':'description','value':'Who answers first'}");
  }

  private Entry create(String userName, String role) {
    return provisioner.create(
        EntryType.USER,
        IDP,
        json("{'userName':'" + userName + "','roles':[{'value':'" + role + "'}]}"));
  }

  private Entry patch(EntryType type, Entry entry, String operation) {
    return provisioner.patch(
        type,
        IDP,
        entry.id(),
        ANY,
        json(
            "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
                + operation
                + "]}"));
  }

  private Optional<String> onPbx(String userName) {
    return pbx.named(userName).orElseThrow().get(PbxField.ROLE);
  }

  private Entry read(Entry entry) {
    return database.read(handle -> EntryStore.find(handle, entry.id())).orElseThrow();
  }

  private Entry role(String name) {
    return find(name).orElseThrow();
  }

  private Optional<Entry> find(String name) {
    return database.read(handle -> EntryStore.all(handle, "office", EntryType.ROLE)).stream()
        .filter(role -> role.life().visible())
        .filter(role -> role.resource().path("displayName").asText().equals(name))
        .findFirst();
  }

  private long openWork() {
    return database.read(handle -> Journal.open(handle, "office"));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
