package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a tenant's users on a second phone system. */
@OnEachStore
class TargetsTest extends PhonesAndDesk {
  TargetsTest(TestStore store) {
    super(store);
  }

  @Test
  void aUserIsSyncedWhenBothPhoneSystemsHaveIt() {
    Answer ada = scim.createUser("ada", AGENT).is(201);

    assertThat(state(ada)).isEqualTo("synced");
    assertThat(ada.at(DESK + "/state")).isEqualTo("synced");
    assertThat(on(desk).extension("ada")).isEqualTo(on(phones).extension("ada"));
    Answer renamed =
        change(ada.id(), "{'op':'replace','path':'displayName','value':'Countess'}").is(200);
    assertThat(state(renamed)).isEqualTo("synced");
    assertThat(on(desk).user("ada").path("display_name").asText()).isEqualTo("Countess");
    assertThat(change(ada.id(), LEAVES).is(200).at("/active")).isEqualTo("false");
    assertThat(on(desk).user("ada").path("enabled").asBoolean()).isFalse();
    scim.delete("/Users/" + ada.id()).is(204);
    assertThat(on(desk).users()).isEmpty();
    assertThat(on(phones).users()).isEmpty();
  }

  @Test
  void whoComesUnderTheFilterComesAndWhoLeavesItGoes() {
    String id = scim.createUser("ada").is(201).id();
    assertThat(state(shown(id))).isEqualTo("synced");
    assertThat(on(desk).users()).isEmpty();

    change(id, "{'op':'replace','path':'userType','value':'agent'}").is(200);
    assertThat(on(desk).users("ada")).hasSize(1);
    Answer left = change(id, "{'op':'remove','path':'userType'}").is(200);

    assertThat(state(left)).isEqualTo("synced");
    assertThat(on(desk).users()).isEmpty();
    assertThat(on(phones).users("ada")).hasSize(1);
  }

  @Test
  void aTargetThatIsDownFollowsLater() {
    fails(new Fault.Reset());
    Answer ada = scim.createUser("ada", AGENT).is(201);

    assertThat(state(ada)).isEqualTo("pending");
    assertThat(ada.at("/" + RunningBridge.PBX_URN + "/provisioning/lastError")).startsWith("desk:");
    assertThat(ada.at(DESK + "/value")).isEqualTo("desk");
    assertThat(ada.at(DESK + "/state")).isEqualTo("pending");
    assertThat(on(phones).users("ada")).hasSize(1);
    assertThat(state(shown(ada.id()))).isEqualTo("pending");
    desk.faults().replace();
    awaitSynced(ada.id());
    assertThat(on(desk).users("ada")).hasSize(1);
  }

  @Test
  void aLeaverIsPutOutOfATargetThatWasDown() throws IOException {
    String id = scim.createUser("ada", AGENT).is(201).id();
    fails(new Fault.Reset());

    assertThat(state(change(id, LEAVES).is(200))).isEqualTo("pending");
    assertThat(on(phones).user("ada").path("enabled").asBoolean()).isFalse();
    reopen(targets());
    desk.faults().replace();

    awaitSynced(id);
    assertThat(on(desk).user("ada").path("enabled").asBoolean()).isFalse();
  }

  @Test
  void whoLeavesInARequestThatIsRefusedIsOutOfBoth() {
    String id = scim.createUser("ada", AGENT).is(201).id();
    String lines =
        "'urn:ietf:params:scim:schemas:extension:xelion:2.0:User':{'lines':[{'value':'1'}]}";

    change(id, LEAVES + ",{'op':'add','value':{%s}}".formatted(lines)).isError(501);

    assertThat(on(phones).user("ada").path("enabled").asBoolean()).isFalse();
    await().atMost(PATIENCE).until(() -> !on(desk).user("ada").path("enabled").asBoolean());
  }

  @Test
  void whoIsDeletedIsDeletedFromATargetThatWasDown() throws IOException {
    String id = scim.createUser("ada", AGENT).is(201).id();
    fails(new Fault.Reset());

    scim.delete("/Users/" + id).isRetry(503);
    assertThat(on(phones).users()).isEmpty();
    reopen(targets());
    desk.faults().replace();

    await().atMost(PATIENCE).until(() -> on(desk).users().isEmpty());
    scim.get("/Users/" + id).is(404);
  }

