package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsApiTest extends EmulatorTest {
  private EmulatorClient client;
  private String ada;
  private String grace;

  @BeforeEach
  void startOne() throws IOException {
    use(PortSipEmulatorOptions.defaults());
  }

  private void use(PortSipEmulatorOptions options) throws IOException {
    client = EmulatorClient.of(start(options));
    ada = "/api/users/" + client.create("ada", "1001").id();
    grace = "/api/users/" + client.create("grace", "1002").id();
  }

  /** One that breaks no rule. */
  private static ObjectNode phone(String mac) {
    ObjectNode phone =
        Json.object()
            .put("mac", mac)
            .put("filename", "fanvil.ph.xml")
            .put("vendor", "Fanvil")
            .put("model", "V62 Pro")
            .put("password", "63FEE8")
            .put("language", "ENGLISH")
            .put("transfer", "BLIND")
            .put("timezone", "GMT+8 China(Beijing)")
            .put("interface", "WEB_DOMAIN")
            .put("preferred_transport", "UDP");
    phone.putArray("codecs").add("PCMU");
    return phone;
  }

  @Test
  void aPhoneIsMadeReadChangedAndDestroyed() throws IOException {
    String id = client.post(ada + "/phones", phone("0c:38:3e:63:fe:e8")).id();

    var listed = client.get(ada + "/phones").body().path("items");
    assertThat(listed.size()).isEqualTo(1);
    assertThat(client.get(ada + "/phones/" + id).body()).isEqualTo(listed.path(0));
    assertThat(listed.path(0).path("url").asText()).isNotEmpty();
    var german = Json.object().put("language", "GERMAN");
    assertThat(client.post(ada + "/phones/" + id, german).status()).isEqualTo(200);
    assertThat(client.get(ada + "/phones/" + id).body().path("language").asText())
        .isEqualTo("GERMAN");
    assertThat(client.post(ada + "/phones/" + id + "/destroy").status()).isEqualTo(204);
    assertThat(client.get(ada + "/phones/" + id).status()).isEqualTo(404);
    assertThat(client.post(ada + "/phones/" + id + "/destroy").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"400", "409"})
  void aPhoneIsOneUsersHoweverItsAddressIsWritten(int status) throws IOException {
    use(PortSipEmulatorOptions.defaults().withDuplicateStatus(status));
    client.post(ada + "/phones", phone("0c:38:3e:63:fe:e8")).id();

    assertThat(client.post(grace + "/phones", phone("0c-38-3e-63-fe-e8")).status())
        .isEqualTo(status);
    assertThat(client.post(ada + "/phones", phone("0c:38:3e:63:fe:e8")).status()).isEqualTo(status);
    var assignee = client.get("/api/phones/0c:38:3e:63:fe:e8/assignee");
    assertThat(assignee.body().path("extension_number").asText()).isEqualTo("1001");
    assertThat(client.get("/api/phones/0c:38:3e:63:fe:e9/assignee").status()).isEqualTo(404);
    client.post(ada + "/destroy");
    assertThat(client.get("/api/phones/0c:38:3e:63:fe:e8/assignee").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mac", "filename", "vendor", "model"})
  void whatAPhoneIsCannotBeChanged(String field) throws IOException {
    String id = client.post(ada + "/phones", phone("0c:38:3e:63:fe:e8")).id();

    var answer = client.post(ada + "/phones/" + id, Json.object().put(field, "other"));

    assertThat(answer.fault(field)).isEqualTo("cannot be set by this call");
  }

  @ParameterizedTest
  @CsvSource({
    "mac,0C:38:3E:63:FE:E8",
    "mac,0c383e63fee8",
    "language,KLINGON",
    "interface,LAN",
    "preferred_transport,udp",
    "door_password1,12a4"
  })
  void whatIsNoPhoneIsRefused(String field, String value) throws IOException {
    var answer = client.post(ada + "/phones", phone("0c:38:3e:63:fe:e8").put(field, value));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fault(field)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8,2,1", "100,07,7"})
  void aSpeedDialIsAnsweredForAndStandsOnceInItsList(String list, String code, String wrong)
      throws IOException {
    String path = ada + "/speed_dial_" + list;
    ObjectNode dial = Json.object().put("code", code).put("phone_number", "1002");

    String id = client.post(path, dial).id();

    assertThat(client.post(path, dial).status()).isEqualTo(400);
    assertThat(client.post(path, dial.deepCopy().put("code", wrong)).fault("code")).isNotEmpty();
    assertThat(client.get(path).body().path("items").findValuesAsText("code"))
        .containsExactly(code);
    assertThat(client.post(path + "/" + id, dial.put("phone_number", "1003")).status())
        .isEqualTo(200);
    assertThat(client.get(path + "/" + id).body().path("phone_number").asText()).isEqualTo("1003");
    assertThat(client.post(path + "/" + id + "/destroy").status()).isEqualTo(204);
    assertThat(client.get(path).body().path("items").size()).isZero();
  }

  @Test
  void nobodyHasNone() throws IOException {
    assertThat(client.get("/api/users/none/phones").status()).isEqualTo(404);
    assertThat(client.post("/api/users/none/phones", phone("0c:38:3e:63:fe:e8")).status())
        .isEqualTo(404);
    assertThat(client.get("/api/users/none/speed_dial_8").status()).isEqualTo(404);
  }
}
