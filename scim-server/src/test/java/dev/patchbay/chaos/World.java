package dev.patchbay.chaos;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bridges and an emulated PBX, each a process that can be killed and started again. */
final class World implements AutoCloseable {
  private static final String TENANT = "office";
  private static final String TARGET = "desk";

  private final Settings settings;
  private final Path folder;
  private final Secret token = TokenHash.randomToken();
  private final Secret operator = TokenHash.randomToken();
  private final Secret pbxToken = TokenHash.randomToken();
  private final List<Integer> ports;
  private final List<String> java =
      new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
  private final String store;

  private final AtomicReferenceArray<Program> bridges;
  private final List<Phones> phones = new ArrayList<>();

  /**
   * @param store the section of that name of the bridge's configuration
   */
  World(Settings settings, String store) throws IOException, InterruptedException {
    this.settings = settings;
    this.folder = settings.folder().toAbsolutePath();
    this.store = store.replaceFirst(" }$", ", secret-key: \"file:secret-key\" }");
    this.ports = Stream.generate(World::freePort).limit(settings.bridges()).toList();
    this.bridges = new AtomicReferenceArray<>(ports.size());
    Files.writeString(folder.resolve("pbx-token"), pbxToken.reveal());
    Files.writeString(folder.resolve("secret-key"), TokenHash.randomToken().reveal());
    phones.add(new Phones(settings.system(), "pbx", folder, pbxToken.reveal()));
    if (settings.target().isPresent()) {
      phones.add(new Phones(settings.target().get(), TARGET, folder, pbxToken.reveal()));
    }
    for (int i = 0; i < ports.size(); i++) {
      Files.writeString(folder.resolve(config(i)), yaml(ports.get(i)));
    }
    if (settings.isLong()) {
      startFaster();
    }
    for (int i = 0; i < ports.size(); i++) {
      startBridge(i);
      awaitBridge(i);
    }
  }

  private static String config(int bridge) {
    return "patchbay-" + bridge + ".yaml";
  }

  /** Keeps what every start of the bridge loads in a file that is quick to read. */
  private void startFaster() throws InterruptedException {
    var archive = folder.resolve("classes.jsa").toString();
    java.add("-XX:ArchiveClassesAtExit=" + archive);
    startBridge(0);
    awaitBridge(0);
    bridges.get(0).stop();
    java.removeLast();
    java.add("-XX:SharedArchiveFile=" + archive);
  }

  /**
   * All times are short, so that much happens; the quiet time is longer than {@link Troubles} ever
   * hold a call up.
   */
  private String yaml(int port) {
    return """
    listen: { host: 127.0.0.1, port: %d }
    store: %s
    operators: [ { name: driver, hash: "%s" } ]
    tenants:
      %s:
        tokens: [ { name: idp, hash: "%s" } ]
    %s%s\
    """
        .formatted(
            port,
            store,
            TokenHash.of(operator).text(),
            TENANT,
            TokenHash.of(token).text(),
            section(phones.getFirst(), settings.system().own()).indent(4),
            settings.target().isPresent() ? targets().indent(4) : "");
  }

  private String section(Phones pbx, List<String> mapping) {
    return """
    pbx:
      dialect: %s
      %s
      call-limit: 800ms
      quiet-time: %dms
      max-parallel: 16
      requests-per-minute: %d
      resilience: { open-for: 300ms }
    policy: { on-unavailable: %s, busy-wait: 500ms, answer-within: 3s, refresh-roles: 10s }
    mapping:
      %s
    """
        .formatted(
            pbx.system().dialect(),
            String.join("\n  ", pbx.access()),
            Troubles.QUIET.toMillis(),
            settings.perMinute(),
            settings.onUnavailable(),
            String.join("\n  ", mapping));
  }

  private String targets() {
    var target = phones.getLast();
    var section =
        section(target, target.system().mapping()).replaceFirst("on-unavailable: \\w+,", "");
    return "targets:\n  %s:\n    filter: '%s'\n".formatted(TARGET, Site.FILTER) + section.indent(4);
  }

  void startBridge(int bridge) {
    var log = folder.resolve("bridge-" + bridge + ".log");
    bridges.set(
        bridge, Program.start(folder, log, java, List.of("serve", "--config", config(bridge))));
  }

  /** Waits until it serves; where its store was away it is started again, as by a supervisor. */
  void awaitBridge(int bridge) throws InterruptedException {
    while (!bridges.get(bridge).awaitReady()) {
      if (settings.store().equals("sqlite")) {
        throw new IllegalStateException("the bridge did not start; its log says why");
      }
      Thread.sleep(100);
      startBridge(bridge);
    }
  }

  Program bridge(int bridge) {
    return bridges.get(bridge);
  }

  /** The tenant's own phone system, and its target if there is one. */
  List<Phones> phones() {
    return List.copyOf(phones);
  }

  /** As an identity provider of one of the bridges. */
  Http scim(int bridge) {
    return Http.to(
        "http://127.0.0.1:" + ports.get(bridge) + "/" + TENANT + "/scim/v2", token.reveal());
  }

  /** As an identity provider with connections of its own. */
  Balancer scim(Random random) {
    return new Balancer(IntStream.range(0, ports.size()).mapToObj(this::scim).toList(), random);
  }

  /** As an operator. */
  Http operator() {
    return operator(0);
  }

  private Http operator(int bridge) {
    return Http.to("http://127.0.0.1:" + ports.get(bridge), operator.reveal());
  }

  /** As an operator with connections of its own. */
  Balancer operators(Random random) {
    return new Balancer(IntStream.range(0, ports.size()).mapToObj(this::operator).toList(), random);
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (int i = 0; i < ports.size(); i++) {
      bridges.get(i).kill();
    }
    for (Phones each : phones) {
      each.kill();
    }
  }
}
