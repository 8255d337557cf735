package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.portsip.Level;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.Undocumented.RoleGivenBy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Roles of a PortSIP 22.3, whose key is an id, from SCIM to the PBX; 2 s. */
@ParameterizedClass(name = "given by {0}")
@EnumSource
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class RolesByIdTest {
  private static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Role";
  private static final String SECRET = "Orange-4-Teapot-Key";
  private static final Secret TOKEN = TokenHash.randomToken();

  @Parameter RoleGivenBy givenBy; // set only after start
  private PortSipEmulator pbx;
  private OpenBridge bridge;
  private ScimClient scim;

  @BeforeParameterizedClassInvocation
  void start(RoleGivenBy givenBy, @TempDir Path directory) throws IOException {
    pbx =
        PortSipEmulator.start(
            PortSipEmulatorOptions.defaults()
                .withToken(SECRET)
                .withLevel(Level.V22_3)
                .withRolesGivenBy(givenBy));
    bridge = OpenBridge.with(directory, yaml(givenBy), Map.of("SECRET", SECRET));
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> scim.get("/Roles").json().path("totalResults").asInt() > 0);
  }

  private String yaml(RoleGivenBy givenBy) {
    return """
    listen: { port: 0 }
    store: { url: "sqlite:bridge.db" }
    tenants:
      office:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx: { dialect: portsip, base-url: "%s", token: env:SECRET, quiet-time: 100ms,
          api-level: "22.3", give-roles-by: %s }
        mapping: { email-fallback: "{pbxUserName}@example.invalid",
          extensions: { pools: { default: { ranges: ["1000-1999"] } } } }
    """
        .formatted(TokenHash.of(TOKEN).text(), pbx.uri(), givenBy.name().toLowerCase(Locale.ROOT));
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
    pbx.close();
  }

  private PbxView view() {
    return PbxView.of(pbx);
  }

  private Answer create(String name, String permission) {
    return scim.post(
            "/Roles",
            "{'displayName':'%s','%s':{'permissions':[{'value':'%s'}]}}"
                .formatted(name, URN, permission))
        .is(201);
  }

  private JsonNode role(String name) {
    return scim.list("Roles", "displayName%20eq%20%22" + name + "%22")
        .is(200)
        .json()
        .at("/Resources/0");
  }

  private String roleOf(String user) {
    return view().user(user).path("role_name").asText();
  }

  private String pbxId(Answer role) {
    return scim.get("/Roles/" + role.id() + "?attributes=" + URN + ":pbxId")
        .is(200)
        .at("/" + URN + "/pbxId");
  }

  /** What the PBX was told meanwhile; a write is followed by a look at all roles. */
  private List<String> writesDuring(Runnable work) {
    pbx.calls().clear();
    work.run();
    return pbx.calls().lines().stream().filter(call -> call.startsWith("POST ")).toList();
  }

  @Test
  void theIdIsTheKeyOfEveryCallAboutARole() {
    var desk = create("Desk", "general.meeting");
    String path = "/api/roles/" + pbxId(desk);

    assertThat(writesDuring(() -> allowInternalCalls(desk.id()))).containsExactly("POST " + path);
    assertThat(view().read(path).at("/permissions/policies/internal_calls").asBoolean()).isTrue();
    assertThat(view().read(path).at("/permissions/general/meeting").asBoolean()).isTrue();
    assertThat(writesDuring(() -> scim.delete("/Roles/" + desk.id()).is(204)))
        .containsExactly("POST " + path + "/destroy");
    assertThat(view().read("/api/roles").toString()).doesNotContain("Desk");
  }

  private void allowInternalCalls(String role) {
    scim.patch(
            "/Roles/" + role,
            "{'op':'add','path':'%s:permissions','value':[{'value':'policies.internal_calls'}]}"
                .formatted(URN))
        .is(200);
  }

  @Test
  void aRoleIsGivenByItsNameItsScimIdAndItsPbxId() {
    var desk = create("Booth", "general.meeting");
    int number = 0;
    for (String value : List.of("booth", desk.id(), pbxId(desk))) {
      String name = "ada" + number++;

      assertThat(
              writesDuring(
                  () -> scim.createUser(name, "'roles':[{'value':'" + value + "'}]").is(201)))
          .containsExactly("POST /api/users");
      assertThat(roleOf(name)).isEqualTo("Booth");
    }
  }

  @Test
  void aRoleGoesUpAndDownByOneCallAndOneThatIsHeldStays() {
    var desk = create("Hall", "general.meeting");
    String ada = scim.createUser("grace").is(201).id();

    assertThat(writesDuring(() -> give(ada, "Hall")))
        .singleElement()
        .asString()
        .matches("POST /api/users/[^/]+/role");
    assertThat(roleOf("grace")).isEqualTo("Hall");
    scim.delete("/Roles/" + desk.id()).isError(409);
    assertThat(writesDuring(() -> give(ada, "StandardUser"))).hasSize(1);
    assertThat(roleOf("grace")).isEqualTo("StandardUser");
    scim.delete("/Roles/" + desk.id()).is(204);
  }

  private void give(String user, String role) {
    String operation = "{'op':'replace','path':'roles','value':[{'value':'" + role + "'}]}";
    assertThat(scim.patch("/Users/" + user, operation).is(200).at(RunningBridge.STATE))
        .isEqualTo("synced");
  }

  @Test
  void whatIsTheVendorsOrPrivilegedStaysAsItIs() {
    scim.delete("/Roles/" + role("QueueManager").path("id").asText()).isError(403);
    scim.createUser("boss", "'roles':[{'value':'" + role("Admin").path("id").asText() + "'}]")
        .isError(403);
    scim.post("/Roles", "{'displayName':'queuemanager'}").isError(409, "uniqueness");
    assertThat(role("SystemAdmin").isMissingNode()).isTrue();
  }

  /** By its id a role is the same one under another name. */
  @Test
  void aRoleThatIsRenamedOnThePbxKeepsItsIdHere() {
    var desk = create("Gate", "general.meeting");
    String path = "/api/roles/" + pbxId(desk);
    var permissions = view().read(path).path("permissions");
    view()
        .http()
        .with("Content-Type", "application/json")
        .send("POST", path, Optional.of("{\"name\":\"Front\",\"permissions\":" + permissions + "}"))
        .isDone();

    create("Other", "general.meeting"); // any write reads them all again

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> role("Front").path("id").asText().equals(desk.id()));
    scim.createUser("ada", "'roles':[{'value':'" + desk.id() + "'}]").is(201);
    assertThat(roleOf("ada")).isEqualTo("Front");
  }
}
