package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.RecordedCall;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person's whole life on an IPCortex, and each call it takes there; 3 s. */
@Timeout(60)
class IpCortexRunTest {
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final String SECRET = "Orange-4-Teapot";
  private static final String ACTIVE = "{'op':'replace','path':'active','value':%s}";

  @TempDir private Path directory;
  private IpCortexEmulator pbx;
  private OpenBridge bridge;
  private ScimClient scim;

  @BeforeEach
  void start() throws IOException {
    pbx = IpCortexEmulator.start(IpCortexEmulatorOptions.defaults().withSecret(SECRET));
    bridge = OpenBridge.with(directory, yaml(), Map.of("PBX_PASSWORD", SECRET));
    scim = new ScimClient(Http.of(bridge.scimUrl("acme"), TOKEN.reveal()));
  }

  private String yaml() {
    return """
    listen: { port: 0 }
    store: { url: "sqlite:bridge.db" }
    tenants:
      acme:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx:
          dialect: ipcortex
          base-url: %s
          username: bridge
          password: env:PBX_PASSWORD
          company: acme
          disabled-role: suspended
          quiet-time: PT0.1S
        mapping:
          roles: { Telephony Lead: manager }
          extensions: { pools: { default: { ranges: ["1000-1999"] } } }
          naming: { on-rename: rename }
    """
        .formatted(TokenHash.of(TOKEN).text(), pbx.uri());
  }

  @AfterEach
  void stop() {
    bridge.close();
    pbx.close();
  }

  /** The calls the PBX got since the last time, with what they said. */
  private List<String> calls() {
    List<RecordedCall> calls = pbx.calls().calls();
    pbx.calls().clear();
    return calls.stream().map(it -> it.line() + " " + it.body().orElse("")).toList();
  }

  private String patched(String user, String body) {
    return scim.patch("/Users/" + user, body).is(200).json().at(RunningBridge.STATE).asText();
  }

  @Test
  void eachStepIsOneCallAndMembershipIsNone() {
    JsonNode anna =
        scim.createUser(
                "anna.berg@example.com",
                "'displayName':'Anna Berg','emails':[{'value':'anna@example.com','type':'work'}]")
            .is(201)
            .json();
    String id = anna.path("id").asText();
    assertThat(anna.at(RunningBridge.STATE).asText()).isEqualTo("synced");
    assertThat(calls())
        .containsExactly(
            "POST /rest/ops/create/ {\"type\":\"user\",\"values\":{\"uname\":\"anna.berg\","
                + "\"owned_extension\":\"1000\",\"name\":\"Anna Berg\","
                + "\"email\":\"anna@example.com\",\"password\":\"***\",\"company\":\"acme\","
                + "\"roleid\":\"user\"}}");

    String lead =
        "{'op':'replace','path':'roles','value':[{'value':'Telephony Lead'}]},"
            + "{'op':'replace','path':'displayName','value':'Anna Holm'}";
    assertThat(patched(id, lead)).isEqualTo("synced");
    assertThat(calls()).containsExactly(update("\"name\":\"Anna Holm\",\"roleid\":\"manager\""));

    JsonNode group = scim.createGroup("Sales", id).is(201).json();
    assertThat(group.at("/members/0/value").asText()).isEqualTo(id);
    assertThat(calls()).isEmpty();

    assertThat(patched(id, ACTIVE.formatted("false"))).isEqualTo("synced");
    assertThat(calls()).containsExactly(update("\"roleid\":\"suspended\""));

    assertThat(patched(id, ACTIVE.formatted("true"))).isEqualTo("synced");
    assertThat(calls()).containsExactly(update("\"roleid\":\"manager\""));

    scim.delete("/Users/" + id).is(204);
    assertThat(calls())
        .containsExactly("POST /rest/ops/delete/ {\"type\":\"user\",\"scope\":{\"contact_id\":1}}");
    assertThat(scim.get("/Groups/" + group.path("id").asText()).is(200).json().path("members"))
        .isEmpty();
    assertThat(calls()).isEmpty();
  }

  private static String update(String values) {
    return "POST /rest/ops/update/ {\"type\":\"user\",\"scope\":{\"contact_id\":1},\"values\":{"
        + values
        + "}}";
  }

  @Test
  void aNewUserNameGoesWithTheRest() {
    String id =
        scim.createUser("anna.berg@example.com", "'emails':[{'value':'a@example.com'}]")
            .is(201)
            .id();
    pbx.calls().clear();
    String married =
        "{'op':'replace','path':'userName','value':'%s'},"
            + "{'op':'replace','path':'displayName','value':'Anna Holm'}";

    assertThat(patched(id, married.formatted("anna.holm@example.com"))).isEqualTo("synced");

    assertThat(calls()).containsExactly(update("\"uname\":\"anna.holm\",\"name\":\"Anna Holm\""));
    assertThat(scim.get("/Users/" + id).at("/" + RunningBridge.PBX_URN + "/pbxUserName"))
        .isEqualTo("anna.holm");
  }

  @Test
  void profileRoleAndPasswordOfOneRequestAreOneCall() {
    String id = scim.createUser("ben", "'emails':[{'value':'ben@example.com'}]").is(201).id();
    var unused = calls();

    assertThat(
            patched(
                id,
                "{'op':'replace','path':'password','value':'Blue-7-Kettle-Sings'},"
                    + "{'op':'replace','path':'displayName','value':'Ben'},"
                    + "{'op':'replace','path':'roles','value':[{'value':'manager'}]},"
                    + "{'op':'remove','path':'emails'}"))
        .isEqualTo("synced");

    assertThat(calls())
        .hasSize(2) // that an empty text clears the e-mail is not documented: read back
        .first()
        .isEqualTo(
            update("\"name\":\"Ben\",\"email\":\"\",\"password\":\"***\",\"roleid\":\"manager\""));
  }

  @Test
  void aNameThatSomebodyElseHasOnThePbxIsNeverTakenOver() {
    pbx.faults().replace(List.of());
    var stranger = Http.of(pbx.uri(), "");
    stranger.send("POST", "/_emulator/users", Optional.of("{\"uname\":\"ben\"}")).is(201);

    scim.createUser("ben").isDone();

    assertThat(pbx.calls().lines()).hasSizeGreaterThan(1);
    assertThat(scim.list("Users", "userName%20eq%20%22ben%22").json().toString())
        .contains("\"pbxUserName\":\"ben-2\"");
  }
}
