package dev.patchbay.emulator.xelion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class XelionEmulatorTest {
  private static final String PASSWORD = "Orange-4-Teapot";
  private static final XelionEmulatorOptions OPTIONS = XelionEmulatorOptions.defaults(PASSWORD);

  @TempDir private Path directory;
  private XelionEmulator pbx;
  private XelionClient client;

  @BeforeEach
  void start() throws IOException {
    start(OPTIONS);
  }

  @AfterEach
  void stop() {
    pbx.close();
  }

  private void start(XelionEmulatorOptions options) throws IOException {
    if (pbx != null) {
      pbx.close();
    }
    pbx = XelionEmulator.start(options);
    var guest = XelionClient.of(pbx);
    client = guest.in(guest.logIn("bridge", PASSWORD, "test"));
  }

  @Test
  void aUserSpaceHasOneSession() {
    var guest = XelionClient.of(pbx);

    assertThat(guest.logIn("bridge", PASSWORD, "test").refusal()).isEqualTo("401/10005");
    assertThat(guest.logIn("bridge", PASSWORD, "other").status()).isEqualTo(200);
    assertThat(client.logIn("bridge", PASSWORD, "test").status())
        .as("with the token of the session, which it ends")
        .isEqualTo(200);
    assertThat(client.get("users").refusal()).isEqualTo("401/10000");
  }

  @Test
  void aRenewalTokenIsGoodOnce() {
    var guest = XelionClient.of(pbx);
    var login = guest.logIn("bridge", PASSWORD, "mine");
    var renewal = TextNode.valueOf(login.body().path("renewalToken").asText());

    var renewed = guest.in(login).post("me/renew", renewal);

    assertThat(renewed.status()).isEqualTo(200);
    assertThat(guest.in(renewed).get("users").status()).isEqualTo(200);
    assertThat(guest.in(login).get("users").refusal()).isEqualTo("401/10000");
    assertThat(guest.in(renewed).post("me/renew", renewal).refusal()).isEqualTo("401/10000");
  }

  @Test
  void logInsAreRefusedByTheirNumbers() {
    var guest = XelionClient.of(pbx);

    assertThat(guest.logIn("", PASSWORD, "a").refusal()).isEqualTo("400/10002");
    assertThat(guest.logIn("bridge", "", "a").refusal()).isEqualTo("400/10003");
    assertThat(guest.logIn("bridge", "wrong", "a").refusal()).isEqualTo("401/10004");
    assertThat(guest.logIn("bridge", PASSWORD, "").refusal()).isEqualTo("401/10011");
    assertThat(guest.logIn("bridge", PASSWORD, "a".repeat(201)).refusal()).isEqualTo("401/10010");
  }

  @Test
  void whoIsNotActiveCannotLogIn() throws IOException {
    String user = client.user("ada", client.person("Ada Lovelace").oid()).oid();
    var guest = XelionClient.of(pbx);
    assertThat(guest.logIn("ada", "Kf7$qW2z", "phone").status()).isEqualTo(200);

    client.patch("users/" + user, "{\"op\":\"replace\",\"path\":\"/active\",\"value\":false}");

    assertThat(guest.logIn("ada", "Kf7$qW2z", "phone").refusal()).isEqualTo("401/10006");
  }

  @Test
  void aUserMayNotReadTheUsers() {
    client.user("ada", client.person("Ada Lovelace").oid());
    var guest = XelionClient.of(pbx);

    var ada = guest.in(guest.logIn("ada", "Kf7$qW2z", "phone"));

    assertThat(ada.get("users").refusal()).isEqualTo("403/10101");
    assertThat(ada.person("A friend").status()).isEqualTo(200);
  }

  @Test
  void aRefusedCreateIsAServerErrorOrNoPerson() {
    String person = client.person("Ada Lovelace").oid();
    client.user("ada", person);

    assertThat(client.user("ADA", client.person("Ada King").oid()).refusal())
        .isEqualTo("500/11000");
    assertThat(client.user("grace", person).refusal()).isEqualTo("500/11000");
    assertThat(client.user("", client.person("Nobody").oid()).refusal()).isEqualTo("500/11000");
    var missing = client.user("grace", "1");
    assertThat(missing.refusal()).isEqualTo("404/10100");
    assertThat(missing.body().path("info").asText())
        .isEqualTo("resource=POST /api/v1/master/users");
  }

  @Test
  void aWholeNameIsTakenApart() {
    ObjectNode jan = read(client.person("Jan de Jager").oid());
    ObjectNode ada = read(client.person("Ada Augusta Lovelace").oid());

    assertThat(jan.path("givenName").asText()).isEqualTo("Jan");
    assertThat(jan.path("namePrefix").asText()).isEqualTo("de");
    assertThat(jan.path("familyName").asText()).isEqualTo("Jager");
    assertThat(jan.path("commonName").asText()).isEqualTo("Jan de Jager");
    assertThat(ada.path("givenName").asText()).isEqualTo("Ada Augusta");
    assertThat(ada.path("commonName").asText()).isEqualTo("Ada Augusta Lovelace");
  }

  @Test
  void whatIsNotInWindows1252IsDamaged() {
    assertThat(read(client.person("Łukasz Żal").oid()).path("commonName").asText())
        .isEqualTo("?ukasz ?al");
    assertThat(read(client.person("Zoë Šimić €").oid()).path("commonName").asText())
        .isEqualTo("Zoë Šimi? €");
  }

  @Test
  void aChangedPersonSaysWhatChangedInIt() {
    String oid = client.person("Ada Lovelace").oid();
    ObjectNode ada = read(oid);
    address(ada, "Mobile", "0611").put("changeType", "Created");
    address(ada, "Telephone", "0301").put("changeType", "Created");

    assertThat(client.put("addressables/" + oid, ada).refusal())
        .as("without a changeType of its own")
        .isEqualTo("400/10202");
    client.put("addressables/" + oid, ada.put("changeType", "Modified"));
    ObjectNode whole = read(oid);
    ((ObjectNode) whole.path("telecomAddresses").get(0)).put("changeType", "Removed");
    ((ObjectNode) whole.path("telecomAddresses").get(1))
        .put("address", "0302")
        .put("changeType", "Modified");
    client.put("addressables/" + oid, whole.put("changeType", "Modified"));

    JsonNode left = read(oid).path("telecomAddresses");
    assertThat(left).hasSize(1);
    assertThat(left.get(0).path("address").asText()).isEqualTo("0302");
    assertThat(left.get(0).path("oid"))
        .isEqualTo(whole.path("telecomAddresses").get(1).path("oid"));
  }

  private static ObjectNode address(ObjectNode person, String type, String number) {
    return person
        .withArray("telecomAddresses")
        .addObject()
        .put("addressType", type)
        .put("address", number)
        .put("oid", "");
  }

  private ObjectNode read(String person) {
    return (ObjectNode) client.get("addressables/" + person).object();
  }

  @Test
  void whoLeavesAGroupGoesByTheRelation() throws IOException {
    String ada = client.user("ada", client.person("Ada Lovelace").oid()).oid();
    String group = client.post("usergroups", Json.object().put("commonName", "Sales")).oid();

    client.patch(
        "usergroups/" + group, "{\"op\":\"add\",\"path\":\"/users/1\",\"value\":\"" + ada + "\"}");

    JsonNode relation = client.get("usergroups/" + group).object().path("users").get(0);
    assertThat(relation.path("user").path("oid").asText()).isEqualTo(ada);
    assertThat(leave(group, ada)).isEqualTo("400/10203");
    assertThat(leave(group, relation.path("oid").asText())).isEqualTo("200/0");
    assertThat(client.get("usergroups/" + group).object().path("users")).isEmpty();
  }

  private String leave(String group, String oid) throws IOException {
    return client
        .patch("usergroups/" + group, "{\"op\":\"remove\",\"path\":\"/users/" + oid + "\"}")
        .refusal();
  }

  @Test
  void aNewLineMemberIsSetUpByItsNumberInTheRequest() throws IOException {
    String ada = client.user("ada", client.person("Ada Lovelace").oid()).oid();
    String line = client.plantLine("Support");

    var answer =
        client.patch(
            "phonelines/" + line,
            "{\"op\":\"add\",\"path\":\"/users/7\",\"value\":\""
                + ada
                + "\"},{\"op\":\"replace\",\"path\":\"/users/7/incoming\",\"value\":true}");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode shown = client.get("users/" + ada).object().path("lines").get(0);
    assertThat(shown.path("line").path("commonName").asText()).isEqualTo("Support");
    assertThat(shown.path("incoming").asBoolean()).isTrue();
    assertThat(client.get("phonelines/" + line).object().path("users").get(0).path("oid"))
        .isEqualTo(shown.path("oid"));
  }

  @Test
  void aRequestWithOneWrongOperationDoesNothing() throws IOException {
    String group = client.post("usergroups", Json.object().put("commonName", "Sales")).oid();

    var answer =
        client.patch(
            "usergroups/" + group,
            "{\"op\":\"replace\",\"path\":\"/commonName\",\"value\":\"Support\"},"
                + "{\"op\":\"add\",\"path\":\"/users/1\",\"value\":\"1\"}");

    assertThat(answer.refusal()).isEqualTo("400/10203");
    assertThat(client.get("usergroups/" + group).object().path("commonName").asText())
        .isEqualTo("Sales");
  }

  @Test
  void listsHavePagesThatBeginAfterAnOid() {
    for (int i = 0; i < 32; i++) {
      client.user("user-" + i, client.person("User No " + i).oid());
    }

    var names = new ArrayList<String>();
    JsonNode page = client.get("users?include=userName").body().path("data");
    while (!page.isEmpty()) {
      page.forEach(row -> names.add(row.path("object").path("userName").asText()));
      String last = page.get(page.size() - 1).path("object").path("oid").asText();
      page = client.get("users?include=userName&after=" + last).body().path("data");
    }

    assertThat(names).hasSize(32).doesNotHaveDuplicates();
    assertThat(client.get("users").body().path("data")).hasSize(15);
  }

  @Test
  void aUserIsFoundByItsName() {
    client.user("ada", client.person("Ada Lovelace").oid());
    client.user("adam", client.person("Adam Smith").oid());

    JsonNode found =
        client.get("users?where=userName=ada&include=person,active").body().path("data");

    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("object").path("active").asBoolean()).isTrue();
    assertThat(found.get(0).path("object").has("xccRole")).isFalse();
  }

  @Test
  void oneSessionHasSoManyRequestsAtOnce() throws Exception {
    start(OPTIONS.withAtOnce(1));
    var together = new ArrayList<Thread>();
    var refused = ConcurrentHashMap.<String>newKeySet();

    for (int i = 0; i < 8; i++) {
      together.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int j = 0; j < 20; j++) {
                      refused.add(client.get("users").refusal());
                    }
                  }));
    }
    for (Thread each : together) {
      each.join();
    }

    assertThat(refused).containsExactlyInAnyOrder("200/0", "429/10400");
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    start(OPTIONS.withData(directory));
    String ada = client.user("ada", client.person("Ada Lovelace").oid()).oid();
    client.post("usergroups", Json.object().put("commonName", "Sales"));

    start(OPTIONS.withData(directory));

    assertThat(client.get("users/" + ada).object().path("person").path("commonName").asText())
        .isEqualTo("Ada Lovelace");
    assertThat(client.get("usergroups").body().path("data")).hasSize(1);
  }

  @Test
  void theLogShowsNoPassword() throws IOException {
    String ada = client.user("ada", client.person("Ada Lovelace").oid()).oid();

    client.patch(
        "users/" + ada, "{\"op\":\"replace\",\"path\":\"/password\",\"value\":\"Kf7$qW2z\"}");

    assertThat(pbx.calls().lines())
        .containsExactly(
            "POST /api/v1/master/addressables",
            "POST /api/v1/master/users",
            "PATCH /api/v1/master/users/" + ada);
    assertThat(pbx.calls().calls().toString()).doesNotContain("Kf7$qW2z").doesNotContain(PASSWORD);
  }

  @Test
  void faultsHaveTheVendorsForm() {
    pbx.faults().replace(FaultRule.on("GET", ".*/users", new Fault.Status(429)));

    assertThat(client.get("users").refusal()).isEqualTo("429/10400");
  }
}
