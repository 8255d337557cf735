package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.crmcom.CrmComEmulator;
import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Phones on PortSIP and a desk on CRM.COM, which can make users and nothing else. */
@Timeout(60)
class CrmComTargetTest {
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret OPERATOR = TokenHash.randomToken();
  private static final String AGENT =
      "'userType':'agent','displayName':'Ada King','emails':[{'value':'ada@example.com'}]";
  private static final String DESK = "/" + RunningBridge.PBX_URN + "/targets/0";

  @TempDir private Path folder;
  private PortSipEmulator phones;
  private CrmComEmulator desk;
  private OpenBridge bridge;
  private ScimClient scim;

  @BeforeEach
  void start() throws IOException {
    phones =
        PortSipEmulator.start(
            PortSipEmulatorOptions.defaults()
                .withToken("Orange-4-Teapot-Key")
                .withPasswordPolicy(PasswordPolicy.simple()));
    desk = CrmComEmulator.start(CrmComOptions.defaults());
    var yaml =
        """
        listen: { port: 0 }
        store: { url: "sqlite:bridge.db", secret-key: env:SEAL }
        operators: [ { name: kim, hash: "%s" } ]
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: { dialect: portsip, base-url: "%s", token: env:KEY, requests-per-minute: 0 }
            mapping:
              email-fallback: "{pbxUserName}@example.invalid"
              extensions: { pools: { default: { ranges: ["1000-1999"] } } }
            targets:
              desk:
                pbx:
                  dialect: crmcom
                  base-url: %s
                  api-key: env:KEY
                  templates: { default: { name: Agent, cti: true } }
                filter: userType eq "agent"
        """
            .formatted(
                TokenHash.of(OPERATOR).text(),
                TokenHash.of(TOKEN).text(),
                phones.uri(),
                desk.baseUrl());
    var key = "0123456789abcdef0123456789abcdef";
    bridge = OpenBridge.with(folder, yaml, Map.of("KEY", "Orange-4-Teapot-Key", "SEAL", key));
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    phones.close();
    desk.close();
  }

  private Answer set(String id, String path, String value) {
    return scim.patch(
        "/Users/" + id, "{'op':'replace','path':'" + path + "','value':" + value + "}");
  }

  private Answer operators(String method, String path) {
    return Http.of(bridge.scimUrl("office").resolve("/api/v1"), OPERATOR.reveal())
        .send(method, path, Optional.empty());
  }

  @Test
  void whatTheDeskDoesNotTakeIsThePhonesAlone() {
    Answer ada = scim.createUser("ada", AGENT).is(201);
    assertThat(ada.at(RunningBridge.STATE)).as(ada.toString()).isEqualTo("synced");
    assertThat(desk.calls().calls().getFirst().body().orElseThrow()).contains("\"1000\"");
    int calls = desk.calls().calls().size();

    var urn = RunningBridge.PBX_URN;
    for (var change :
        Map.of(
                "displayName",
                "'Ada Lovelace'",
                "password",
                "'Blue-7-Kettle-Sings'",
                urn + ":recordAudio",
                "true",
                urn + ":voicemailPin",
                "'739184'")
            .entrySet()) {
      Answer changed = set(ada.id(), change.getKey(), change.getValue()).is(200);
      assertThat(changed.at(RunningBridge.STATE)).as(changed.toString()).isEqualTo("synced");
    }
    assertThat(desk.calls().calls()).hasSize(calls);
    assertThat(PbxView.of(phones).user("ada").path("display_name").asText())
        .isEqualTo("Ada Lovelace");
  }

