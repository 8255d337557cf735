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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person's time with an emulated Xelion, and creates that are stopped half way. */
@Timeout(60)
class XelionTest {
  private static final String API = "/api/v1/master";
  private static final String PBX_GROUP = RunningBridge.PBX_URN.replace(":User", ":Group");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret PASSWORD = TokenHash.randomToken();

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
    open();
  }

  @AfterEach
  void stop() {
    bridge.close();
    pbx.close();
  }

  private void open() throws IOException {
    var environment = Map.of("PBX_PASSWORD", PASSWORD.reveal());
    bridge = OpenBridge.with(directory, yaml(), environment);
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  private String yaml() {
    return """
    listen: { port: 0 }
    store: { url: "sqlite:patchbay.db" }
    tenants:
      office:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx: { dialect: xelion, base-url: "%s", username: bridge, password: env:PBX_PASSWORD,
               quiet-time: PT0.15S, resilience: { window: 1000 } }
        mapping: { email-fallback: "{pbxUserName}@example.invalid",
                   default-role: user }
    """
        .formatted(TokenHash.of(TOKEN).text(), pbx.uri());
  }

  /** The requests the PBX gets while this is done, in their order. */
  private List<String> during(Runnable work) {
    pbx.calls().clear();
    work.run();
    return pbx.calls().lines().stream()
        .map(line -> line.replace(API, ""))
        .map(line -> line.replaceAll("/\\d+", "/#"))
        .toList();
  }

  private Answer change(String user, String operation) {
    return scim.patch("/Users/" + user, operation).is(200);
  }

  @Test
  void numbersOfAGroupAreNothingItHas() {
    var answer =
        scim.post(
                "/Groups",
                "{'displayName':'Sales','%s':{'outboundCallerIds':[{'provider':'t','value':'1'}]}}"
                    .formatted(RunningBridge.PBX_URN.replace(":User", ":Group")))
            .isError(501);

    assertThat(answer.at("/detail")).contains("outboundCallerIds");
  }

  @Test
  void aPersonsWholeTimeTakesNoMoreRequestsThanItHasTo() {
    var ada = new ArrayList<String>();
    assertThat(during(() -> ada.add(create("ada@corp.example").is(201).id())))
        .containsExactly("POST /addressables", "POST /users");
    String id = ada.getFirst();

    assertThat(
            during(
                () -> change(id, "{'op':'replace','path':'roles','value':[{'value':'manager'}]}")))
        .containsExactly("PATCH /users/#");
    assertThat(during(() -> change(id, "{'op':'replace','path':'displayName','value':'Countess'}")))
        .containsExactly("GET /addressables/#", "PUT /addressables/#");
    assertThat(
            during(() -> change(id, "{'op':'replace','path':'password','value':'Blue-7-Kettle'}")))
        .containsExactly("PATCH /users/#");
    assertThat(during(() -> change(id, "{'op':'replace','path':'title','value':'Countess'}")))
        .isEmpty();
    assertThat(during(() -> scim.createGroup("Sales", id).is(201)))
        .containsExactly("POST /usergroups", "GET /usergroups/#", "PATCH /usergroups/#");
    assertThat(during(() -> change(id, "{'op':'replace','path':'active','value':false}")))
        .containsExactly("PATCH /users/#");
    assertThat(canLogIn()).isFalse();
    assertThat(during(() -> change(id, "{'op':'replace','path':'active','value':true}")))
        .containsExactly("PATCH /users/#");
    assertThat(canLogIn()).isTrue();
    assertThat(during(() -> scim.delete("/Users/" + id).is(204)))
        .containsExactly(
            "GET /usergroups/#",
            "PATCH /usergroups/#",
            "DELETE /users/#",
            "DELETE /addressables/#");
    assertThat(users()).isEmpty();
    assertThat(persons()).isEmpty();
  }

  @Test
  void aTeamComesAndGoesInOneChangeAndNobodyIsLookedUp() {
    var people =
        IntStream.range(0, 12)
            .mapToObj(i -> create("user" + i + "@corp.example").is(201).id())
            .toArray(String[]::new);
    var team = new ArrayList<String>();

    var made = during(() -> team.add(scim.createGroup("Sales", people).is(201).id()));

    assertThat(made)
        .containsExactly("POST /usergroups", "GET /usergroups/#", "PATCH /usergroups/#");
    String none = "{'displayName':'Sales','members':[]}";
    assertThat(during(() -> scim.put("/Groups/" + team.getFirst(), none).is(200)))
        .containsExactly("GET /usergroups/#", "PATCH /usergroups/#");
    assertThat(rows("usergroups")).hasSize(1);
    String oid = rows("usergroups").getFirst().path("oid").asText();
    assertThat(view.get("usergroups/" + oid).object().path("users")).isEmpty();
  }

  @Test
  void peopleJoinAPhoneLineInOneChangeAndLeaveItWithoutTheOthers() {
    String line = view.plantLine("Support");
    String ada = create("ada@corp.example").is(201).id();
    String grace = create("grace@corp.example").is(201).id();
    var team = new ArrayList<String>();

    assertThat(during(() -> team.add(rungBy(line, ada, grace).is(201).id())))
        .containsExactly("GET /phonelines/#", "GET /phonelines/#", "PATCH /phonelines/#");
    assertThat(rung(line)).isEqualTo(Map.of("ada", true, "grace", true));
    scim.removeMember(team.getFirst(), ada).is(204);
    assertThat(rung(line)).isEqualTo(Map.of("grace", true));
    scim.delete("/Groups/" + team.getFirst()).is(204);
    assertThat(rung(line)).isEmpty();
  }

  @Test
  void whoIsCalledOtherwiseOnXelionLeavesAllTheSame() throws IOException {
    String line = view.plantLine("Support");
    String ada = create("ada@corp.example").is(201).id();
    String team = rungBy(line, ada).is(201).id();
    String account = users().getFirst().path("oid").asText();
    view.patch(
        "users/" + account, "{\"op\":\"replace\",\"path\":\"/userName\",\"value\":\"countess\"}");
    assertThat(rung(line)).isEqualTo(Map.of("countess", true));

    scim.removeMember(team, ada).is(204);

    assertThat(rung(line)).isEmpty();
  }

  @Test
  void linesOfAPersonAreOneReadAndOneChangeEachAndOthersStay() {
    String support = view.plantLine("Support");
    String sales = view.plantLine("Sales");
    String lines = "'%s':{'lines':[%s]}";
    String urn = "urn:ietf:params:scim:schemas:extension:xelion:2.0:User";
    String both =
        lines.formatted(
            urn, "{'value':'%s'},{'value':'%s','outgoing':true}".formatted(support, sales));
    var ada = new ArrayList<String>();

    assertThat(during(() -> ada.add(scim.createUser("ada@corp.example", both).is(201).id())))
        .containsExactly(
            "POST /addressables",
            "POST /users",
            "GET /phonelines/#",
            "PATCH /phonelines/#",
            "GET /phonelines/#",
            "PATCH /phonelines/#");
    String grace = create("grace@corp.example").is(201).id();
    rungBy(support, grace).is(201);
    assertThat(
            during(
                () ->
                    change(
                        ada.getFirst(),
                        "{'op':'remove','path':'%s:lines[value eq \\'%s\\']'}"
                            .formatted(urn, support))))
        .containsExactly("GET /phonelines/#", "PATCH /phonelines/#");

    assertThat(rung(support)).isEqualTo(Map.of("grace", true));
    assertThat(rung(sales)).isEqualTo(Map.of("ada", true));
    assertThat(scim.get("/Users/" + ada.getFirst()).is(200).json().path(urn).path("lines"))
        .singleElement()
        .matches(line -> line.path("value").asText().equals(sales));
  }

  @Test
  void aLineThatIsNotThereIsRefused() {
    String ada = create("ada@corp.example").is(201).id();

    assertThat(rungBy("4711", ada).is(400).at("/detail")).contains("line", "4711");
  }

  private Answer rungBy(String line, String... members) {
    return scim.post(
        "/Groups",
        "{'displayName':'Support','members':[%s],'%s':{'kind':'line','target':'%s'}}"
            .formatted(ScimClient.references(members), PBX_GROUP, line));
  }

  /** Who is on the line, and whether its calls ring there. */
  private Map<String, Boolean> rung(String line) {
    var rung = new HashMap<String, Boolean>();
    for (JsonNode relation : view.get("phonelines/" + line).object().path("users")) {
      String user = relation.path("user").path("oid").asText();
      rung.put(
          view.get("users/" + user).object().path("userName").asText(),
          relation.path("incoming").asBoolean());
    }
    return rung;
  }

  private boolean canLogIn() {
    return XelionClient.of(pbx).logIn("ada", "Blue-7-Kettle", "phone").status() == 200;
  }

  @Test
  void aUserIsShownWithoutANumber() {
    Answer ada = create("ada@corp.example").is(201);

    assertThat(ada.json().path(RunningBridge.PBX_URN).has("extensionNumber")).isFalse();
    assertThat(ada.at(RunningBridge.STATE)).isEqualTo("synced");
    Answer grace =
        scim.createUser(
            "grace@corp.example",
            "'urn:ietf:params:scim:schemas:extension:pbx:2.0:User':{'extensionNumber':'1000'}");
    assertThat(grace.is(201).text()).doesNotContain("1000\"");
  }

  private Answer create(String userName) {
    return scim.createUser(userName, "'displayName':'Ada Lovelace'");
  }

  @ParameterizedTest
  @CsvSource({
    "addressables, dropAfterCommit",
    "users, reset",
    "users, dropAfterCommit",
    "users, status:503"
  })
  void aCreateThatIsRepeatedAfterARestartLeavesOnePersonAndOneUser(String resource, String fault)
      throws IOException {
    failNext(resource, fault);
    create("ada@corp.example").isRetry(503);
    bridge.close();
    open();

    await().atMost(PATIENCE).until(() -> create("ada@corp.example").status() == 201);

    assertThat(persons()).hasSize(1);
    assertThat(users()).hasSize(1);
    assertThat(users().getFirst().path("person").path("oid"))
        .isEqualTo(persons().getFirst().path("oid"));
  }

  @ParameterizedTest
  @CsvSource({"addressables, dropAfterCommit", "users, reset", "users, dropAfterCommit"})
  void aCreateThatIsNotRepeatedLeavesNothing(String resource, String fault) {
    failNext(resource, fault);

    create("ada@corp.example").isRetry(503);

    await().atMost(PATIENCE).until(() -> persons().isEmpty() && users().isEmpty());
  }

  @Test
  void aStrangerOfTheSameNameIsNotTaken() {
    create("ada@corp.example").is(201);
    String theirs = users().getFirst().path("oid").asText();
    bridge.close();

    try (var other = strangersBridge()) {
      var second = new ScimClient(Http.of(other.scimUrl("office"), TOKEN.reveal()));
      failNext("users", "reset");
      second.createUser("ada@other.example", "'displayName':'Ada King'").isRetry(503);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  second.createUser("ada@other.example", "'displayName':'Ada King'").status()
                      == 201);
    }

    assertThat(users()).hasSize(2);
    assertThat(persons()).hasSize(2);
    assertThat(view.get("users/" + theirs).object().path("userName").asText()).isEqualTo("ada");
  }

  /** One that knows nothing of the users there are. */
  private OpenBridge strangersBridge() {
    try {
      return OpenBridge.with(
          directory.resolve("other"), yaml(), Map.of("PBX_PASSWORD", PASSWORD.reveal()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void failNext(String resource, String fault) {
    pbx.faults().replace(FaultRule.on("POST", API + "/" + resource, faultOf(fault)).times(1));
  }

  private static Fault faultOf(String text) {
    return switch (text) {
      case "reset" -> new Fault.Reset();
      case "dropAfterCommit" -> new Fault.DropAfterCommit();
      default -> new Fault.Status(503);
    };
  }

  private List<JsonNode> users() {
    return rows("users?include=person&limit=100");
  }

  private List<JsonNode> persons() {
    return rows("addressables?limit=100");
  }

  private List<JsonNode> rows(String path) {
    var rows = new ArrayList<JsonNode>();
    view.get(path).body().path("data").forEach(row -> rows.add(row.path("object")));
    return rows;
  }
}
