package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.UpdateMode;
import dev.patchbay.schema.IdentityProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real bridge with a real store, and the emulated PBX behind it, both on free ports and with
 * their files in one directory. Two tenants: {@code office}, which the clients are for, and {@code
 * branch} on the same PBX.
 */
public final class RunningBridge implements AutoCloseable {
  static final String PBX_URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";
  static final String STATE = "/" + PBX_URN + "/provisioning/state";

  private static final Duration IMPATIENT = Duration.ofSeconds(1);

  /** Longer than an {@link #impatient} bridge waits for an answer of the PBX. */
  static final Duration BEYOND_PATIENCE = IMPATIENT.plusMillis(200);

  // The emulated PBX ends a call at once, so it is quiet when the answer is lost.
  private static final Duration QUIET_TIME = Duration.ofMillis(150);

  private static final Secret PBX_TOKEN = TokenHash.randomToken();
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret BRANCH_TOKEN = TokenHash.randomToken();
  private static final Secret OPERATOR_TOKEN = TokenHash.randomToken();

  /** One for each kind of identity provider; {@link #TOKEN} is anybody's. */
  private static final Map<IdentityProvider, Secret> IDP_TOKENS =
      Stream.of(IdentityProvider.values())
          .collect(Collectors.toMap(idp -> idp, idp -> TokenHash.randomToken()));

  private final BridgeSetting setting;
  private PortSipEmulator pbx;
  private List<OpenBridge> bridges = List.of();

  RunningBridge(BridgeSetting setting) throws IOException {
    this.setting = setting;
    this.pbx = startPbx();
    openBridges();
    awaitRoles();
  }

  public static RunningBridge in(Path directory) {
    return on(TestStore.sqlite(), directory);
  }

  public static RunningBridge on(TestStore store, Path directory) {
    return on(store, directory, "");
  }

  /** As {@link BridgeSetting#mapping}. */
  public static RunningBridge on(TestStore store, Path directory, String mapping) {
    return BridgeSetting.of(store, directory).mapping(mapping).open();
  }

  /** As {@link BridgeSetting#more}. */
  public static RunningBridge with(Path directory, String more) {
    return with(TestStore.sqlite(), directory, more);
  }

  static RunningBridge with(TestStore store, Path directory, String more) {
    return BridgeSetting.of(store, directory).more(more).open();
  }

  /** One that soon gives a call to the PBX up. */
  static RunningBridge impatient(TestStore store, Path directory) {
    return BridgeSetting.of(store, directory).callLimit(IMPATIENT).open();
  }

  /** Two bridges on one database. */
  static RunningBridge twice(TestStore.OnPostgresql store, Path directory) {
    return BridgeSetting.of(store, directory).replicas(2).open();
  }

  private PortSipEmulator startPbx() throws IOException {
    return PortSipEmulator.start(
        PortSipEmulatorOptions.defaults()
            .withData(pbxFiles())
            .withToken(PBX_TOKEN.reveal())
            .withUpdateMode(updates())
            .withOtherwise(setting.otherwise())
            .withPasswordPolicy(PasswordPolicy.simple()));
  }

  /** A bridge that is told to read before it writes has a reason to. */
  private UpdateMode updates() {
    return setting.pbx().contains("update-mode: read-modify-write")
        ? UpdateMode.REPLACE
        : UpdateMode.MERGE;
  }

  private void openBridges() throws IOException {
    var opened = new ArrayList<OpenBridge>();
    for (int i = 0; i < setting.replicas(); i++) {
      var clock = Clock.offset(setting.clock(), Duration.ofHours(i));
      var environment = Map.of("PBX_TOKEN", PBX_TOKEN.reveal());
      opened.add(OpenBridge.with(setting.directory(), yaml(), environment, clock));
    }
    bridges = List.copyOf(opened);
  }

