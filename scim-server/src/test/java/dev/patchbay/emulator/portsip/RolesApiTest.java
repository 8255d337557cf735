package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesApiTest extends EmulatorTest {
  private EmulatorClient client;

  @BeforeEach
  void startOne() throws IOException {
    client = EmulatorClient.of(start());
  }

  private static ObjectNode role(String name) {
    ObjectNode role = Json.object().put("name", name).put("description", "made up");
    role.putObject("permissions").putObject("user_management").put("users", true);
    return role;
  }

  @Test
  void theTenantsRolesAreListedByNameAndDescription() throws IOException {
    var page = client.get("/api/roles");

    assertThat(page.body().path("items").findValuesAsText("name"))
        .containsExactly("Admin", "QueueManager", "StandardInternationalUser", "StandardUser");
    assertThat(page.body().path("count").asInt()).isEqualTo(4);
    assertThat(page.body().path("items").path(0).size()).isEqualTo(2);
  }

  @Test
  void aRoleIsMadeAndHasItsNameForAKey() throws IOException {
    var answer = client.post("/api/roles", role("Front Desk/1"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(Json.object().put("name", "Front Desk/1"));
    JsonNode read = client.get("/api/roles/Front%20Desk%2F1").body();
    assertThat(read.path("name").asText()).isEqualTo("Front Desk/1");
    assertThat(read.path("permissions").path("user_management").path("users").asBoolean()).isTrue();
    JsonNode roles = read.path("permissions").path("user_management").path("roles");
    assertThat(roles.isBoolean()).isTrue();
    assertThat(roles.asBoolean()).isFalse();
    assertThat(read.path("permissions").size()).isEqualTo(11);
  }

  @Test
  void aMadeRoleCanBeGivenAndIsThenInUse() throws IOException {
    client.post("/api/roles", role("Desk"));
    String user =
        client.post("/api/users", EmulatorClient.user("ada", "1001").put("role", "Desk")).id();

    assertThat(client.post("/api/roles/Desk/destroy").status()).isEqualTo(400);

    client.post("/api/users/" + user + "/role", Json.object().put("role", "StandardUser"));
    assertThat(client.post("/api/roles/Desk/destroy").status()).isEqualTo(204);
    assertThat(client.get("/api/roles/Desk").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SystemAdmin",
        "Replicator",
        "Dealer",
        "Admin",
        "StandardUser",
        "StandardInternationalUser",
        "QueueManager"
      })
  void builtInRolesCanNeitherBeMadeNorChangedNorDestroyed(String name) throws IOException {
    assertThat(client.post("/api/roles", role(name)).fault("name")).isEqualTo("is reserved");
    assertThat(client.post("/api/roles", role(name.toUpperCase(java.util.Locale.ROOT))).status())
        .isEqualTo(400);
    assertThat(client.post("/api/roles/" + name, role(name)).status()).isEqualTo(403);
    assertThat(client.post("/api/roles/" + name + "/destroy").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"400", "409"})
  void aNameIsTakenOnceWithCase(int status) throws IOException {
    client =
        EmulatorClient.of(start(PortSipEmulatorOptions.defaults().withDuplicateStatus(status)));
    client.post("/api/roles", role("Desk"));

    assertThat(client.post("/api/roles", role("Desk")).status()).isEqualTo(status);
    assertThat(client.post("/api/roles", role("desk")).status()).isEqualTo(201);
  }

  @Test
  void anUpdateIsTheWholeRole() throws IOException {
    client.post("/api/roles", role("Desk"));
    ObjectNode changed = Json.object().put("name", "Desk");
    changed.putObject("permissions").putObject("trunk").put("view_only", true);

    assertThat(client.post("/api/roles/Desk", changed).status()).isEqualTo(200);

    JsonNode read = client.get("/api/roles/Desk").body();
    assertThat(read.path("description").isNull()).isTrue();
    assertThat(read.path("permissions").path("trunk").path("view_only").asBoolean()).isTrue();
    assertThat(read.path("permissions").path("user_management").path("users").asBoolean())
        .isFalse();
    assertThat(client.post("/api/roles/Desk", role("Other")).fault("name")).isNotEmpty();
    assertThat(client.post("/api/roles/None", role("None")).status()).isEqualTo(404);
    assertThat(client.post("/api/roles/None/destroy").status()).isEqualTo(404);
  }

  @Test
  void withIdsARoleIsReadAndRenamedByItsId() throws IOException {
    client = EmulatorClient.of(start(PortSipEmulatorOptions.defaults().withLevel(Level.V22_3)));
    String id = client.post("/api/roles", role("Desk")).id();
    client.post("/api/users", EmulatorClient.user("ada", "1001").put("role", "Desk"));

    assertThat(client.get("/api/roles/Desk").status()).isEqualTo(404);
    assertThat(client.get("/api/roles/" + id).body().path("protected").asBoolean(true)).isFalse();
    assertThat(client.post("/api/roles/" + id, role("Admin")).fault("name"))
        .isEqualTo("is reserved");
    assertThat(client.post("/api/roles/" + id, role("Front")).status()).isEqualTo(200);

    assertThat(client.get("/api/roles/" + id).body().path("name").asText()).isEqualTo("Front");
    JsonNode ada = client.get("/api/users").body().at("/items/0");
    assertThat(ada.path("role_name").asText()).isEqualTo("Front");
    assertThat(ada.path("role_id").asText()).isEqualTo(id);
  }

  @Test
  void whatIsNoRoleIsRefused() throws IOException {
    ObjectNode unknown = role("Desk");
    unknown.withObject("/permissions").putObject("kitchen").put("cook", true);
    ObjectNode number = role("Desk");
    number.withObject("/permissions").putObject("trunk").put("view_only", 1);

    for (ObjectNode wrong :
        new ObjectNode[] {
          unknown,
          number,
          role(""),
          role("x".repeat(65)),
          role("Desk").put("description", "x".repeat(1025)),
          Json.object().put("name", "Desk")
        }) {
      assertThat(client.post("/api/roles", wrong).status()).isEqualTo(400);
    }
  }
}
