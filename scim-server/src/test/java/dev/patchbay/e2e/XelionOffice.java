package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Faults;
import dev.patchbay.emulator.xelion.Undocumented;
import dev.patchbay.emulator.xelion.XelionClient;
import dev.patchbay.emulator.xelion.XelionEmulator;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A bridge in front of an emulated Xelion, whose accounts and Persons are compared with it. */
final class XelionOffice implements AutoCloseable {
  static final String API = "/api/v1/master/";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret KIM = TokenHash.randomToken();
  private static final Secret PASSWORD = TokenHash.randomToken();

  private final XelionEmulator pbx;
  private final XelionClient view;
  private final OpenBridge bridge;
  final ScimClient scim;

  private XelionOffice(XelionEmulator pbx, XelionClient view, OpenBridge bridge) {
    this.pbx = pbx;
    this.view = view;
    this.bridge = bridge;
    this.scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  static XelionOffice open(Path directory, String onUnavailable) throws IOException {
    return open(directory, onUnavailable, Undocumented.usual(), "true");
  }

  /** One that drops the addresses of new Persons, and a bridge that looks whether it does. */
  static XelionOffice openWithoutAddresses(Path directory) throws IOException {
    return open(directory, "refuse", Undocumented.usual().withAddressesOnCreate(false), "look");
  }

  private static XelionOffice open(
      Path directory, String onUnavailable, Undocumented undocumented, String addressesOnCreate)
      throws IOException {
    var options = XelionEmulatorOptions.defaults(PASSWORD.reveal()).with(undocumented);
    var pbx = XelionEmulator.start(options);
    var guest = XelionClient.of(pbx);
    var view = guest.in(guest.logIn("bridge", PASSWORD.reveal(), "test"));
    var yaml = yaml(pbx, onUnavailable, addressesOnCreate);
    var secrets = Map.of("PBX_PASSWORD", PASSWORD.reveal());
    return new XelionOffice(pbx, view, OpenBridge.with(directory, yaml, secrets));
  }

  private static String yaml(XelionEmulator pbx, String onUnavailable, String addressesOnCreate) {
    return """
    listen: { port: 0 }
    store: { url: "sqlite:patchbay.db" }
    operators: [ { name: kim, hash: "%3$s" } ]
    tenants:
      office:
        tokens: [ { name: idp, hash: "%1$s" } ]
        policy: { on-unavailable: %4$s }
        pbx: { dialect: xelion, base-url: "%2$s", username: bridge, password: env:PBX_PASSWORD,
               quiet-time: PT0.15S, resilience: { window: 1000 }, addresses-on-create: %5$s }
        mapping: { email-fallback: "{pbxUserName}@example.invalid" }
    """
        .formatted(
            TokenHash.of(TOKEN).text(),
            pbx.uri(),
            TokenHash.of(KIM).text(),
            onUnavailable,
            addressesOnCreate);
  }

  @Override
  public void close() {
    bridge.close();
    pbx.close();
  }

  Faults faults() {
    return pbx.faults();
  }

  Answer create(String userName) {
    return scim.createUser(userName, "'displayName':'Ada Lovelace'");
  }

  /** An operator takes back what is open on the entry, as soon as something is. */
  void cancel(String id) {
    var operator = Http.of(bridge.scimUrl("office").resolve("/api/v1"), KIM.reveal());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                operator.send("POST", "/work/" + id + "/cancel", Optional.empty()).status() == 204);
  }

  /** Somebody deletes the only account at the PBX; its Person stays. */
  void deleteTheAccount() {
    view.delete("users/" + accounts().getFirst().path("oid").asText());
    assertThat(accounts()).isEmpty();
  }

  /** Without anybody asking again. */
  void awaitAlike() {
    await().atMost(PATIENCE).untilAsserted(this::assertAlike);
  }

  void awaitPersons(int count) {
    await().atMost(PATIENCE).until(() -> persons().size() == count);
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
    persons().forEach(it -> persons.put(it.path("oid").asText(), it.path("commonName").asText()));
    var found = new TreeMap<String, String>();
    for (JsonNode account : accounts()) {
      String person = persons.remove(account.at("/person/oid").asText());
      found.put(account.path("userName").asText(), person + " " + account.path("active"));
    }
    assertThat(states).isSubsetOf("synced");
    assertThat(found).isEqualTo(wanted);
    assertThat(persons).as("Persons without an account").isEmpty();
  }

  /** Those who are in the only group. */
  void awaitMembers(String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(members()).containsExactlyInAnyOrder(names));
  }

  private List<String> members() {
    var group = "usergroups/" + rows("usergroups?limit=2").getFirst().path("oid").asText();
    var names = new TreeMap<String, String>();
    accounts().forEach(it -> names.put(it.path("oid").asText(), it.path("userName").asText()));
    var members = new ArrayList<String>();
    for (JsonNode relation : view.get(group).body().path("object").path("users")) {
      members.add(names.get(relation.at("/user/oid").asText()));
    }
    return members;
  }

  List<JsonNode> accounts() {
    return rows("users?include=userName,person,active&limit=100");
  }

  List<JsonNode> persons() {
    return rows("addressables?limit=100");
  }

  private List<JsonNode> rows(String path) {
    return view.get(path).body().path("data").findValues("object");
  }
}
