package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.RecordedCall;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four tenants of one process, each with a phone system, tokens and numbers of its own. */
@Timeout(60)
class SeveralTenantsTest {
  private static final String DOWN = "west";
  private static final List<String> UP = List.of("north", "east", "south");
  private static final String ADA = "{\"userName\":\"ada@example.com\"}";

  @TempDir private Path directory;
  private final Map<String, PortSipEmulator> pbxs = new LinkedHashMap<>();
  private final Map<String, Secret> tokens = new LinkedHashMap<>();
  private OpenBridge bridge;

  @BeforeEach
  void open() throws IOException {
    for (String tenant : List.of("north", "east", "south", DOWN)) {
      pbxs.put(tenant, PortSipEmulator.start(PortSipEmulatorOptions.defaults()));
      tokens.put(tenant, TokenHash.randomToken());
    }
    var environment =
        pbxs.entrySet().stream()
            .collect(Collectors.toMap(it -> secret(it.getKey()), it -> it.getValue().token()));
    bridge = OpenBridge.with(directory, yaml(), environment);
  }

  @AfterEach
  void close() {
    bridge.close();
    pbxs.values().forEach(PortSipEmulator::close);
  }

  private static String secret(String tenant) {
    return tenant.toUpperCase(Locale.ROOT);
  }

  private String yaml() {
    return pbxs.keySet().stream()
        .map(this::tenant)
        .collect(
            Collectors.joining(
                "", "listen: { port: 0 }\nstore: { url: \"sqlite:bridge.db\" }\ntenants:\n", ""));
  }

  private String tenant(String name) {
    return """
      %s:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx:
          { dialect: portsip, base-url: "%s", token: env:%s, call-limit: 2s, quiet-time: 0s,
            requests-per-minute: 0, max-parallel: 2, resilience: { window: 4 } }
        mapping:
          { email-fallback: "{pbxUserName}@example.invalid",
            extensions: { pools: { default: { ranges: ["1000-1999"] } } } }
    """
        .formatted(name, TokenHash.of(tokens.get(name)).text(), pbxs.get(name).uri(), secret(name));
  }

  private Answer send(String tenant, String token, String path, String body) {
    return Http.of(bridge.scimUrl(tenant), tokens.get(token).reveal())
        .send("POST", path, Optional.of(body));
  }

  private Answer create(String tenant) {
    return send(tenant, tenant, "/Users", ADA);
  }

  private static List<String> created(PortSipEmulator pbx) {
    return pbx.calls().calls().stream()
        .map(RecordedCall::line)
        .filter("POST /api/users"::equals)
        .toList();
  }

  @Test
  void namesNumbersAndGroupsAreEachTenantsOwn() {
    for (String tenant : pbxs.keySet()) {
      Answer ada = create(tenant).is(201);

      assertThat(ada.at("/" + RunningBridge.PBX_URN + "/extensionNumber")).isEqualTo("1000");
      assertThat(ada.at("/" + RunningBridge.PBX_URN + "/pbxUserName")).isEqualTo("ada");
      send(tenant, tenant, "/Groups", "{\"displayName\":\"Sales\"}").is(201);
      assertThat(created(pbxs.get(tenant))).hasSize(1);
    }
  }

  @Test
  void aTokenIsGoodForItsOwnTenantAlone() {
    for (String tenant : pbxs.keySet()) {
      for (String other : pbxs.keySet()) {
        if (!other.equals(tenant)) {
          send(tenant, other, "/Users", ADA).is(401);
        }
      }
      assertThat(created(pbxs.get(tenant))).isEmpty();
    }
  }

  @Test
  void aMemberOfAnotherTenantIsNobody() {
    String stranger = create("east").is(201).id();

    Answer group =
        send(
            "north",
            "north",
            "/Groups",
            "{\"displayName\":\"Sales\",\"members\":[{\"value\":\"%s\"}]}".formatted(stranger));

    assertThat(group.is(201).json().path("members")).isEmpty();
  }

  @Test
  void aPbxThatIsDownStopsNobodyElse() {
    pbxs.get(DOWN).close();
    for (int attempt = 0; attempt < 6; attempt++) { // until its circuit is open
      create(DOWN).is(503);
    }

    for (String tenant : UP) {
      create(tenant).is(201);
      assertThat(created(pbxs.get(tenant))).hasSize(1);
    }
    create(DOWN).is(503);
  }

  /** Its few places are taken by calls that hang; everybody else has places of their own. */
  @Test
  void aPbxThatHangsSlowsNobodyElse() {
    pbxs.get(DOWN)
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.Delay(Duration.ofSeconds(3))));
    var hanging =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            send(DOWN, DOWN, "/Users", "{\"userName\":\"user-%d\"}".formatted(i))))
            .toList();

    for (String tenant : UP) {
      create(tenant).is(201);
    }

    hanging.forEach(it -> assertThat(it.join().later()).isTrue());
  }
}
