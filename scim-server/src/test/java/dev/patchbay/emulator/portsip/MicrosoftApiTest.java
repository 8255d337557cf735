package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosoftApiTest extends EmulatorTest {
  private static final String OID = "0f1c2d3e-4a5b-4c6d-8e7f-001122334455";

  private EmulatorClient client;
  private String ada = "";
  private String bob = "";

  @BeforeEach
  void startWithTwo() throws IOException {
    startAs(PortSipEmulatorOptions.defaults());
  }

  private void startAs(PortSipEmulatorOptions options) throws IOException {
    client = EmulatorClient.of(start(options));
    ada = client.create("ada", "1001").id();
    bob = client.create("bob", "1002").id();
  }

  private int bind(String user, String id) throws IOException {
    return client
        .post("/api/users/" + user + "/ms365_binding", Json.object().put("id", id))
        .status();
  }

  private int unbind(String user) throws IOException {
    return client.post("/api/users/" + user + "/ms365_binding/destroy").status();
  }

  @Test
  void aUserIsBoundAndUnbound() throws IOException {
    assertThat(bind(ada, OID)).isEqualTo(200);
    assertThat(unbind(ada)).isEqualTo(204);
    assertThat(unbind(ada)).isEqualTo(404);
    assertThat(bind(ada, "ada@contoso.example")).isEqualTo(200);
  }

  @Test
  void bindingTheSameAgainIsFineInAnyCase() throws IOException {
    bind(ada, OID);

    assertThat(bind(ada, OID.toUpperCase(Locale.ROOT))).isEqualTo(200);
  }

  @Test
  void bindingAnotherNeedsAnUnbindFirst() throws IOException {
    bind(ada, OID);

    assertThat(bind(ada, "other@contoso.example")).isEqualTo(400);

    unbind(ada);
    assertThat(bind(ada, "other@contoso.example")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409})
  void oneMicrosoftUserIsBoundOnceUntilThatUserIsGone(int status) throws IOException {
    startAs(PortSipEmulatorOptions.defaults().withDuplicateStatus(status));
    bind(ada, OID);

    assertThat(bind(bob, OID)).isEqualTo(status);

    client.post("/api/users/" + ada + "/destroy");
    assertThat(bind(bob, OID)).isEqualTo(200);
  }

  @Test
  void nothingIsBoundWhileTheIntegrationIsOff() throws IOException {
    startAs(PortSipEmulatorOptions.defaults().withMs365(false));

    assertThat(bind(ada, OID)).isEqualTo(400);
    assertThat(client.get("/api/ms365").body().path("enabled").asBoolean()).isFalse();
    assertThat(client.get("/api/info").body().path("enable_ms365_integration").asBoolean())
        .isFalse();
  }

  @Test
  void aBindingNeedsAnId() throws IOException {
    assertThat(client.post("/api/users/" + ada + "/ms365_binding", Json.object()).status())
        .isEqualTo(400);
  }

  @Test
  void noReadShowsTheBinding() throws IOException {
    bind(ada, OID);

    var read = client.get("/api/users/" + ada);
    assertThat(read.response().body()).doesNotContain(OID);
    assertThat(read.body().path("sync_type").isNull()).isTrue();
  }

  @Test
  void aKnownPrincipalNameIsTheSameAsItsObjectId() throws IOException {
    var people = Json.array();
    people
        .addObject()
        .put("id", OID)
        .put("name", "ada@contoso.example")
        .put("email", "ada@example.com");
    client.send(
        "PUT",
        "/_emulator/ms365/users",
        java.util.Optional.of(people.toString()),
        "application/json");

    assertThat(client.get("/api/ms365/users").body().path("items")).isEqualTo(people);
    bind(ada, "ADA@contoso.example");
    assertThat(bind(ada, OID)).isEqualTo(200);
    assertThat(bind(bob, OID)).isEqualTo(400);
  }

  @Test
  void thePbxMakesUsersOfItsOwn() throws IOException {
    ObjectNode synced = Json.object().put("name", "synced").put("extension_number", "3001");
    String id = client.post("/_emulator/users", synced).id();

    var user = client.get("/api/users/" + id).body();

    assertThat(user.path("sync_type").asText()).isEqualTo("Microsoft 365");
    assertThat(user.path("role").asText()).isEqualTo("StandardUser");
    assertThat(client.post("/_emulator/users", synced).status()).isEqualTo(400);
  }
}