  /** Both tenants read the roles when they start: no test is to count that. */
  private void awaitRoles() {
    await("the roles of both tenants")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                bridges.stream().allMatch(each -> ready(each).at("/phoneSystems/up").equals("2")));
  }

  /** What the bridge says of its health. */
  Answer ready() {
    return ready(bridges.getFirst());
  }

  private static Answer ready(OpenBridge bridge) {
    return Http.of(bridge.scimUrl("office").resolve("/"), "")
        .send("GET", "health/ready", Optional.empty());
  }

  private String yaml() {
    return """
    listen: { port: 0 }
    store: %9$s
    operators: [ { name: kim, hash: "%8$s" } ]
    tenants:
      office: { tokens: [ { name: idp, hash: "%1$s" }%5$s ], pbx: %3$s, mapping: %4$s%6$s }
      branch: { tokens: [ { name: idp, hash: "%2$s" } ], pbx: %3$s, mapping: %4$s%7$s }
    """
        .formatted(
            TokenHash.of(TOKEN).text(),
            TokenHash.of(BRANCH_TOKEN).text(),
            pbxYaml(),
            mappingYaml(),
            idpTokens(),
            more("office"),
            more("branch"),
            TokenHash.of(OPERATOR_TOKEN).text(),
            setting.store().yaml(files()));
  }

  private String more(String tenant) {
    return setting.more().isEmpty() ? "" : ", " + setting.more().replace("{tenant}", tenant);
  }

  private static String idpTokens() {
    return IDP_TOKENS.entrySet().stream()
        .map(each -> token(each.getKey().name().toLowerCase(Locale.ROOT), each.getValue()))
        .collect(Collectors.joining());
  }

  private static String token(String idp, Secret token) {
    return ", { name: as-%1$s, idp: %1$s, hash: \"%2$s\" }"
        .formatted(idp, TokenHash.of(token).text());
  }

  private String pbxYaml() {
    return "{ dialect: portsip, base-url: \"%s\", token: env:PBX_TOKEN, "
        .concat("quiet-time: %s, call-limit: %s, %s }")
        .formatted(pbx.uri(), QUIET_TIME, setting.callLimit(), setting.pbx());
  }

  private String mappingYaml() {
    return "{ email-fallback: \"{pbxUserName}@example.invalid\", "
        + "initial-password: generate-if-weak, "
        + "extensions: { pools: { default: { ranges: [\"1000-1999\"] } } } %s }"
            .formatted(setting.mapping().isEmpty() ? "" : ", " + setting.mapping());
  }

  /** The identity provider of {@code office}. */
  public ScimClient scim() {
    return scim("office", TOKEN);
  }

  /** The identity provider of {@code office}, known to be one of this kind. */
  public ScimClient scim(IdentityProvider idp) {
    return scim("office", IDP_TOKENS.get(idp));
  }

  /** With another tenant's token. */
  public ScimClient intruder() {
    return scim("office", BRANCH_TOKEN);
  }

  ScimClient scim(String tenant) {
    return scim(tenant, TOKEN);
  }

  /** The identity provider of {@code office}, at one of several bridges. */
  ScimClient scimAt(int number) {
    return new ScimClient(Http.of(scimUrls("office").get(number), TOKEN.reveal()));
  }

  private ScimClient scim(String tenant, Secret token) {
    return new ScimClient(Http.of(scimUrls(tenant), token.reveal()));
  }

  private List<URI> scimUrls(String tenant) {
    return bridges.stream().map(each -> each.scimUrl(tenant)).toList();
  }

  /** The operators' API, with an operator's token. */
  Http operator() {
    return Http.of(scimUrls("office").getFirst().resolve("/api/v1"), OPERATOR_TOKEN.reveal());
  }

  /** What the operators' API says of the PBX of {@code office}, at one of several bridges. */
  JsonNode phoneSystem(int number) {
    return Http.of(scimUrls("office").get(number).resolve("/api/v1"), OPERATOR_TOKEN.reveal())
        .send("GET", "/pbx", Optional.empty())
        .is(200)
        .json()
        .at("/items/0");
  }

  PortSipEmulator emulator() {
    return pbx;
  }

  PbxView pbx() {
    return PbxView.of(pbx);
  }

  /** The calls the PBX gets while this is done. */
  List<String> callsDuring(Runnable work) {
    pbx.calls().clear();
    work.run();
    return pbx.calls().lines();
  }

  /** Stops both and starts them again on the same files. */
  void restart() {
    stop();
    start();
  }

  void stop() {
    bridges.forEach(OpenBridge::close);
    pbx.close();
  }

  void start() {
    try {
      pbx = startPbx();
      openBridges();
      awaitRoles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the emulated PBX keeps its files. */
  Path pbxFiles() {
    return setting.directory().resolve("pbx");
  }

  /** Where the bridge keeps its files. */
  Path files() {
    return setting.directory().resolve("bridge");
  }

  /** What could betray something: the tokens of both sides. */
  static List<String> tokens() {
    return Stream.concat(Stream.of(PBX_TOKEN, TOKEN, BRANCH_TOKEN), IDP_TOKENS.values().stream())
        .map(Secret::reveal)
        .toList();
  }

  /** Ids of the entries with open work. */
  Set<String> openWork() {
    return texts("SELECT entry_id FROM journal");
  }

  Set<String> texts(String sql) {
    var ids = new TreeSet<String>();
    try (var connection = setting.store().connection(files());
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever changed something, as the provisioning log has it. */
  Set<String> sources() {
    return texts("SELECT source FROM provisioning_log WHERE type <> 'Role'");
  }

  /** Waits until the journal has no open work. */
  public RunningBridge settled() {
    await("the journal to finish")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> openWork().isEmpty());
    return this;
  }

  /** Asserts that every SCIM user and group is on the PBX as SCIM shows it, and nothing else is. */
  void assertBothSidesAgree() {
    assertThat(openWork()).as("open work").isEmpty();
    List<JsonNode> users = resources("Users");
    assertThat(pbx().users())
        .extracting(RunningBridge::onPbx)
        .containsExactlyInAnyOrderElementsOf(map(users, RunningBridge::inScim));
    List<JsonNode> groups = resources("Groups");
    assertThat(pbx().groups())
        .extracting(group -> group.path("name").asText() + " " + pbx().members(group))
        .containsExactlyInAnyOrderElementsOf(
            map(groups, group -> group.path("displayName").asText() + " " + members(group, users)));
    assertThat(users).allMatch(user -> user.at(STATE).asText().equals("synced"));
  }

  /** Deletes everybody and everything, for the next test. */
  void empty() {
    for (String type : List.of("Groups", "Users")) {
      resources(type).forEach(each -> scim().delete("/" + type + "/" + each.path("id").asText()));
    }
    settled();
  }

  private List<JsonNode> resources(String type) {
    var all = new ArrayList<JsonNode>();
    scim().get("/" + type + "?count=1000").is(200).json().path("Resources").forEach(all::add);
    return all;
  }

  private static String onPbx(JsonNode user) {
    return "%s %s '%s' enabled=%s"
        .formatted(
            user.path("name").asText(),
            user.path("extension_number").asText(),
            user.path("display_name").asText(),
            user.path("enabled").asText());
  }

  private static String inScim(JsonNode user) {
    JsonNode pbx = user.path(PBX_URN);
    return "%s %s '%s' enabled=%s"
        .formatted(
            pbx.path("pbxUserName").asText(),
            pbx.path("extensionNumber").asText(),
            displayName(user),
            user.path("active").asText());
  }

  private static String displayName(JsonNode user) {
    String whole = user.at("/name/givenName").asText() + " " + user.at("/name/familyName").asText();
    return Stream.of(
            user.path("displayName").asText(),
            user.at("/name/formatted").asText(),
            whole.strip(),
            user.path("userName").asText())
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> members(JsonNode group, List<JsonNode> users) {
    var ids = new TreeSet<String>();
    group.path("members").forEach(member -> ids.add(member.path("value").asText()));
    var extensions = new TreeSet<String>();
    users.stream()
        .filter(user -> ids.contains(user.path("id").asText()))
        .forEach(user -> extensions.add(user.path(PBX_URN).path("extensionNumber").asText()));
    assertThat(extensions).as("members known here").hasSameSizeAs(ids);
    return extensions;
  }

  private static List<String> map(List<JsonNode> nodes, Function<JsonNode, String> to) {
    return nodes.stream().map(to).toList();
  }

  @Override
  public void close() {
    stop();
  }
}
