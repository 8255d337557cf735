package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.app.StartedProgram;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program with a tenant of two phone systems, killed again and again while several clients
 * write and the second one fails now and then: in the end that one has what the tenant says. About
 * half a minute.
 */
class KilledTargetsIT {
  private static final int KILLS = 2;
  private static final int CLIENTS = 4;
  private static final long SEED = Long.getLong("patchbay.seed", 11);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Secret token = TokenHash.randomToken();
  @TempDir private Path directory;
  private PortSipEmulator phones;
  private PortSipEmulator desk;
  private final AtomicReference<StartedProgram> bridge = new AtomicReference<>();

  @BeforeEach
  void start() throws IOException {
    var secret = TokenHash.randomToken().reveal();
    phones = emulator(secret);
    desk = emulator(secret);
    Files.writeString(directory.resolve("pbx-token"), secret);
    Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef");
    Files.writeString(directory.resolve("patchbay.yaml"), yaml());
    bridge.set(program());
  }

  private static PortSipEmulator emulator(String secret) throws IOException {
    return PortSipEmulator.start(
        PortSipEmulatorOptions.defaults()
            .withToken(secret)
            .withPasswordPolicy(PasswordPolicy.simple()));
  }

  private String yaml() {
    var pbx =
        "{ dialect: portsip, base-url: '%s', token: 'file:pbx-token', call-limit: 5s,"
            + " quiet-time: 200ms, requests-per-minute: 0, resilience: { window: 1000 } }";
    var mapping =
        "{ email-fallback: '{pbxUserName}@example.invalid', initial-password: generate-if-weak,"
            + " extensions: { pools: { default: { ranges: ['1000-1999'] } } } }";
    return """
    listen: { port: 0 }
    store: { url: "sqlite:bridge.db", secret-key: "file:key" }
    tenants:
      office:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx: %s
        mapping: %s
        targets: { desk: { pbx: %s, mapping: %s, filter: 'userType eq "agent"' } }
    """
        .formatted(
            TokenHash.of(token).text(),
            pbx.formatted(phones.uri()),
            mapping,
            pbx.formatted(desk.uri()),
            mapping);
  }

  private StartedProgram program() throws IOException {
    var config = directory.resolve("patchbay.yaml").toString();
    return StartedProgram.start("serve", "--config", config).awaitReady();
  }

  @AfterEach
  void end() {
    bridge.get().close();
    phones.close();
    desk.close();
  }

  private ScimClient scim() {
    var base = URI.create(bridge.get().told("SCIM base URL of office:"));
    return new ScimClient(Http.of(base, token.reveal()));
  }

  @Test
  void theSecondHasWhatTheTenantSaysInTheEnd() throws Exception {
    var over = new AtomicBoolean();
    var written = new AtomicInteger();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (int client = 0; client < CLIENTS; client++) {
        var random = new Random(SEED + client);
        var name = "client" + client;
        writers.add(clients.submit(() -> write(name, random, over, written)));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        int enough = written.get() + 10;
        await().atMost(PATIENCE).until(() -> written.get() >= enough);
        desk.faults().replace(kill % 2 == 0 ? new FaultRule[] {resets()} : new FaultRule[0]);
        bridge.get().close();
        bridge.set(program());
      }
      over.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    desk.faults().replace();
    var scim = scim();
    await().atMost(PATIENCE).until(() -> pending(scim) == 0);
    await().atMost(PATIENCE).untilAsserted(() -> compare(scim));
  }

  /** Now and then: a fault in ten. */
  private static FaultRule resets() {
    return new FaultRule(Optional.empty(), Optional.empty(), new Fault.Reset(), OptionalInt.of(6));
  }

  /** Random writes to people of its own, until all is over; who gets no answer goes on. */
  private void write(String name, Random random, AtomicBoolean over, AtomicInteger written) {
    for (int i = 0; !over.get(); i++) {
      try {
        var scim = scim();
        var type = random.nextBoolean() ? "'userType':'agent'" : "";
        var made = scim.createUser(name + "." + i, type);
        if (made.status() == 201) {
          for (int change = 0; change < 3; change++) {
            one(scim, made.id(), random);
            written.incrementAndGet();
          }
        }
      } catch (UncheckedIOException killed) {
        // the next one comes to another process
      }
    }
  }

  private static void one(ScimClient scim, String id, Random random) {
    var unused =
        switch (random.nextInt(5)) {
          case 0 -> scim.patch("/Users/" + id, set("active", "false"));
          case 1 -> scim.patch("/Users/" + id, set("userType", "'agent'"));
          case 2 -> scim.patch("/Users/" + id, set("userType", "'boss'"));
          case 3 -> scim.patch("/Users/" + id, set("displayName", "'N " + random.nextInt() + "'"));
          default -> scim.delete("/Users/" + id);
        };
  }

  private static String set(String path, String value) {
    return "{'op':'replace','path':'" + path + "','value':" + value + "}";
  }

  private static int pending(ScimClient scim) {
    var state = RunningBridge.PBX_URN + ":provisioning.state";
    var filter = (state + "%20ne%20%22synced%22").replace(" ", "%20");
    return scim.get("/Users?count=0&filter=" + filter).is(200).json().path("totalResults").asInt();
  }

  private void compare(ScimClient scim) {
    var users = scim.get("/Users?count=1000").is(200).json().path("Resources");
    var there = PbxView.of(desk);
    int agents = 0;
    for (JsonNode user : users) {
      var name = user.path(RunningBridge.PBX_URN).path("pbxUserName").asText();
      boolean agent = user.path("userType").asText().equals("agent");
      var seen = there.users(name);
      if (!agent) {
        assertThat(seen).as("out of the filter " + user).isEmpty();
      } else if (user.path("active").asBoolean(true)) {
        agents++;
        assertThat(seen).as("an agent " + user).hasSize(1);
        assertThat(seen.getFirst().path("enabled").asBoolean()).as("works " + user).isTrue();
        assertThat(seen.getFirst().path("display_name").asText())
            .isEqualTo(PbxView.of(phones).user(name).path("display_name").asText());
      } else {
        assertThat(seen).allMatch(it -> !it.path("enabled").asBoolean(), "is out " + user);
      }
    }
    assertThat(there.users().stream().filter(it -> it.path("enabled").asBoolean()))
        .as("nobody else works there")
        .hasSize(agents);
  }
}
