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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** The PBX's roles as resources. */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class RolesTest {
  private static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Role";
  private static final String DESK =
      "{'schemas':['urn:okta:scim:schemas:core:1.0:Role','%1$s'],'displayName':'Desk',"
          .concat("'description':'Who answers first',")
          .concat("'%1$s':{'permissions':[{'value':'policies.internal_calls'}]}}")
          .formatted(URN);

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
    bridge.empty();
    list("")
        .forEach(
            role -> {
              if (!role.path(URN).path("builtIn").asBoolean()) {
                bridge.scim().delete("/Roles/" + role.path("id").asText()).is(204);
              }
            });
  }

  private ScimClient scim() {
    return bridge.scim();
  }

  private List<JsonNode> list(String query) {
    var page = scim().get("/Roles" + query).is(200).json().path("Resources");
    return StreamSupport.stream(page.spliterator(), false).toList();
  }

  private String idOf(String name) {
    return list("?filter=displayName eq \"" + name + "\"").getFirst().path("id").asText();
  }

  @Test
  void thePbxsRolesAreListedReadAndFilteredWithoutACall() {
    var calls =
        bridge.callsDuring(
            () -> {
              assertThat(list(""))
                  .extracting(role -> role.path("displayName").asText())
                  .containsExactlyInAnyOrder(
                      "Admin", "QueueManager", "StandardInternationalUser", "StandardUser");
              var admin = scim().get("/Roles/" + idOf("Admin")).is(200);
              assertThat(admin.json().path(URN).path("builtIn").asBoolean()).isTrue();
              assertThat(admin.json().path(URN).path("assignable").asBoolean(true)).isFalse();
              assertThat(admin.at("/meta/resourceType")).isEqualTo("Role");
              assertThat(admin.header("ETag")).isNotEmpty();
              assertThat(
                      list("?filter=" + URN + ":permissions eq \"policies.international_calls\""))
                  .extracting(role -> role.path("displayName").asText())
                  .contains("StandardInternationalUser")
                  .doesNotContain("StandardUser");
              var first = list("?attributes=" + URN + ":pbxId").getFirst();
              assertThat(first.path(URN).path("pbxId").asText()).isNotEmpty();
            });

    assertThat(calls).isEmpty();
  }

  @Test
  void theTypeIsDeclaredAsOktaLooksForIt() {
    var type = scim().get("/ResourceTypes/Role").is(200);

    assertThat(type.at("/endpoint")).isEqualTo("/Roles");
    assertThat(type.at("/schema")).isEqualTo("urn:okta:scim:schemas:core:1.0:Role");
    scim().get("/Schemas/urn:okta:scim:schemas:core:1.0:Role").is(200);
    scim().get("/Schemas/" + URN).is(200);
  }

  @Test
  void aRoleIsMadeChangedGivenAndDeleted() {
    var desk = scim().post("/Roles", DESK).is(201);
    assertThat(onPbx().at("/permissions/policies/internal_calls").asBoolean()).isTrue();
    assertThat(desk.json().path(URN).path("assignable").asBoolean()).isTrue();

    scim()
        .patch(
            "/Roles/" + desk.id(),
            "{'op':'add','path':'%s:permissions','value':[{'value':'general.meeting'}]}"
                .formatted(URN))
        .is(200);
    assertThat(onPbx().at("/permissions/general/meeting").asBoolean()).isTrue();
    assertThat(onPbx().at("/permissions/policies/internal_calls").asBoolean()).isTrue();
    assertThat(onPbx().path("description").asText()).isEqualTo("Who answers first");

    var ada = scim().createUser("ada", "'roles':[{'value':'" + desk.id() + "'}]").is(201);
    assertThat(bridge.pbx().user("ada").path("role").asText()).isEqualTo("Desk");
    scim().delete("/Roles/" + desk.id()).isError(409);

    scim().delete("/Users/" + ada.id()).is(204);
    scim().delete("/Roles/" + desk.id()).is(204);
    scim().get("/Roles/" + desk.id()).isError(404);
    assertThat(bridge.pbx().read("/api/roles").toString()).doesNotContain("Desk");
  }

  private JsonNode onPbx() {
    return bridge.pbx().read("/api/roles/Desk");
  }

  @Test
  void aRoleValueIsResolvedWithoutACall() {
    var manager = idOf("QueueManager");

    var calls =
        bridge.callsDuring(
            () -> scim().createUser("ada", "'roles':[{'value':'" + manager + "'}]").is(201));

    assertThat(calls).containsExactly("POST /api/users");
    assertThat(bridge.pbx().user("ada").path("role").asText()).isEqualTo("QueueManager");
  }

  @Test
  void whatMustNotBeIsRefused() {
    scim().createUser("ada", "'roles':[{'value':'" + idOf("Admin") + "'}]").isError(403);
    scim().delete("/Roles/" + idOf("StandardUser")).isError(403);
    scim()
        .patch(
            "/Roles/" + idOf("StandardUser"),
            "{'op':'replace','path':'description','value':'ours'}")
        .isError(403);
    scim()
        .post("/Roles", DESK.replace("policies.internal_calls", "user_management.users"))
        .isError(403);
    scim()
        .post("/Roles", DESK.replace("policies.internal_calls", "kitchen.cook"))
        .isError(400, "invalidValue");
    scim().post("/Roles", DESK.replace("'Desk'", "'dealer'")).isError(409, "uniqueness");
    scim().post("/Roles", DESK.replace("'Desk'", "'queuemanager'")).isError(409, "uniqueness");
    var desk = scim().post("/Roles", DESK).is(201);
    scim()
        .patch("/Roles/" + desk.id(), "{'op':'replace','path':'displayName','value':'Front Desk'}")
        .isError(400, "mutability");
    scim().post("/Roles", DESK).isError(409, "uniqueness");
  }

  @Test
  void theLastRolesServeWhileThePbxDoesNotAnswer(@TempDir Path directory) {
    try (var other = RunningBridge.impatient(store, directory)) {
      var before = other.scim().get("/Roles").is(200).json().path("Resources");
      other.emulator().faults().replace(FaultRule.on("GET", "/api/roles.*", new Fault.Status(503)));

      other.scim().post("/Roles", DESK).isRetry(503);

      assertThat(other.scim().get("/Roles").json().path("Resources")).isEqualTo(before);
      await().until(() -> other.ready().at("/status").equals("degraded"));
    }
  }

  @Test
  void anUnansweredCreateIsFinishedByItsRepeat() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/roles", new Fault.DropAfterCommit()).times(1));

    scim().post("/Roles", DESK).isRetry(503);
    var repeated = scim().post("/Roles", DESK).is(201);

    assertThat(onPbx().path("name").asText()).isEqualTo("Desk");
    assertThat(idOf("Desk")).isEqualTo(repeated.id());
  }
}
