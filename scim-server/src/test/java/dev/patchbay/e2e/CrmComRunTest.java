package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.crmcom.CrmComEmulator;
import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.pbx.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person's whole life on a system that can only make users: what it cannot is never said done.
 */
@Timeout(60)
class CrmComRunTest {
  private static final String PBX_USER = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final MovableClock clock = new MovableClock(Instant.now());
  @TempDir private Path directory;
  private CrmComEmulator pbx;
  private OpenBridge bridge;

  @BeforeEach
  void start() throws IOException {
    pbx = CrmComEmulator.start(CrmComOptions.defaults());
    String yaml =
        """
        listen: { port: 0 }
        store: { url: "sqlite:bridge.db" }
        tenants:
          desk:
            tokens: [ { name: idp, hash: '%s' } ]
            pbx:
              dialect: crmcom
              base-url: %s
              api-key: env:KEY
              quiet-time: 1s
              templates: { default: { name: Back office }, agent: { name: Agent, cti: true } }
            mapping:
              custom: { text-1: externalId, text-2: '%s:department' }
              extensions: { pools: { default: { ranges: ["1000-1999"] } } }
            policy: { busy-wait: 0s }
        """
            .formatted(TokenHash.of(TOKEN).text(), pbx.baseUrl(), ENTERPRISE);
    bridge = OpenBridge.with(directory, yaml, Map.of("KEY", "Orange-4-Teapot-Key"), clock);
  }

  @AfterEach
  void stop() {
    bridge.close();
    pbx.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(bridge.scimUrl("desk") + path))
            .header("Authorization", "Bearer " + TOKEN.reveal())
            .header("Content-Type", "application/scim+json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> answer) {
    var id = ID.matcher(answer.body());
    assertThat(id.find()).as(answer.body()).isTrue();
    return id.group(1);
  }

  private static String ada() {
    return """
    {'userName': 'ada@example.com', 'externalId': 'E-1', 'displayName': 'Ada King Lovelace', 'roles': [{'value': 'agent'}],
     'emails': [{'value': 'ada@example.com'}], '%s': {'department': 'Engines'}}
    """
        .formatted(ENTERPRISE);
  }

  private static String patch(String operation) {
    return "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': ["
        + operation
        + "]}";
  }

  private HttpResponse<String> patched(String path, String operation) throws Exception {
    return send("PATCH", path, patch(operation));
  }

  @Test
  void onlyWhoseTemplateHasPhonesGetsANumber() throws Exception {
    var officer = send("POST", "/Users", "{'userName': 'eva', 'displayName': 'Eva Mill'}");
    var agent = send("POST", "/Users", ada());
    String numbered =
        "{'userName': 'max', 'displayName': 'Max Born', '%s': {'extensionNumber': '1500'}}";
    var refused = send("POST", "/Users", numbered.formatted(PBX_USER));

    assertThat(officer.statusCode()).as(officer.body()).isEqualTo(201);
    assertThat(officer.body()).doesNotContain("extensionNumber");
    assertThat(agent.body()).contains("\"extensionNumber\":\"1000\"");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("extensionNumber: users of this phone system, or of");
  }

  @Test
  void whatCannotBeDoneIsRefusedAndNothingIsCalled() throws Exception {
    var created = send("POST", "/Users", ada());
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    String user = "/Users/" + id(created);
    String sent = pbx.calls().calls().getFirst().body().orElseThrow();
    assertThat(sent)
        .contains("\"user_template_identifier\":{\"name\":\"Agent\"}")
        .contains(
            "\"username\":\"ada\"", "\"first_name\":\"Ada King\"", "\"last_name\":\"Lovelace\"")
        .contains("\"cti_phone_extension_number\":\"1000\"")
        .contains("\"udf_string_1\":\"E-1\"", "\"udf_string_2\":\"Engines\"");

    var role = patched(user, "{'op': 'replace', 'path': 'roles', 'value': [{'value': 'default'}]}");
    var leaving = patched(user, "{'op': 'replace', 'path': 'active', 'value': false}");
    var password = patched(user, "{'op': 'replace', 'path': 'password', 'value': 'Blue-7-Kettle'}");
    var email =
        patched(user, "{'op': 'replace', 'path': 'emails', 'value': [{'value': 'a@example.com'}]}");
    var deleted = send("DELETE", user, "");

    for (var refused : new HttpResponse<?>[] {role, leaving, password, email, deleted}) {
      assertThat(refused.statusCode()).as(String.valueOf(refused.body())).isEqualTo(501);
    }
    assertThat(send("GET", user, "").body()).contains("\"active\":true", "ada@example.com");
    assertThat(pbx.calls().calls()).hasSize(1);
  }

  @Test
  void whatTheBridgeAloneHoldsChangesThereAlone() throws Exception {
    String user = id(send("POST", "/Users", ada()));

    var title = patched("/Users/" + user, "{'op': 'replace', 'path': 'title', 'value': 'CTO'}");
    var active = patched("/Users/" + user, "{'op': 'replace', 'path': 'active', 'value': true}");
    var group =
        send(
            "POST",
            "/Groups",
            "{'displayName': 'Desk', 'members': [{'value': '%s'}]}".formatted(user));
    var left = patched("/Groups/" + id(group), "{'op': 'remove', 'path': 'members'}");

    assertThat(title.statusCode()).isEqualTo(200);
    assertThat(active.statusCode()).isEqualTo(200);
    assertThat(group.statusCode()).as(group.body()).isEqualTo(201);
    assertThat(left.statusCode()).isBetween(200, 204);
    assertThat(pbx.calls().calls()).hasSize(1);
  }

  @Test
  void nobodyIsMadeInactiveOrWithoutAName() throws Exception {
    var inactive =
        send("POST", "/Users", ada().replace("'userName'", "'active': false, 'userName'"));
    var nameless = send("POST", "/Users", "{'userName': 'bob@example.com'}");

    assertThat(inactive.statusCode()).as(inactive.body()).isEqualTo(400);
    assertThat(nameless.statusCode()).as(nameless.body()).isEqualTo(400);
    assertThat(pbx.calls().calls()).isEmpty();
  }

  @Test
  void aStrangersNameIsNotTakenOver() throws Exception {
    send("POST", "/Users", ada());
    String another = ada().replace("ada@example.com", "ADA@example.org").replace("E-1", "E-2");
    pbx.calls().clear();

    var clash = send("POST", "/Users", another);

    assertThat(clash.statusCode())
        .as(clash.body())
        .isEqualTo(201); // ada-2, by the bridge's own table
    assertThat(pbx.calls().calls().getFirst().body().orElseThrow())
        .contains("\"username\":\"ada-2\"");
  }

  @Test
  void aLostAnswerIsSettledByTheSameCreateAgain() throws Exception {
    pbx.faults()
        .replace(FaultRule.on("POST", ".*/users/create", new Fault.DropAfterCommit()).times(1));
    var lost = send("POST", "/Users", ada());
    var tooSoon = send("POST", "/Users", ada());
    clock.advance(Duration.ofSeconds(2));

    var again = send("POST", "/Users", ada());

    assertThat(lost.statusCode()).isEqualTo(503);
    assertThat(tooSoon.statusCode()).isEqualTo(503);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
    assertThat(again.body()).contains(PBX_USER, "\"state\":\"synced\"");
    assertThat(pbx.calls().calls()).hasSize(2);
    assertThat(send("POST", "/Users", ada()).statusCode()).isEqualTo(409);
  }
}
