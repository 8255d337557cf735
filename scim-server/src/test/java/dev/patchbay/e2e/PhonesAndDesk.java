package dev.patchbay.e2e;

import static org.awaitility.Awaitility.await;

import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One tenant with two phone systems: its own, and one that has the agents among its users. */
@Timeout(60)
abstract class PhonesAndDesk {
  static final Secret TOKEN = TokenHash.randomToken();
  static final Secret OPERATOR = TokenHash.randomToken();
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final String AGENT = "'userType':'agent','displayName':'Ada'";
  static final String LEAVES = "{'op':'replace','path':'active','value':false}";
  static final String PASSWORD = "Blue-7-Kettle-Sings";
  private static final String TARGETS =
      "targets: { desk: { pbx: %s, mapping: %s, filter: 'userType eq \"agent\"' } }";

  static final String DESK = "/" + RunningBridge.PBX_URN + "/targets/0";

  private final TestStore store;
  @TempDir private Path folder;
  PortSipEmulator phones;
  PortSipEmulator desk;
  OpenBridge bridge;
  ScimClient scim;

  PhonesAndDesk(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void start() throws IOException {
    phones = emulator();
    desk = emulator();
    open(targets());
  }

  private static PortSipEmulator emulator() throws IOException {
    return PortSipEmulator.start(
        PortSipEmulatorOptions.defaults()
            .withToken("Orange-4-Teapot")
            .withPasswordPolicy(PasswordPolicy.simple()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    phones.close();
    desk.close();
  }

  String targets() {
    return TARGETS.formatted(pbx(desk), mapping());
  }

  private static String pbx(PortSipEmulator pbx) {
    return ("{ dialect: portsip, base-url: '%s', token: env:PBX, quiet-time: 50ms, call-limit: 10s,"
            + " requests-per-minute: 0, resilience: { window: 1000, attempts: 1 } }")
        .formatted(pbx.uri());
  }

  private static String mapping() {
    return "{ email-fallback: '{pbxUserName}@example.invalid',"
        + " extensions: { pools: { default: { ranges: ['1000-1999'] } } } }";
  }

  void open(String targets) throws IOException {
    var yaml =
        """
        listen: { port: 0 }
        store: %s
        operators: [ { name: kim, hash: "%s" } ]
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: %s
            mapping: %s
            %s
        """
            .formatted(
                store.yaml(folder).replace(" }", ", secret-key: env:KEY }"),
                TokenHash.of(OPERATOR).text(),
                TokenHash.of(TOKEN).text(),
                pbx(phones),
                mapping(),
                targets);
    var key = "0123456789abcdef0123456789abcdef";
    bridge = OpenBridge.with(folder, yaml, Map.of("PBX", "Orange-4-Teapot", "KEY", key));
    scim = new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  /** As a process does that is killed here and comes back, without targets in between or with. */
  void reopen(String targets) throws IOException {
    bridge.close();
    open(targets);
  }

  void fails(Fault fault) {
    fails(desk, fault);
  }

  static void fails(PortSipEmulator pbx, Fault fault) {
    pbx.faults()
        .replace(new FaultRule(Optional.empty(), Optional.empty(), fault, OptionalInt.empty()));
  }

  static PbxView on(PortSipEmulator pbx) {
    return PbxView.of(pbx);
  }

  Answer shown(String id) {
    return scim.get("/Users/" + id).is(200);
  }

  static String state(Answer answer) {
    return answer.at(RunningBridge.STATE);
  }

  void awaitSynced(String id) {
    await().atMost(PATIENCE).until(() -> state(shown(id)).equals("synced"));
  }

  Answer change(String id, String operations) {
    return scim.patch("/Users/" + id, operations);
  }

  Answer operators(String method, String path) {
    return Http.of(bridge.scimUrl("office").resolve("/api/v1"), OPERATOR.reveal())
        .send(method, path, Optional.empty());
  }

  void sql(String statement) {
    try (var connection = store.connection(folder);
        var update = connection.createStatement()) {
      update.executeUpdate(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
