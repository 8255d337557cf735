package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups of a tenant with two phone systems, of which the second has the agents alone. */
@OnEachStore
@Timeout(60)
class GroupTargetsTest {
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String GROUP = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group";
  private static final String PBX =
      "{ dialect: portsip, base-url: '%s', token: env:PBX, quiet-time: 50ms, call-limit: 10s,"
          + " requests-per-minute: 0, resilience: { window: 1000, attempts: 1 } }";
  private static final String MAPPING =
      "{ email-fallback: '{pbxUserName}@example.invalid',"
          + " extensions: { pools: { default: { ranges: ['1000-1999'] } } } }";

  private final TestStore store;
  @TempDir private Path folder;
  private PortSipEmulator phones;
  private PortSipEmulator desk;
  private OpenBridge bridge;
  private ScimClient scim;
  private String ada;
  private String bob;
  private String cid;

  GroupTargetsTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void start() throws IOException {
    phones = emulator();
    desk = emulator();
    open();
    ada = scim.createUser("ada", "'userType':'agent'").is(201).id();
    bob = scim.createUser("bob").is(201).id();
    cid = scim.createUser("cid", "'userType':'agent'").is(201).id();
  }

  private static PortSipEmulator emulator() throws IOException {
    return PortSipEmulator.start(
        PortSipEmulatorOptions.defaults()
            .withToken("Orange-4-Teapot")
            .withPasswordPolicy(PasswordPolicy.simple()));
  }

  private void open() throws IOException {
    var yaml =
        """
        listen: { port: 0 }
        store: %s
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: %s
            mapping: %s
            targets: { desk: { pbx: %s, mapping: %s, filter: 'userType eq "agent"' } }
        """
            .formatted(
                store.yaml(folder).replace(" }", ", secret-key: env:KEY }"),
                TokenHash.of(TOKEN).text(),
                PBX.formatted(phones.uri()),
                MAPPING,
                PBX.formatted(desk.uri()),
                MAPPING);
    var key = "0123456789abcdef0123456789abcdef";
    bridge = OpenBridge.with(folder, yaml, Map.of("PBX", "Orange-4-Teapot", "KEY", key));
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    phones.close();
    desk.close();
  }

  private static String member(String id) {
    return "{'value':'" + id + "'}";
  }

  private String group(String... members) {
    var all = String.join(",", Stream.of(members).map(GroupTargetsTest::member).toList());
    return scim.post("/Groups", "{'displayName':'Sales','members':[" + all + "]}").is(201).id();
  }

  /** 200 where a target is behind, and the answer says so. */
  private void change(String group, String operation) {
    assertThat(scim.patch("/Groups/" + group, operation).status()).isIn(200, 204);
  }

  private static String add(String... ids) {
    var all = String.join(",", Stream.of(ids).map(GroupTargetsTest::member).toList());
    return "{'op':'add','path':'members','value':[" + all + "]}";
  }

  private static String remove(String id) {
    return "{'op':'remove','path':'members[value eq \\'%s\\']'}".formatted(id);
  }

  private static Set<String> members(PortSipEmulator pbx) {
    var view = PbxView.of(pbx);
    var groups = view.groups("Sales");
    return groups.isEmpty() ? Set.of() : view.members(groups.getFirst());
  }

  @Test
  void aGroupHasOnATargetThosePeopleWhoAreThere() {
    String sales = group(ada, bob);
    assertThat(members(phones)).containsExactly("1000", "1001");
    assertThat(members(desk)).containsExactly("1000");

    change(sales, add(cid));
    assertThat(members(desk)).containsExactly("1000", "1002");
    change(sales, remove(ada));
    assertThat(members(desk)).containsExactly("1002");
    change(sales, "{'op':'replace','path':'displayName','value':'Sellers'}");
    assertThat(PbxView.of(desk).groups("Sellers")).hasSize(1);
    scim.delete("/Groups/" + sales).is(204);
    assertThat(PbxView.of(desk).groups()).isEmpty();
    assertThat(PbxView.of(desk).users()).hasSize(2);
  }

  @Test
  void aGroupOfNobodyThereIsNotMadeThereUntilSomebodyComes() {
    group(bob);
    assertThat(PbxView.of(desk).groups()).isEmpty();

    var agent = "{'op':'replace','path':'userType','value':'agent'}";
    scim.patch("/Users/" + bob, agent).is(200);

    await().atMost(PATIENCE).until(() -> members(desk).equals(Set.of("1001")));
  }

  @Test
  void whoLeavesATargetLeavesItsGroupsThere() {
    group(ada, cid);

    scim.patch("/Users/" + ada, "{'op':'remove','path':'userType'}").is(200);
    scim.delete("/Users/" + cid).is(204);

    await().atMost(PATIENCE).until(() -> members(desk).isEmpty());
    assertThat(members(phones)).containsExactly("1000");
  }

  @Test
  void aTargetThatWasDownFollowsAfterARestart() throws IOException {
    String sales = group(ada, bob);
    desk.faults()
        .replace(
            new FaultRule(
                Optional.empty(), Optional.empty(), new Fault.Reset(), OptionalInt.empty()));
    change(sales, add(cid));
    change(sales, remove(ada));
    assertThat(members(phones)).containsExactly("1001", "1002");
    bridge.close();
    open();
    desk.faults().replace();

    await().atMost(PATIENCE).until(() -> members(desk).equals(Set.of("1002")));
  }

  @Test
  void aNameThatATargetRefusesKeepsNobodyOutOfItsGroup() {
    String sales = group(ada);
    desk.faults().replace(FaultRule.on("POST", "/api/groups/[^/]+", new Fault.Status(400)));

    String rename = "{'op':'replace','path':'displayName','value':'Sellers'}";
    change(sales, rename + "," + add(cid));

    assertThat(members(desk)).containsExactly("1000", "1002");
  }

  @Test
  void groupsInGroupsAreOnATargetWithAllOfTheirPeople() {
    String inner = scim.post("/Groups", "{'displayName':'Inner'}").is(201).id();
    String sales = group(ada);
    change(sales, add(inner));
    change(inner, add(cid));

    await().atMost(PATIENCE).until(() -> members(desk).equals(Set.of("1000", "1002")));
    change(inner, remove(cid));
    await().atMost(PATIENCE).until(() -> members(desk).equals(Set.of("1000")));
  }

  @Test
  void aGroupIsSyncedWhenATargetHasItsPeopleToo() {
    String sales = group(ada);
    assertThat(provisioning(sales)).isEqualTo("synced");
    desk.faults()
        .replace(
            new FaultRule(
                Optional.empty(), Optional.empty(), new Fault.Reset(), OptionalInt.empty()));

    change(sales, add(cid));

    assertThat(members(phones)).containsExactly("1000", "1002");
    assertThat(provisioning(sales)).isEqualTo("pending");
    var shown = scim.get("/Groups/" + sales).is(200);
    assertThat(shown.at("/" + GROUP + "/provisioning/lastError")).startsWith("desk:");
    assertThat(shown.at("/" + GROUP + "/targets/0/state")).isEqualTo("pending");
    assertThat(shown.at("/" + GROUP + "/ownProvisioning/state")).isEqualTo("synced");
    desk.faults().replace();
    await().atMost(PATIENCE).until(() -> provisioning(sales).equals("synced"));
    assertThat(members(desk)).containsExactly("1000", "1002");
  }

  private String provisioning(String group) {
    return scim.get("/Groups/" + group).is(200).at("/" + GROUP + "/provisioning/state");
  }
}
