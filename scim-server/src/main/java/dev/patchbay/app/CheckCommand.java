package dev.patchbay.app;

import dev.patchbay.config.ConfigException;
import dev.patchbay.config.ConfigFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether {@code serve} would take a configuration, and if not, all that is wrong with it. */
@Command(
    name = "check",
    description = "Check a configuration without starting anything; exit code 1 when it is wrong.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "patchbay.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(
      names = "--map",
      description = "Also tell which attribute becomes which field of each tenant's phone system.")
  private boolean map;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before call
  CheckCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ConfigFile file = ConfigFile.load(config, System.getenv());
      BridgeConfig settings = BridgeConfig.read(file);
      file.warnings().forEach(warning -> out.println("warning: " + warning));
      out.println(config + ": ok");
      if (map) {
        settings.tenants().forEach(tenant -> print(out, tenant));
      }
      return 0;
    } catch (ConfigException e) {
      out.println(e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }

  private static void print(PrintWriter out, TenantConfig tenant) {
    out.println();
    out.println(tenant.name() + " (" + tenant.dialect().name() + ")");
    tenant.map().forEach(out::println);
  }
}
