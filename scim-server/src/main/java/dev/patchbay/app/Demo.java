package dev.patchbay.app;

import static java.util.stream.Collectors.toMap;

import dev.patchbay.app.DemoTenants.DemoTenant;
import dev.patchbay.app.StarterTenant.Blanks;
import dev.patchbay.config.ConfigException;
import dev.patchbay.config.ConfigFile;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** The bridge and the emulated PBX of each of its tenants, in one process. */
final class Demo implements AutoCloseable {
  // An emulated PBX is at work on a call only as long as somebody waits for the answer.
  private static final Duration QUIET_TIME = Duration.ofSeconds(2);
  private static final int UNPACED = 0; // the emulators have no limit unless told

  private final Setup setup;
  private final FileChannel lock;
  private final Map<DemoTenant, Emulator> pbxs = new LinkedHashMap<>();
  private final Bridge bridge;

  /**
   * How a demo is to be.
   *
   * @param port of the bridge; 0 for a free one
   * @param pbxPort of the first PBX, the others follow; 0 for free ones; else the usual ones
   * @param tokens of the identity provider
   * @param pbxToken what every PBX lets the bridge in with
   */
  record Setup(
      DemoTenants tenants,
      int port,
      OptionalInt pbxPort,
      DataDirectory data,
      Tokens tokens,
      Secret pbxToken,
      String ms365Source) {}

  /** The identity provider's token of each tenant. */
  record Tokens(Map<DemoTenant, Secret> each) {
    Tokens {
      each = Map.copyOf(each);
    }

    static Tokens random(DemoTenants tenants) {
      return new Tokens(
          tenants.each().stream().collect(toMap(it -> it, it -> TokenHash.randomToken())));
    }

    /** That one; of several tenants each has its name before it, as a token opens one tenant. */
    static Tokens from(Secret token, DemoTenants tenants) {
      return new Tokens(
          tenants.each().stream()
              .collect(
                  toMap(
                      it -> it,
                      it ->
                          tenants.each().size() == 1
                              ? token
                              : Secret.of(it.name() + "-" + token.reveal()))));
    }

    Secret of(DemoTenant tenant) {
      return Objects.requireNonNull(each.get(tenant));
    }
  }

  /** Starts the emulated PBX of a dialect. */
  @FunctionalInterface
  interface Start {
    Emulator pbx(String dialect, Place place, Secret secret) throws IOException;
  }

  private Demo(Setup setup, Start start) throws IOException {
    this.setup = setup;
    this.lock = setup.data().lock("demo.lock");
    try {
      for (DemoTenant tenant : setup.tenants().each()) {
        pbxs.put(tenant, start(tenant, start));
      }
      this.bridge = openBridge();
    } catch (IOException | RuntimeException e) {
      closePbxs();
      throw e;
    }
  }

  /** Opens it; all of it answers when this returns. */
  static Demo open(Setup setup, Start start) throws IOException {
    return new Demo(setup, start);
  }

  private Emulator start(DemoTenant tenant, Start start) {
    int port = port(tenant.dialect());
    // The first one's directory has its name from when there was no other.
    String directory = tenant.name().equals("demo") ? "pbx" : "pbx-" + tenant.name();
    var place = Place.inMemory().withPort(port).withData(setup.data().path().resolve(directory));
    try {
      return start.pbx(tenant.dialect(), place, setup.pbxToken());
    } catch (IOException e) {
      throw CommandFailed.listening("127.0.0.1", port, e);
    }
  }

  private int port(String dialect) {
    int first = setup.pbxPort().orElse(-1);
    return switch (first) {
      case -1 -> Emulators.usualPort(dialect);
      case 0 -> 0;
      default -> first + pbxs.size();
    };
  }

  private Bridge openBridge() throws IOException {
    setup.data().write(StarterConfig.PBX_TOKEN, setup.pbxToken());
    var tenants = new ArrayList<StarterTenant>();
    pbxs.forEach((tenant, pbx) -> tenants.add(starter(tenant, pbx)));
    var starter = new StarterConfig(setup.port(), setup.data(), tenants);
    try {
      var file = ConfigFile.parse("demo", setup.data().path(), starter.yaml(), Map.of());
      return Bridge.open(BridgeConfig.read(file), Clock.systemUTC());
    } catch (ConfigException e) {
      throw CommandFailed.because(e);
    } catch (IOException e) {
      throw CommandFailed.listening("127.0.0.1", setup.port(), e);
    }
  }

  private StarterTenant starter(DemoTenant tenant, Emulator pbx) {
    return new StarterTenant(
        tenant.name(),
        TokenHash.of(setup.tokens().of(tenant)),
        tenant.dialect(),
        pbx.baseUrl(),
        QUIET_TIME,
        UNPACED,
        setup.ms365Source(),
        Blanks.EMULATED);
  }

  /** The SCIM base URL of a tenant. */
  URI scimUrl(String tenant) {
    return bridge.scimUrl(tenant);
  }

  /** The emulated PBX of a tenant. */
  Emulator pbx(String tenant) {
    return pbxs.entrySet().stream()
        .filter(it -> it.getKey().name().equals(tenant))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /** What to tell whoever started it. */
  List<DemoHints> hints() {
    return setup.tenants().each().stream().map(this::hints).toList();
  }

  private DemoHints hints(DemoTenant tenant) {
    return new DemoHints(
        tenant.dialect(),
        scimUrl(tenant.name()),
        setup.tokens().of(tenant),
        pbx(tenant.name()).uri(),
        setup.pbxToken(),
        setup.data().path());
  }

  @Override
  public void close() throws IOException {
    bridge.close();
    closePbxs();
  }

  private void closePbxs() throws IOException {
    pbxs.values().forEach(Emulator::close);
    lock.close();
  }
}
