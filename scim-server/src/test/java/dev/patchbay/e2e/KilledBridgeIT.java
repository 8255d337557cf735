package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.StartedProgram;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two bridges, processes of their own, on one database; one ends in the middle of its work. */
class KilledBridgeIT {
  private static final int MEMBERS = 12;
  private static final Duration SLOW = Duration.ofMillis(500);

  private final TestStore.OnPostgresql store = TestStore.postgresql();
  private final Secret token = TokenHash.randomToken();
  @TempDir private Path directory;
  private PortSipEmulator pbx;
  private StartedProgram one;
  private StartedProgram other;

  @BeforeEach
  void start() throws IOException {
    var secret = TokenHash.randomToken().reveal();
    pbx =
        PortSipEmulator.start(
            PortSipEmulatorOptions.defaults()
                .withToken(secret)
                .withPasswordPolicy(PasswordPolicy.simple()));
    Files.writeString(directory.resolve("pbx-token"), secret);
    Files.writeString(directory.resolve("patchbay.yaml"), yaml());
    one = bridge();
    other = bridge();
    one.awaitReady();
    other.awaitReady();
  }

  private String yaml() {
    return """
    listen: { port: 0 }
    store: %s
    tenants:
      office:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx: { dialect: portsip, base-url: "%s", token: "file:pbx-token", call-limit: 3s,
               quiet-time: 200ms, max-parallel: 2, requests-per-minute: 0 }
        mapping: { email-fallback: "{pbxUserName}@example.invalid",
                   initial-password: generate-if-weak,
                   extensions: { pools: { default: { ranges: ["1000-1999"] } } } }
    """
        .formatted(store.yaml(directory), TokenHash.of(token).text(), pbx.uri());
  }

  private StartedProgram bridge() throws IOException {
    var config = directory.resolve("patchbay.yaml").toString();
    return StartedProgram.start("serve", "--config", config);
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
    pbx.close();
    store.close();
  }

  private ScimClient scim(StartedProgram bridge) {
    var base = URI.create(bridge.told("SCIM base URL of office:"));
    return new ScimClient(Http.of(base, token.reveal()));
  }

  @Test
  void theOtherFinishesWhatItHadBegun() {
    var dying = scim(one);
    var surviving = scim(other);
    List<String> users =
        IntStream.range(0, MEMBERS)
            .mapToObj(i -> (i % 2 == 0 ? dying : surviving).createUser("user" + i).is(201).id())
            .toList();
    slowDown("/api/groups/.+");
    var lost =
        CompletableFuture.runAsync(() -> dying.createGroup("Sales", users.toArray(String[]::new)));
    await().atMost(Duration.ofSeconds(20)).until(() -> membersOnPbx() >= 3);

    one.close();

    assertThatThrownBy(lost::join).hasRootCauseInstanceOf(IOException.class);
    assertThat(membersOnPbx()).as("members when it died").isLessThan(MEMBERS);
    pbx.faults().replace();
    leave(surviving, users.getFirst());
    settled();
    var sales = surviving.list("Groups", "displayName eq \"Sales\"").at("/Resources/0/id");
    var group = surviving.get("/Groups/" + sales).is(200);
    assertThat(group.json().path("members").findValuesAsText("value"))
        .containsExactlyInAnyOrderElementsOf(users);
    assertThat(membersOnPbx()).isEqualTo(MEMBERS);
    assertThat(PbxView.of(pbx).users()).hasSize(MEMBERS);
  }

  @Test
  void whatOneOfTheTwoStillSendsAfterItStoodStillIsPutRight() throws Exception {
    var frozen = scim(one);
    var surviving = scim(other);
    var ada = surviving.createUser("ada").is(201).id();
    slowDown("/api/users/.+");
    pbx.calls().clear();
    var late = CompletableFuture.supplyAsync(() -> rename(frozen, ada, "X"));
    await().atMost(Duration.ofSeconds(20)).until(() -> !pbx.calls().lines().isEmpty());
    one.signal("STOP");
    pbx.faults().replace();

    await().atMost(Duration.ofSeconds(40)).until(() -> rename(surviving, ada, "Y").status() == 200);

    one.signal("CONT");
    assertThat(late.join().status()).isIn(200, 503);
    settled();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(PbxView.of(pbx).user("ada").path("display_name").asText())
                    .isEqualTo(surviving.get("/Users/" + ada).at("/displayName"))
                    .isEqualTo("Y"));
    assertThat(scim(one).get("/Users/" + ada).at("/displayName")).isEqualTo("Y");
  }

  private void slowDown(String path) {
    pbx.faults().replace(FaultRule.on("POST", path, new Fault.Delay(SLOW)));
  }

  private static Answer rename(ScimClient scim, String user, String name) {
    return scim.patch(
        "/Users/" + user, "{'op':'replace','path':'displayName','value':'" + name + "'}");
  }

  private static void leave(ScimClient scim, String user) {
    scim.patch("/Users/" + user, "{'op':'replace','path':'active','value':false}").is(200);
  }

  private long membersOnPbx() {
    return PbxView.of(pbx).groups("Sales").stream()
        .map(group -> PbxView.of(pbx).members(group).size())
        .findFirst()
        .orElse(0);
  }

  private void settled() {
    await().atMost(Duration.ofSeconds(40)).until(() -> openWork() == 0);
  }

  private int openWork() throws SQLException {
    try (var connection = store.connection(directory);
        var rows = connection.createStatement().executeQuery("select count(*) from journal")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
