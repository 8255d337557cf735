package dev.patchbay.app;

import dev.patchbay.config.ConfigException;
import dev.patchbay.config.ConfigFile;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the bridge and an emulated PortSIP in one process, on what {@code init} would print. */
@Command(
    name = "demo",
    description = "Run the bridge with an emulated PortSIP, to try it without a PBX.")
final class DemoCommand implements Runnable {
  private static final String TENANT = "demo";

  // The emulated PBX is at work on a call only as long as somebody waits for the answer.
  private static final Duration QUIET_TIME = Duration.ofSeconds(2);
  private static final int UNPACED = 0; // the emulator has no limit unless told

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = Port.class,
      description = "Port of the bridge; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--pbx-port",
      paramLabel = "N",
      defaultValue = "8887",
      converter = Port.class,
      description = "Port of the PBX; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int pbxPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "What both keep; a second start finds everything (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      converter = BearerToken.class,
      description = "The identity provider's token (default: a new one at every start).")
  private @Nullable Secret token;

  @Option(
      names = "--pbx-token",
      paramLabel = "TOKEN",
      converter = BearerToken.class,
      description = "The PBX's token (default: the value of --token).")
  private @Nullable Secret pbxToken;

  @Option(
      names = "--ms365-source",
      paramLabel = "SOURCE",
      defaultValue = "attribute",
      description = "Names the Microsoft 365 user: attribute, externalId or userName.")
  private String ms365Source;

  @Mixin private EmulatorFlags flags;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  DemoCommand() {}

  @Override
  public void run() {
    DataDirectory directory = DataDirectory.make(data);
    Secret scim = token == null ? TokenHash.randomToken() : token;
    Secret pbx = pbxToken == null ? scim : pbxToken;
    var stop = StopSignal.install();
    try (FileChannel lock = directory.lock("demo.lock");
        PortSipEmulator emulator = emulator(directory, pbx);
        Bridge bridge = open(starter(directory, scim, pbx, emulator.uri()))) {
      tell(new DemoHints(bridge.scimUrl(TENANT), scim, emulator.uri(), pbx, directory.path()));
      stop.await();
    } catch (IOException e) {
      throw CommandFailed.because("cannot close " + directory.path(), e);
    } finally {
      stop.closed();
    }
  }

  private PortSipEmulator emulator(DataDirectory directory, Secret secret) {
    var place = Place.inMemory().withPort(pbxPort).withData(directory.path().resolve("pbx"));
    try {
      return flags.start(place, secret);
    } catch (IOException e) {
      throw CommandFailed.listening("127.0.0.1", pbxPort, e);
    }
  }

  private StarterConfig starter(DataDirectory directory, Secret scim, Secret pbx, URI pbxUrl) {
    directory.write(StarterConfig.PBX_TOKEN, pbx);
    return new StarterConfig(
        "portsip",
        port,
        directory,
        TENANT,
        TokenHash.of(scim),
        pbxUrl,
        QUIET_TIME,
        UNPACED,
        ms365Source);
  }

  private static Bridge open(StarterConfig starter) {
    try {
      var file = ConfigFile.parse("demo", starter.data().path(), starter.yaml(), Map.of());
      return Bridge.open(BridgeConfig.read(file), Clock.systemUTC());
    } catch (ConfigException e) {
      throw CommandFailed.because(e);
    } catch (IOException e) {
      throw CommandFailed.listening("127.0.0.1", starter.port(), e);
    }
  }

  private void tell(DemoHints hints) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(hints.text());
    out.println("ready");
    out.flush();
  }
}
