package dev.patchbay.app;

import dev.patchbay.config.ConfigException;
import dev.patchbay.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the bridge until it is told to stop. */
@Command(name = "serve", description = "Run the bridge.")
final class ServeCommand implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "patchbay.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  ServeCommand() {}

  @Override
  public void run() {
    BridgeConfig settings = read();
    var stop = StopSignal.install();
    try (Bridge bridge = Bridge.open(settings, Clock.systemUTC())) {
      PrintWriter out = spec.commandLine().getOut();
      for (TenantConfig tenant : settings.tenants()) {
        out.println("SCIM base URL of " + tenant.name() + ": " + bridge.scimUrl(tenant.name()));
      }
      out.println("ready");
      out.flush();
      stop.await();
    } catch (IOException e) {
      throw CommandFailed.listening(settings.listen().host(), settings.listen().port(), e);
    } finally {
      stop.closed();
    }
  }

  private BridgeConfig read() {
    try {
      ConfigFile file = ConfigFile.load(config, System.getenv());
      BridgeConfig settings = BridgeConfig.read(file);
      file.warnings().forEach(LOG::warn);
      return settings;
    } catch (ConfigException e) {
      throw CommandFailed.because(e);
    }
  }
}