  @Test
  void aPasswordReachesATargetThatWasDown() throws IOException {
    String id = scim.createUser("ada", AGENT).is(201).id();
    fails(new Fault.Reset());

    var password = "{'op':'replace','path':'password','value':'%s'}".formatted(PASSWORD);
    assertThat(state(change(id, password).is(200))).isEqualTo("pending");
    assertThat(on(phones).signsIn("ada", PASSWORD)).isTrue();
    reopen(targets());
    desk.faults().replace();

    awaitSynced(id);
    assertThat(on(desk).signsIn("ada", PASSWORD)).isTrue();
  }

  @Test
  void whatATargetRefusesIsShownAndTheRestIsDone() {
    desk.faults().replace(FaultRule.on("POST", "/api/users", new Fault.Status(400)));

    Answer ada = scim.createUser("ada", AGENT).is(201);
    assertThat(state(ada)).isEqualTo("blocked");
    assertThat(ada.at("/" + RunningBridge.PBX_URN + "/provisioning/lastError")).startsWith("desk:");
    assertThat(on(phones).users("ada")).hasSize(1);
    desk.faults().replace();
    Answer next = change(ada.id(), "{'op':'replace','path':'displayName','value':'Countess'}");

    assertThat(state(next.is(200))).isEqualTo("synced");
    assertThat(on(desk).users("ada")).hasSize(1);
  }

  /** As killed between the tenant's commit and anything in the target. */
  @Test
  void whateverChangedBeforeATargetHeardOfItIsFollowed() throws IOException {
    String leaver = scim.createUser("lea", AGENT).is(201).id();
    String gone = scim.createUser("guy", AGENT).is(201).id();
    reopen("");
    String ada = scim.createUser("ada", AGENT).is(201).id();
    change(leaver, LEAVES).is(200);
    scim.delete("/Users/" + gone).is(204);
    reopen(targets());

    awaitSynced(ada);
    awaitSynced(leaver);
    await().atMost(PATIENCE).until(() -> on(desk).users("guy").isEmpty());
    assertThat(on(desk).users("ada")).hasSize(1);
    assertThat(on(desk).user("lea").path("enabled").asBoolean()).isFalse();
  }

  /** As killed between the target's commit and the note of it. */
  @Test
  void whatATargetDidUnnoticedIsFoundAgain() throws IOException {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    String gone = scim.createUser("guy", AGENT).is(201).id();
    bridge.close();
    sql("UPDATE followed SET inner_id = NULL, version = 0, tried = 0, state = 'pending'");
    open("");
    scim.delete("/Users/" + gone).is(204);
    reopen(targets());

    awaitSynced(ada);
    await().atMost(PATIENCE).until(() -> on(desk).users("guy").isEmpty());
    assertThat(on(desk).users()).hasSize(1);
  }

  /** While nobody follows, what is shown must not be that all is well. */
  @Test
  void aNameThatMovesFromOneToAnotherEndsAtTheOther() {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    fails(new Fault.Reset());
    change(ada, "{'op':'replace','path':'userName','value':'countess'}").is(200);
    String other = scim.createUser("ada", AGENT).is(201).id();
    desk.faults().replace();

    awaitSynced(ada);
    awaitSynced(other);
    assertThat(on(desk).users()).hasSize(2);
  }

  /** As killed between the target's commit and the note of it, and renamed before the next look. */
  @Test
  void anAccountOfWhichNobodyHeardIsNotTakenForThatOfTheNextOfItsName() throws IOException {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    String number = on(desk).extension("ada");
    bridge.close();
    sql("UPDATE followed SET inner_id = NULL, version = 0, state = 'blocked'");
    sql("CREATE TABLE chosen AS SELECT * FROM follow_filter");
    open("");
    change(ada, "{'op':'replace','path':'userName','value':'countess'}").is(200);
    bridge.close();
    sql(
        "UPDATE followed SET due_at = 9000000000000, tried ="
            + " (SELECT version FROM entry WHERE id = entry_id)");
    // The next one is looked at first, also by who compares filters.
    sql("INSERT INTO follow_filter SELECT * FROM chosen");
    open(targets());

    Answer next = scim.createUser("ada", AGENT).is(201);

    assertThat(next.at(DESK + "/lastError")).startsWith("somebody else of that name");
    sql("UPDATE followed SET due_at = 0 WHERE entry_id = '" + ada + "'");
    awaitSynced(ada);
    awaitSynced(next.id());
    assertThat(on(desk).extension("ada")).isEqualTo(number); // the account's name there stays
    assertThat(on(desk).users()).hasSize(2);
  }

