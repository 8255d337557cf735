package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.ipcortex.Account;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an emulated IPCortex PABX alone; its account is {@code bridge} of company {@code acme}. */
@Command(
    name = "ipcortex",
    description = "Run an emulated IPCortex PABX that keeps its users in a directory.")
final class EmulateIpCortexCommand extends EmulateDialect {
  @Option(
      names = "--fail-status",
      paramLabel = "STATUS",
      defaultValue = "200",
      description = "HTTP status of refusals: 200 or 400 (default: ${DEFAULT-VALUE}).")
  private int failStatus;

  @Option(
      names = "--session-life",
      paramLabel = "DURATION",
      defaultValue = "PT30M",
      description = "How long a sign-in lasts (default: ${DEFAULT-VALUE}).")
  private Duration sessionLife;

  @Option(
      names = "--right",
      paramLabel = "RIGHT",
      defaultValue = "system_admin",
      description = "Of the account: system_admin, company_admin or none.")
  private Account.Right right;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateIpCortexCommand() {
    super("ipcortex");
  }

  @Override
  Emulator start(Place place, Secret secret) throws IOException {
    var usual = Emulators.ipCortex(place, secret);
    return IpCortexEmulator.start(
        usual
            .with(usual.undocumented().withFailStatus(failStatus))
            .with(right)
            .withSessionLife(sessionLife));
  }
}
