package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/**
 * Whoever was on the PBX before the bridge is taken by the create of that person, once confirmed.
 */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class ImportTest {
  private static final String BOB =
      "'displayName':'Bob Cook','emails':[{'value':'Bob@corp.example','primary':true}]";

  @Parameter TestStore store;
  private RunningBridge bridge;

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    bridge = RunningBridge.impatient(store, directory);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  @AfterEach
  void empty() {
    bridge.emulator().faults().replace();
    bridge.settled();
    bridge.empty();
    bridge.pbx().empty();
    var left = new StringBuilder();
    bridge
        .texts("SELECT ref || ' ' || type FROM adoption WHERE entry_id IS NULL")
        .forEach(
            row -> {
              int blank = row.indexOf(' ');
              var type = row.substring(blank + 1).toLowerCase(Locale.ROOT);
              left.append(left.isEmpty() ? "" : ",")
                  .append(
                      "{'pbxId':'%s','type':'%s','confirm':false}"
                          .formatted(row.substring(0, blank), type));
            });
    confirmItems(left.toString());
  }

  /** A user that was there before, with its number. */
  private String stranger(String name, String extension) {
    bridge.pbx().stranger(name, extension);
    return bridge.pbx().user(name).path("id").asText();
  }

  private List<JsonNode> candidates() {
    var items = bridge.operator().send("GET", "/import/office", Optional.empty()).is(200);
    return StreamSupport.stream(items.json().path("items").spliterator(), false).toList();
  }

  private JsonNode confirmItems(String items) {
    var body = Optional.of("{'items':[%s]}".formatted(items).replace('\'', '"'));
    return bridge.operator().send("POST", "/import/office", body).is(200).json().path("items");
  }

  private JsonNode confirm(String pbxId, String more) {
    return confirmItems("{'pbxId':'%s'%s}".formatted(pbxId, more)).path(0);
  }

  @Test
  void whatIsThereAlreadyIsListed() {
    stranger("bob", "1500");
    bridge.pbx().synced("carol", "1501");
    bridge.pbx().post("/api/groups", "{'name':'Reception'}");
    bridge.scim().createUser("ada").is(201);

    assertThat(candidates())
        .extracting(
            it ->
                "%s %s %s %s"
                    .formatted(
                        it.path("type").asText(),
                        it.path("name").asText(),
                        it.path("extension").asText(),
                        it.path("state").asText()))
        .containsExactlyInAnyOrder(
            "user bob 1500 free", "user carol 1501 managed", "group Reception  free");
  }

  @Test
  void aConfirmedUserIsTakenAndBroughtToWhatIsAskedFor() {
    var pbxId = stranger("bob", "1500");
    assertThat(confirm(pbxId, "").path("outcome").asText()).isEqualTo("confirmed");
    assertThat(candidates()).extracting(it -> it.path("state").asText()).containsOnly("confirmed");

    var calls =
        bridge.callsDuring(
            () -> {
              var bob = bridge.scim().createUser("bob@corp.example", BOB).is(201);
              assertThat(bob.at("/" + RunningBridge.PBX_URN + "/pbxUserName")).isEqualTo("bob");
              assertThat(bob.at("/" + RunningBridge.PBX_URN + "/extensionNumber"))
                  .isEqualTo("1500");
              assertThat(bob.at(RunningBridge.STATE)).isEqualTo("synced");
            });

    assertThat(calls).filteredOn(call -> call.startsWith("POST")).hasSize(1);
    assertThat(bridge.pbx().users()).hasSize(1);
    assertThat(bridge.pbx().user("bob").path("id").asText()).isEqualTo(pbxId);
    assertThat(bridge.pbx().user("bob").path("display_name").asText()).isEqualTo("Bob Cook");
    assertThat(candidates()).isEmpty();
    bridge.assertBothSidesAgree();
  }

  @Test
  void aUserIsNeverTakenByItsNameAlone() {
    stranger("bob", "1500");
    var before = bridge.pbx().user("bob");

    var bob = bridge.scim().createUser("bob@corp.example", BOB).is(201);

    assertThat(bob.at("/" + RunningBridge.PBX_URN + "/pbxUserName")).isEqualTo("bob-2");
    assertThat(bridge.pbx().user("bob")).isEqualTo(before);
  }

  @Test
  void whoIsKnownByExternalIdIsNotTakenByAnEMail() {
    var pbxId = stranger("bob", "1500");
    confirm(pbxId, ",'externalId':'4711'");

    bridge.scim().createUser("bob@corp.example", BOB).is(201);
    bridge.scim().createUser("robert@corp.example", "'externalId':'4711'").is(201);

    assertThat(bridge.pbx().users()).hasSize(2);
    assertThat(bridge.pbx().user("bob").path("display_name").asText())
        .isEqualTo("robert@corp.example");
  }

  @Test
  void whoNamesAnotherNumberIsSomebodyElse() {
    confirm(stranger("bob", "1500"), ",'userName':'BOB@corp.example'");

    bridge
        .scim()
        .createUser(
            "bob@corp.example", "'%s':{'extensionNumber':'1600'}".formatted(RunningBridge.PBX_URN))
        .is(201);

    assertThat(bridge.pbx().users()).hasSize(2);
  }

  @Test
  void twoThatFitAreRefused() {
    confirm(stranger("bob", "1500"), ",'userName':'bob@corp.example'");
    confirm(stranger("bobby", "1501"), ",'externalId':'4711'");

    bridge.scim().createUser("bob@corp.example", "'externalId':'4711'").isError(409);

    assertThat(bridge.pbx().users()).hasSize(2);
  }

  @Test
  void whoBecameAnothersSinceIsRefused() {
    confirm(stranger("bob", "1500"), "");
    bridge.pbx().delete("bob");
    stranger("bob", "1500");

    bridge.scim().createUser("bob@corp.example", BOB).is(201);

    assertThat(bridge.pbx().users()).as("the new bob is not the confirmed one").hasSize(2);
  }

  @Test
  void whatCannotBeTakenIsRefusedWithAReason() {
    bridge.pbx().synced("carol", "1501");
    var carol = bridge.pbx().user("carol").path("id").asText();
    bridge.scim().createUser("ada").is(201);
    var ada = bridge.pbx().user("ada").path("id").asText();

    assertThat(confirm(carol, "").path("reason").asText()).contains("keeps this user itself");
    assertThat(confirm(ada, "").path("reason").asText()).contains("in the directory already");
    assertThat(confirm("nobody", "").path("reason").asText()).contains("not on the pbx");
    assertThat(confirm(ada, ",'type':'phone'").path("outcome").asText()).isEqualTo("refused");
  }

  @Test
  void aConfirmationThatWasTakenBackCountsNoMore() {
    var pbxId = stranger("bob", "1500");
    confirm(pbxId, "");

    assertThat(confirm(pbxId, ",'confirm':false").path("outcome").asText()).isEqualTo("withdrawn");

    bridge.scim().createUser("bob@corp.example", BOB).is(201);
    assertThat(bridge.pbx().users()).hasSize(2);
  }

  @Test
  void aCreateThatGotNoAnswerLeavesTheUserAndIsTakenUpByItsRepeat() {
    var pbxId = stranger("bob", "1500");
    confirm(pbxId, "");
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users/" + pbxId, new Fault.Reset()));

    bridge.scim().createUser("bob@corp.example", BOB).isRetry(503);
    bridge.emulator().faults().replace();
    bridge.settled();

    assertThat(bridge.pbx().user("bob").path("id").asText()).isEqualTo(pbxId);
    await("the repeat")
        .until(() -> bridge.scim().createUser("bob@corp.example", BOB).status() == 201);
    assertThat(bridge.pbx().users()).hasSize(1);
    assertThat(bridge.pbx().user("bob").path("id").asText()).isEqualTo(pbxId);
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void aPasswordThatTheCreateBringsIsSet() {
    confirm(stranger("bob", "1500"), "");

    bridge.scim().createUser("bob@corp.example", BOB + ",'password':'N3w!Passw0rdXq'").is(201);

    assertThat(bridge.pbx().signsIn("bob", "N3w!Passw0rdXq")).isTrue();
  }

  @Test
  void aConfirmedGroupIsTakenWithItsMembers() {
    stranger("bob", "1500");
    var ada = bridge.scim().createUser("ada").is(201).id();
    bridge.scim().createUser("grace").is(201);
    bridge.pbx().post("/api/groups", "{'name':'Sales','description':'Before'}");
    var sales = bridge.pbx().groups("Sales").getFirst();
    var path = "/api/groups/" + sales.path("id").asText() + "/members/";
    bridge.pbx().post(path + "1500");
    bridge.pbx().post(path + bridge.pbx().extension("grace"));
    confirm(sales.path("id").asText(), ",'type':'group'");

    bridge.scim().createGroup("Sales", ada).is(201);

    assertThat(bridge.pbx().groups()).hasSize(1);
    assertThat(bridge.pbx().groups("Sales").getFirst().path("id")).isEqualTo(sales.path("id"));
    assertThat(bridge.pbx().members(sales))
        .containsExactlyInAnyOrder(bridge.pbx().extension("ada"), "1500");
    assertThat(bridge.openWork()).isEmpty();
  }

  @Test
  void aGroupIsNotTakenUnlessItIsConfirmed() {
    bridge.pbx().post("/api/groups", "{'name':'Sales'}");

    assertThat(bridge.scim().createGroup("Sales").status()).isBetween(400, 409);

    assertThat(bridge.pbx().groups("Sales")).hasSize(1);
  }
}
