package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Desk phones and speed dials, from the identity provider to the phone system. */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class PhonesTest {
  private static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";
  private static final String FIRST = "0C-38-3E-63-FE-E8";
  private static final String SECOND = "0c383e63fee9";

  @Parameter TestStore store;
  private RunningBridge bridge;

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    bridge = RunningBridge.impatient(store, directory);
    bridge.scim().createUser("first@corp.example").is(201);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  @AfterEach
  void empty() {
    bridge.emulator().faults().replace();
    bridge.empty();
  }

  private static String phone(String mac, String more) {
    return ("{'mac':'%s','vendor':'Fanvil','model':'V62 Pro','template':'fanvil.ph.xml',"
            + "'timezone':'GMT+8 China(Beijing)'%s}")
        .formatted(mac, more);
  }

  private static String phones(String... phones) {
    return "'%s':{'phones':[%s]}".formatted(URN, String.join(",", phones));
  }

  private static String replace(String attributes) {
    return "{'op':'replace','value':{" + attributes + "}}";
  }

  private List<JsonNode> onPbx(String user, String kind) {
    var id = bridge.pbx().user(user).path("id").asText();
    return bridge.pbx().read("/api/users/" + id + "/" + kind).path("items").valueStream().toList();
  }

  private JsonNode extension(String id, String attribute) {
    return bridge
        .scim()
        .get("/Users/" + id + "?attributes=" + URN + ":" + attribute)
        .is(200)
        .json()
        .path(URN)
        .path(attribute);
  }

  @Test
  void aNewUsersPhonesAreOneCallEach() {
    var calls =
        bridge.callsDuring(
            () ->
                bridge
                    .scim()
                    .createUser("ada", phones(phone(FIRST, ""), phone(SECOND, "")))
                    .is(201));

    assertThat(calls).hasSize(3).first().isEqualTo("POST /api/users");
    assertThat(calls.subList(1, 3)).allMatch(call -> call.matches("POST /api/users/[^/]*/phones"));
    assertThat(onPbx("ada", "phones"))
        .extracting(phone -> phone.path("mac").asText())
        .containsExactly("0c:38:3e:63:fe:e8", "0c:38:3e:63:fe:e9");
  }

  @Test
  void phonesAreShownOnRequestWithTheirIds() {
    var ada = bridge.scim().createUser("ada", phones(phone(FIRST, ""))).is(201);

    assertThat(ada.json().path(URN).has("phones")).isFalse();
    var shown = extension(ada.id(), "phones");
    assertThat(shown.path(0).path("mac").asText()).isEqualTo(FIRST);
    assertThat(shown.path(0).path("id").asText())
        .isEqualTo(onPbx("ada", "phones").getFirst().path("id").asText());
    var found = bridge.scim().get("/Users?filter=" + URN + ":phones.mac eq \"" + FIRST + "\"");
    assertThat(found.is(200).json().path("totalResults").asInt()).isEqualTo(1);
  }

  @Test
  void ofSeveralPhonesOnlyWhatDiffersIsSent() {
    var ada =
        bridge.scim().createUser("ada", phones(phone(FIRST, ""), phone(SECOND, ""))).is(201).id();

    var none =
        bridge.callsDuring(
            () ->
                bridge
                    .scim()
                    .patch(
                        "/Users/" + ada,
                        replace(phones(phone("0c:38:3e:63:fe:e9", ""), phone("0C383E63FEE8", ""))))
                    .is(200));
    var changed =
        bridge.callsDuring(
            () ->
                bridge
                    .scim()
                    .patch("/Users/" + ada, replace(phones(phone(FIRST, ",'language':'german'"))))
                    .is(200));

    assertThat(none).isEmpty();
    assertThat(changed).filteredOn(call -> call.startsWith("POST")).hasSize(2);
    assertThat(changed).filteredOn(call -> call.endsWith("/destroy")).hasSize(1);
    assertThat(onPbx("ada", "phones"))
        .singleElement()
        .matches(phone -> phone.path("language").asText().equals("GERMAN"));
  }

  @Test
  void aPhoneIsOnePersons() {
    bridge.scim().createUser("ada", phones(phone(FIRST, ""))).is(201);

    var calls =
        bridge.callsDuring(
            () -> {
              bridge
                  .scim()
                  .createUser("eve", phones(phone("0c38.3e63.fee8", "")))
                  .isError(409, "uniqueness");
              bridge
                  .scim()
                  .createUser("eve", phones(phone(SECOND, ""), phone("0C-38-3e63FEE9", "")))
                  .isError(400, "invalidValue");
              bridge.scim().createUser("eve", phones(phone("12", ""))).isError(400, "invalidValue");
            });

    assertThat(calls).isEmpty();
    assertThat(bridge.pbx().users("eve")).isEmpty();
  }

  @Test
  void aFreedPhoneIsTheNextOnes() {
    var ada = bridge.scim().createUser("ada", phones(phone(FIRST, ""))).is(201).id();
    var eve = bridge.scim().createUser("eve").is(201).id();

    bridge.scim().patch("/Users/" + ada, "{'op':'remove','path':'" + URN + ":phones'}").is(200);
    bridge.scim().patch("/Users/" + eve, replace(phones(phone(FIRST, "")))).is(200);

    assertThat(onPbx("ada", "phones")).isEmpty();
    assertThat(onPbx("eve", "phones")).hasSize(1);
    bridge.scim().delete("/Users/" + eve).is(204);
    bridge.scim().patch("/Users/" + ada, replace(phones(phone(FIRST, "")))).is(200);
  }

  @Test
  void aPhoneThePbxRefusesIsShownAndTheAccountStays() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users/.*/phones", new Fault.Status(400)));

    var ada = bridge.scim().createUser("ada", phones(phone(FIRST, ""))).is(201);

    assertThat(ada.json().path(URN).path("provisioning").path("state").asText())
        .isEqualTo("blocked");
    assertThat(bridge.pbx().users("ada")).hasSize(1);
  }

  @Test
  void aLostAnswerIsFinishedAndNothingIsGivenTwice() {
    var ada = bridge.scim().createUser("ada").is(201).id();
    bridge
        .emulator()
        .faults()
        .replace(
            FaultRule.on("POST", "/api/users/.*/phones", new Fault.DropAfterCommit()).times(1));

    var lost = bridge.scim().patch("/Users/" + ada, replace(phones(phone(FIRST, ""))));
    lost.isRetry(503);
    bridge.settled();

    assertThat(onPbx("ada", "phones")).isEmpty();
    bridge.scim().patch("/Users/" + ada, replace(phones(phone(FIRST, "")))).is(200);
    assertThat(onPbx("ada", "phones")).hasSize(1);
  }

  @Test
  void whatAnAdministratorGaveOnThePbxStays() {
    var ada = bridge.scim().createUser("ada", phones(phone(FIRST, ""))).is(201).id();
    var id = bridge.pbx().user("ada").path("id").asText();
    bridge
        .pbx()
        .post(
            "/api/users/" + id + "/phones",
            "{'mac':'00:00:00:00:00:01','filename':'t.xml','vendor':'V','model':'M',"
                + "'password':'p','language':'ENGLISH','transfer':'BLIND','timezone':'GMT',"
                + "'codecs':['PCMU'],'interface':'WEB_DOMAIN','preferred_transport':'UDP'}");

    bridge.scim().patch("/Users/" + ada, "{'op':'remove','path':'" + URN + ":phones'}").is(200);

    assertThat(onPbx("ada", "phones"))
        .extracting(phone -> phone.path("mac").asText())
        .containsExactly("00:00:00:00:00:01");
  }

  @Test
  void aPhoneTakenAwayOrChangedOnThePbxIsToldAndSetRight() {
    bridge.scim().createUser("ada", phones(phone(FIRST, ""), phone(SECOND, ""))).is(201);
    bridge.scim().createUser("eve").is(201);
    var path = "/api/users/" + bridge.pbx().user("ada").path("id").asText() + "/phones/";
    var held = onPbx("ada", "phones");
    bridge.pbx().post(path + held.getFirst().path("id").asText() + "/destroy");
    bridge.pbx().post(path + held.getLast().path("id").asText(), "{'language':'DUTCH'}");

    var told = Comparison.of(bridge, "report");
    assertThat(told.lines()).containsExactly("different user ada reported");
    assertThat(told.findings().getFirst().path("fields").findValuesAsText("field"))
        .containsExactly("PHONES");
    assertThat(Comparison.of(bridge, "upsert").lines())
        .containsExactly("different user ada repaired");

    assertThat(onPbx("ada", "phones"))
        .hasSize(2)
        .allMatch(phone -> phone.path("language").asText().equals("ENGLISH"));
    assertThat(Comparison.of(bridge, "report").findings()).isEmpty();
  }

  @Test
  void speedDialsAreOneCallPerChange() {
    var ada =
        bridge
            .scim()
            .createUser(
                "ada",
                ("'%s':{'speedDials':[{'list':'8','code':'2','number':'1001'},"
                        + "{'list':'100','code':'07','number':'1002','description':'Desk'}]}")
                    .formatted(URN))
            .is(201)
            .id();

    var calls =
        bridge.callsDuring(
            () ->
                bridge
                    .scim()
                    .patch(
                        "/Users/" + ada,
                        "{'op':'remove','path':'%s:speedDials[code eq \\'2\\']'}".formatted(URN))
                    .is(200));

    assertThat(calls).hasSize(1).first().asString().matches("POST .*/speed_dial_8/.*/destroy");
    assertThat(onPbx("ada", "speed_dial_8")).isEmpty();
    assertThat(onPbx("ada", "speed_dial_100")).hasSize(1);
    assertThat(extension(ada, "speedDials").size()).isEqualTo(1);
    bridge
        .scim()
        .patch(
            "/Users/" + ada,
            replace("'%s':{'speedDials':[{'list':'8','code':'1','number':'1'}]}".formatted(URN)))
        .isError(400, "invalidValue");
  }
}