  @Test
  void whoTheDeskCannotPutOutIsShownUntilAnOperatorLooks() {
    String id = scim.createUser("ada", AGENT).is(201).id();

    Answer left = set(id, "active", "false").is(200);
    assertThat(left.at(RunningBridge.STATE)).isEqualTo("blocked");
    assertThat(left.at(DESK + "/lastError")).contains("cannot deactivate");
    assertThat(PbxView.of(phones).user("ada").path("enabled").asBoolean()).isFalse();
    scim.delete("/Users/" + id).isRetry(503);
    scim.get("/Users/" + id).is(404);
    assertThat(operators("GET", "/work").json().path("items"))
        .extracting(it -> it.path("id").asText() + " " + it.path("offBoarding").asText())
        .containsExactly(id + " true");

    operators("POST", "/work/" + id + "/cancel").is(204);

    assertThat(operators("GET", "/work").json().path("items")).isEmpty();
  }

  /** The desk still has the account of whom it was told to let go, and cannot say whose it is. */
  @Test
  void whoComesUnderANameThatStayedOnTheDeskIsNotTakenForTheOneWhoLeft() {
    String left = scim.createUser("ada", AGENT).is(201).id();
    scim.delete("/Users/" + left).isRetry(503);
    operators("POST", "/work/" + left + "/cancel").is(204);

    String samePhone = ",'" + RunningBridge.PBX_URN + "':{'extensionNumber':'1000'}";
    String id = scim.createUser("ada", AGENT + samePhone).is(201).id();

    assertBlockedByTheNameOnTheDesk(id);
  }

  @Test
  void whoCameBeforeTheNameWasLetGoIsNotTakenForTheOneWhoLeftEither() {
    String left = scim.createUser("ada", AGENT).is(201).id();
    scim.delete("/Users/" + left).isRetry(503);
    String id = scim.createUser("ada", AGENT).is(201).id();

    operators("POST", "/work/" + left + "/cancel").is(204);
    assertBlockedByTheNameOnTheDesk(id);

    set(id, "userName", "'ada.king'").is(200);
    await().until(() -> scim.get("/Users/" + id).at(RunningBridge.STATE).equals("synced"));
    assertThat(desk.calls().calls()).hasSize(2);
  }

  @Test
  void anOperatorGivesWhoReturnsTheAccountThatStayed() {
    String left = scim.createUser("ada", AGENT).is(201).id();
    scim.delete("/Users/" + left).isRetry(503);
    String samePhone = ",'" + RunningBridge.PBX_URN + "':{'extensionNumber':'1000'}";
    String id = scim.createUser("ada", AGENT + samePhone).is(201).id();
    operators("POST", "/work/" + id + "/adopt").is(409); // it is still the other's
    operators("POST", "/work/" + left + "/cancel").is(204);

    operators("POST", "/work/" + id + "/adopt").is(204);

    await()
        .untilAsserted(
            () -> {
              Answer shown = scim.get("/Users/" + id);
              assertThat(shown.at(RunningBridge.STATE)).as(shown.toString()).isEqualTo("synced");
            });
    assertThat(desk.calls().calls()).hasSize(1);
    operators("POST", "/work/" + id + "/adopt").is(404);
  }

  @Test
  void whoHasAnAccountOnTheDeskIsNotGivenAnother() {
    String left = scim.createUser("ada", AGENT).is(201).id();
    scim.delete("/Users/" + left).isRetry(503);
    operators("POST", "/work/" + left + "/cancel").is(204);
    String id = scim.createUser("grace", AGENT).is(201).id();
    set(id, "userName", "'ada'").is(200);

    operators("POST", "/work/" + id + "/adopt").is(409);

    set(id, "userName", "'grace'").is(200);
    await().until(() -> scim.get("/Users/" + id).at(RunningBridge.STATE).equals("synced"));
    assertThat(desk.calls().calls()).hasSize(2);
  }

  private void assertBlockedByTheNameOnTheDesk(String id) {
    Answer shown = scim.get("/Users/" + id).is(200);
    assertThat(shown.at(RunningBridge.STATE)).as(shown.toString()).isEqualTo("blocked");
    assertThat(shown.at(DESK + "/lastError")).isEqualTo("'ada' is somebody else's name there");
    assertThat(operators("GET", "/work").json().path("items"))
        .extracting(it -> it.path("id").asText())
        .containsExactly(id);
    assertThat(desk.calls().calls()).hasSize(1);
  }
}
