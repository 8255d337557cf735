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
import org.junit.jupiter.params.provider.EnumSource;

class GroupsApiTest extends EmulatorTest {
  private static final PortSipEmulatorOptions DEFAULTS = PortSipEmulatorOptions.defaults();

  private EmulatorClient client;

  @BeforeEach
  void startOne() throws IOException {
    startAs(DEFAULTS);
  }

  private void startAs(PortSipEmulatorOptions options) throws IOException {
    client = EmulatorClient.of(start(options));
  }

  private static ObjectNode sales() {
    ObjectNode group = Json.object().put("name", "sales").put("description", "sells");
    group
        .putArray("outbound_caller_ids")
        .addObject()
        .put("provider_id", "trunk")
        .put("caller_id", "+1");
    return group;
  }

  @Test
  void aGroupIsMadeListedAndReadWithoutItsMembers() throws IOException {
    var created = client.post("/api/groups", sales());

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body()).isEqualTo(Json.object().put("id", created.id()));
    assertThat(client.get("/api/groups").body().path("items").path(0))
        .isEqualTo(
            Json.object().put("id", created.id()).put("name", "sales").put("description", "sells"));
    assertThat(client.get("/api/groups/" + created.id()).body())
        .isEqualTo(sales().put("id", created.id()));
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateIsTheWholeGroupOrWhatItNames(UpdateMode mode) throws IOException {
    startAs(DEFAULTS.withUpdateMode(mode));
    String id = client.post("/api/groups", sales()).id();

    var answer = client.post("/api/groups/" + id, Json.object().put("name", "selling"));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode read = client.get("/api/groups/" + id).body();
    assertThat(read.path("name").asText()).isEqualTo("selling");
    boolean merges = mode == UpdateMode.MERGE;
    assertThat(read.path("description").isNull()).isEqualTo(!merges);
    assertThat(read.path("outbound_caller_ids")).hasSize(merges ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"400", "409"})
  void aNameIsTakenOnce(int status) throws IOException {
    startAs(DEFAULTS.withDuplicateStatus(status));
    String sales = client.post("/api/groups", sales()).id();
    String support = client.post("/api/groups", sales().put("name", "support")).id();

    assertThat(client.post("/api/groups", sales()).status()).isEqualTo(status);
    assertThat(client.post("/api/groups/" + support, sales()).status()).isEqualTo(status);
    assertThat(client.post("/api/groups/" + sales, sales()).status()).isEqualTo(200);
  }

  @Test
  void whatIsNoGroupIsRefused() throws IOException {
    ObjectNode callerId = sales();
    callerId.putArray("outbound_caller_ids").addObject().put("caller_id", "+1");

    for (ObjectNode wrong :
        new ObjectNode[] {
          callerId,
          sales().put("name", ""),
          sales().put("name", "x".repeat(65)),
          sales().put("description", "x".repeat(1025)),
          sales().put("members", 1)
        }) {
      assertThat(client.post("/api/groups", wrong).status()).isEqualTo(400);
    }
  }

  @Test
  void membersHaveTheirExtensionForAKey() throws IOException {
    String user = client.create("ada", "0101").id();
    client.create("bob", "1002").id();
    String group = client.post("/api/groups", sales()).id();
    String members = "/api/groups/" + group + "/members";

    assertThat(client.post(members + "/0101").status()).isEqualTo(200);
    client.post(members + "/1002");

    ObjectNode ada =
        Json.object()
            .put("id", user)
            .put("name", "ada")
            .put("display_name", "The ada")
            .put("extension_number", "0101");
    JsonNode all = client.get(members).body();
    assertThat(all.properties()).hasSize(1);
    assertThat(all.path("items")).hasSize(2);
    assertThat(all.path("items").path(0)).isEqualTo(ada);
    assertThat(client.get(members + "/0101").body()).isEqualTo(ada);

    assertThat(client.post(members + "/0101/destroy").status()).isEqualTo(204);
    assertThat(client.get(members + "/0101").status()).isEqualTo(404);
    assertThat(client.get(members + "/1002").status()).isEqualTo(200);
  }

  @Test
  void whoIsNotInCannotLeaveAndWhoIsNotThereCannotJoin() throws IOException {
    client.create("ada", "1001").id();
    String group = client.post("/api/groups", sales()).id();
    String members = "/api/groups/" + group + "/members";

    assertThat(client.post(members + "/1001/destroy").status()).isEqualTo(404);
    assertThat(client.post(members + "/9999").status()).isEqualTo(404);
    assertThat(client.post("/api/groups/none/members/1001").status()).isEqualTo(404);
    assertThat(client.get("/api/groups/none/members").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"OK, 200", "REFUSED, 400"})
  void addingAPresentMemberIsEither(Undocumented.MemberAddTwice answer, int status)
      throws IOException {
    startAs(DEFAULTS.withMemberAddTwice(answer));
    client.create("ada", "1001").id();
    String members = "/api/groups/" + client.post("/api/groups", sales()).id() + "/members";
    client.post(members + "/1001");

    assertThat(client.post(members + "/1001").status()).isEqualTo(status);
    assertThat(client.get(members).body().path("items")).hasSize(1);
  }

  @Test
  void aUserMayBeInManyGroups() throws IOException {
    client.create("ada", "1001").id();
    for (String name : new String[] {"sales", "support"}) {
      String group = client.post("/api/groups", sales().put("name", name)).id();
      assertThat(client.post("/api/groups/" + group + "/members/1001").status()).isEqualTo(200);
    }
  }

  @Test
  void aDestroyedGroupIsGoneAndItsMembersStay() throws IOException {
    String user = client.create("ada", "1001").id();
    String group = client.post("/api/groups", sales()).id();
    client.post("/api/groups/" + group + "/members/1001");

    assertThat(client.post("/api/groups/" + group + "/destroy").status()).isEqualTo(204);

    assertThat(client.get("/api/groups/" + group).status()).isEqualTo(404);
    assertThat(client.post("/api/groups/" + group + "/destroy").status()).isEqualTo(404);
    assertThat(client.get("/api/users/" + user).status()).isEqualTo(200);
  }
}