  @Test
  void aPasswordThatTookEffectInARefusedRequestReachesTheTarget() {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    phones.faults().replace(FaultRule.on("POST", "/api/users/[^/]+", new Fault.Status(400)));

    String password = "{'op':'replace','path':'password','value':'%s'}".formatted(PASSWORD);
    change(ada, password + ",{'op':'replace','path':'displayName','value':'Countess'}").is(400);

    assertThat(on(phones).signsIn("ada", PASSWORD)).isTrue();
    phones.faults().replace();
    await().atMost(PATIENCE).until(() -> on(desk).signsIn("ada", PASSWORD));
  }

  @Test
  void eachTargetIsAPhoneSystemOfItsOwnToOperators() {
    var items =
        Http.of(bridge.scimUrl("office").resolve("/api/v1"), OPERATOR.reveal())
            .send("GET", "/pbx", Optional.empty())
            .is(200)
            .json()
            .path("items");

    assertThat(items)
        .extracting(it -> it.path("tenant").asText())
        .contains("office", "office.desk");
    new ScimClient(Http.of(bridge.scimUrl("office.desk"), TOKEN.reveal())).get("/Users").is(404);
  }

  @Test
  void whatATargetRefusesIsOpenWorkThatAnOperatorUnblocks() {
    desk.faults().replace(FaultRule.on("POST", "/api/users", new Fault.Status(400)));
    Answer ada = scim.createUser("ada", AGENT).is(201);
    var open = operators("GET", "/work?tenant=office.desk").is(200).json().path("items");
    assertThat(open).hasSize(1);
    assertThat(open.get(0).path("id").asText()).isEqualTo(ada.id());
    assertThat(open.get(0).path("state").asText()).isEqualTo("blocked");
    assertThat(blockedAtTheDesk()).isEqualTo(1);
    desk.faults().replace();

    operators("POST", "/work/" + ada.id() + "/unblock").is(204);

    awaitSynced(ada.id());
    assertThat(on(desk).users("ada")).hasSize(1);
    assertThat(blockedAtTheDesk()).isZero();
  }

  private long blockedAtTheDesk() {
    for (var item : operators("GET", "/pbx").is(200).json().path("items")) {
      if (item.path("tenant").asText().equals("office.desk")) {
        return item.path("blocked").asLong();
      }
    }
    throw new AssertionError("no such phone system");
  }

  @Test
  void theTargetsOwnWorkIsTakenBackAtTheTenantAlone() {
    String id = scim.createUser("ada", AGENT).is(201).id();
    fails(new Fault.Reset());
    change(id, LEAVES).is(200);
    var open = operators("GET", "/work?tenant=office.desk").is(200).json().path("items");

    operators("POST", "/work/" + open.get(0).path("id").asText() + "/cancel").is(409);
  }

  @Test
  void anotherFilterChoosesAnew() throws IOException {
    String id = scim.createUser("ada", AGENT).is(201).id();
    String boss = scim.createUser("bob", "'userType':'boss'").is(201).id();
    assertThat(on(desk).users()).hasSize(1);

    reopen(targets().replace("agent", "boss"));

    await().atMost(PATIENCE).until(() -> on(desk).users("ada").isEmpty());
    await().atMost(PATIENCE).until(() -> on(desk).users("bob").size() == 1);
    awaitSynced(id);
    awaitSynced(boss);
  }

  @Test
  void aLeaverWhoseWishTheTargetRefusesIsPutOutThereAllTheSame() throws IOException {
    reopen(targets().replace("{ email", "{ unknown-role: reject, email"));
    String id = scim.createUser("ada", AGENT).is(201).id();

    var roles = "{'op':'add','path':'roles','value':[{'value':'Nobody knows it'}]}";
    Answer left = change(id, roles + "," + LEAVES).is(200);

    assertThat(state(left)).isEqualTo("blocked");
    assertThat(on(desk).user("ada").path("enabled").asBoolean()).isFalse();
  }
}
