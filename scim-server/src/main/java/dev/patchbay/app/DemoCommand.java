package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the bridge and emulated PBXs in one process, on what {@code init} would print. */
@Command(
    name = "demo",
    description = "Run the bridge with an emulated PBX, or one of each, to try it without a PBX.")
final class DemoCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--pbx",
      paramLabel = "PBX",
      defaultValue = "portsip",
      converter = DemoTenants.Converter.class,
      description = "portsip, ipcortex, xelion, crmcom, or all: a tenant with each.")
  private DemoTenants tenants;

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
      converter = Port.class,
      description = "Port of the PBX, of all the first; 0: free ones (default: 8887 to 8890).")
  private @Nullable Integer pbxPort;

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
      description = "The identity provider's; of all, each with the tenant and - before it.")
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
    var tokens = token == null ? Demo.Tokens.random(tenants) : Demo.Tokens.from(token, tenants);
    var setup =
        new Demo.Setup(
            tenants,
            port,
            pbxPort == null ? OptionalInt.empty() : OptionalInt.of(pbxPort),
            DataDirectory.make(data),
            tokens,
            pbxToken == null ? tokens.of(tenants.each().getFirst()) : pbxToken,
            ms365Source);
    var stop = StopSignal.install();
    try (Demo demo = Demo.open(setup, this::start)) {
      tell(demo);
      stop.await();
    } catch (IOException e) {
      throw CommandFailed.because("cannot close " + data, e);
    } finally {
      stop.closed();
    }
  }

  private Emulator start(String dialect, Place place, Secret secret) throws IOException {
    return dialect.equals("portsip")
        ? flags.start(place, secret)
        : Emulators.start(dialect, place, secret);
  }

  private void tell(Demo demo) {
    PrintWriter out = spec.commandLine().getOut();
    demo.hints().forEach(hints -> out.print(hints.text()));
    out.println("ready");
    out.flush();
  }
}
