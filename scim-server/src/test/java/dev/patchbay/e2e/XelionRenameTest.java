package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.xelion.Otherwise;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user of a Xelion whose userName changes is renamed there, groups and all; 10 s. */
@Timeout(60)
class XelionRenameTest {
  private static final String API = "/api/v1/master";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret PASSWORD = TokenHash.randomToken();
  private static final String EMAIL = "'displayName':'Ada','emails':[{'value':'a@corp.example'}]";

  @TempDir private Path directory;
  private XelionEmulator pbx;
  private XelionClient view;
  private OpenBridge bridge;
  private ScimClient scim;

  private void start(Undocumented undocumented) throws IOException {
    pbx =
        XelionEmulator.start(XelionEmulatorOptions.defaults(PASSWORD.reveal()).with(undocumented));
    var guest = XelionClient.of(pbx);
    view = guest.in(guest.logIn("bridge", PASSWORD.reveal(), "test"));
    var yaml =
        """
        listen: { port: 0 }
        store: { url: "sqlite:patchbay.db" }
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: { dialect: xelion, base-url: "%s", username: bridge, password: env:PBX_PASSWORD,
                   quiet-time: PT0.15S, resilience: { window: 1000 } }
            mapping: { naming: { on-rename: rename } }
        """
            .formatted(TokenHash.of(TOKEN).text(), pbx.uri());
    bridge = OpenBridge.with(directory, yaml, Map.of("PBX_PASSWORD", PASSWORD.reveal()));
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    pbx.close();
  }

  private String create(String userName) {
    return scim.createUser(userName, EMAIL).is(201).id();
  }

  private Answer rename(String user, String userName) {
    return scim.patch(
        "/Users/" + user, "{'op':'replace','path':'userName','value':'%s'}".formatted(userName));
  }

  @Test
  void theNameFollowsInOneChangeThatIsReadBackAndGroupsKnowEitherUser() throws IOException {
    start(Undocumented.usual());
    String ada = create("ada@corp.example");
    String sales = scim.createGroup("Sales", ada).is(201).id();
    pbx.calls().clear();

    Answer renamed = rename(ada, "bea@corp.example").is(200);

    assertThat(renamed.at(RunningBridge.STATE)).isEqualTo("synced");
    assertThat(lines()).containsExactly("PATCH /users/#", "GET /users/#");
    assertThat(members()).containsExactly("bea");
    String other = create("ada@corp.example");
    scim.addMembers(sales, other);
    assertThat(members()).containsExactlyInAnyOrder("ada", "bea");
    scim.removeMember(sales, ada).is(204);
    assertThat(members()).containsExactly("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "dropAfterCommit", "status"})
  void whateverBecomesOfTheAnswerBothSayTheSame(String fault) throws IOException {
    start(Undocumented.usual());
    String ada = create("ada@corp.example");
    pbx.faults().replace(FaultRule.on("PATCH", API + "/users/.*", faultOf(fault)).times(1));

    rename(ada, "bea@corp.example").isRetry(503);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(accounts()).containsExactly("ada"));
    await().atMost(PATIENCE).until(() -> rename(ada, "bea@corp.example").status() == 200);
    assertThat(accounts()).containsExactly("bea");
    assertThat(scim.get("/Users/" + ada).at(RunningBridge.STATE)).isEqualTo("synced");
  }

  private static Fault faultOf(String text) {
    return switch (text) {
      case "reset" -> new Fault.Reset();
      case "dropAfterCommit" -> new Fault.DropAfterCommit();
      default -> new Fault.Status(503);
    };
  }

  @Test
  void aXelionThatKeepsTheNameIsToldAndALeaverIsOutAllTheSame() throws IOException {
    start(Undocumented.usual().but(Otherwise.RENAME_IGNORED));
    String ada = create("ada@corp.example");

    rename(ada, "bea@corp.example").isError(501);
    var both =
        "{'op':'replace','path':'userName','value':'bea@corp.example'},"
            + "{'op':'replace','path':'active','value':false}";
    assertThat(scim.patch("/Users/" + ada, both).status()).isNotEqualTo(200);

    await().atMost(PATIENCE).until(() -> !row("active", "ada").path("active").asBoolean(true));
    Answer read = scim.get("/Users/" + ada);
    assertThat(read.json().path("userName").asText()).isEqualTo("ada@corp.example");
    assertThat(read.json().path("active").asBoolean()).isFalse();
  }

  private List<String> lines() {
    return pbx.calls().lines().stream()
        .map(line -> line.replace(API, "").replaceAll("/\\d+", "/#"))
        .toList();
  }

  private JsonNode row(String field, String name) {
    return rows("users?include=userName," + field + "&limit=100").stream()
        .filter(row -> row.path("userName").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> accounts() {
    return rows("users?include=userName&limit=100").stream()
        .map(row -> row.path("userName").asText())
        .toList();
  }

  private List<String> members() {
    String group = rows("usergroups?limit=2").getFirst().path("oid").asText();
    var names = new ArrayList<String>();
    for (JsonNode relation : view.get("usergroups/" + group).object().path("users")) {
      String user = relation.path("user").path("oid").asText();
      names.add(view.get("users/" + user).object().path("userName").asText());
    }
    return names;
  }

  private List<JsonNode> rows(String path) {
    var rows = new ArrayList<JsonNode>();
    view.get(path).body().path("data").forEach(row -> rows.add(row.path("object")));
    return rows;
  }
}
