package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.xelion.XelionClient;
import dev.patchbay.emulator.xelion.XelionEmulator;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A person is two objects on Xelion, so that most writes take two requests and more: whatever
 * happens to one of them, directory and Xelion end alike, and without anybody asking again.
 */
@Timeout(120)
class XelionStepsTest {
  private static final String API = "/api/v1/master/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret KIM = TokenHash.randomToken();
  private static final Secret PASSWORD = TokenHash.randomToken();
  private static final List<Fault> FAULTS =
      List.of(new Fault.Reset(), new Fault.DropAfterCommit(), new Fault.Status(429));

  @TempDir private Path directory;
  private XelionEmulator pbx;
  private XelionClient view;
  private OpenBridge bridge;
  private ScimClient scim;

  @BeforeEach
  void start() throws IOException {
    pbx = XelionEmulator.start(XelionEmulatorOptions.defaults(PASSWORD.reveal()));
    var guest = XelionClient.of(pbx);
    view = guest.in(guest.logIn("bridge", PASSWORD.reveal(), "test"));
    open("refuse");
  }

  private void open(String onUnavailable) throws IOException {
    var yaml = yaml(onUnavailable);
    bridge = OpenBridge.with(directory, yaml, Map.of("PBX_PASSWORD", PASSWORD.reveal()));
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    pbx.close();
  }

  private String yaml(String onUnavailable) {
    return """
    listen: { port: 0 }
    store: { url: "sqlite:patchbay.db" }
    operators: [ { name: kim, hash: "%3$s" } ]
    tenants:
      office:
        tokens: [ { name: idp, hash: "%1$s" } ]
        policy: { on-unavailable: %4$s }
        pbx: { dialect: xelion, base-url: "%2$s", username: bridge, password: env:PBX_PASSWORD,
               quiet-time: PT0.15S, resilience: { window: 1000 } }
        mapping: { email-fallback: "{pbxUserName}@example.invalid" }
    """
        .formatted(TokenHash.of(TOKEN).text(), pbx.uri(), TokenHash.of(KIM).text(), onUnavailable);
  }

  @ParameterizedTest
  @CsvSource({
    "create, POST,   addressables",
    "create, POST,   users",
    "leave,  PATCH,  users/.*",
    "leave,  PUT,    addressables/.*",
    "delete, DELETE, users/.*",
    "delete, DELETE, addressables/.*"
  })
  void whateverHappensToOneOfItsRequestsBothSidesEndAlike(
      String write, String method, String resource) {
    for (int person = 0; person < FAULTS.size(); person++) {
      String name = "ada-" + person + "@corp.example";
      String id = write.equals("create") ? "" : create(name).is(201).id();
      pbx.faults().replace(FaultRule.on(method, API + resource, FAULTS.get(person)).times(1));

      Answer answer = send(write, name, id);

      assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204, 429, 503);
      assertThat(pbx.faults().rules()).as("the fault was met").isEmpty();
    }

    await().atMost(PATIENCE).untilAsserted(this::assertAlike);
    if (!write.equals("create")) {
      assertThat(accounts()).allMatch(account -> !account.path("active").asBoolean());
    }
    if (write.equals("delete")) {
      assertThat(accounts()).isEmpty();
    }
  }

  @Test
  void aHalfMadePersonIsFoundHoweverOftenAnOperatorTookItBack() throws IOException {
    bridge.close();
    open("queue");
    pbx.faults().replace(FaultRule.on("POST", API + "users", new Fault.Reset()));
    String id = create("ada@corp.example").is(201).id();
    await().atMost(PATIENCE).until(() -> !rows("addressables?limit=100").isEmpty());

    var operator = Http.of(bridge.scimUrl("office").resolve("/api/v1"), KIM.reveal());
    for (int time = 0; time < 2; time++) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  operator.send("POST", "/work/" + id + "/cancel", Optional.empty()).status()
                      == 204);
    }
    pbx.faults().replace();

    await().atMost(PATIENCE).untilAsserted(this::assertAlike);
  }

  private Answer send(String write, String name, String id) {
    return switch (write) {
      case "create" -> create(name);
      case "leave" ->
          scim.patch(
              "/Users/" + id,
              "{'op':'replace','path':'active','value':false},"
                  + "{'op':'replace','path':'displayName','value':'Countess'}");
      default -> scim.delete("/Users/" + id);
    };
  }

  private Answer create(String userName) {
    return scim.createUser(userName, "'displayName':'Ada Lovelace'");
  }

  /** The same people with the same names, working or not, and nobody in the address book else. */
  private void assertAlike() {
    var wanted = new TreeMap<String, String>();
    var states = new TreeSet<String>();
    for (JsonNode user : scim.get("/Users?count=100").is(200).json().path("Resources")) {
      JsonNode own = user.path(RunningBridge.PBX_URN);
      wanted.put(
          own.path("pbxUserName").asText(),
          user.path("displayName").asText() + " " + user.path("active"));
      states.add(own.at("/provisioning/state").asText());
    }
    var persons = new TreeMap<String, String>();
    rows("addressables?limit=100")
        .forEach(it -> persons.put(it.path("oid").asText(), it.path("commonName").asText()));
    var found = new TreeMap<String, String>();
    for (JsonNode account : accounts()) {
      String person = persons.remove(account.at("/person/oid").asText());
      found.put(account.path("userName").asText(), person + " " + account.path("active"));
    }
    assertThat(states).isSubsetOf("synced");
    assertThat(found).isEqualTo(wanted);
    assertThat(persons).as("Persons without an account").isEmpty();
  }

  private List<JsonNode> accounts() {
    return rows("users?include=userName,person,active&limit=100");
  }

  private List<JsonNode> rows(String path) {
    return view.get(path).body().path("data").findValues("object");
  }
}
