package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.ipcortex.Account;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import dev.patchbay.emulator.ipcortex.Undocumented;
import dev.patchbay.emulator.ipcortex.Undocumented.Counts;
import dev.patchbay.emulator.ipcortex.Undocumented.Empty;
import dev.patchbay.emulator.ipcortex.Undocumented.Ended;
import dev.patchbay.emulator.ipcortex.Undocumented.KeyPlace;
import dev.patchbay.emulator.ipcortex.Undocumented.Names;
import dev.patchbay.emulator.ipcortex.Undocumented.Nobody;
import dev.patchbay.emulator.ipcortex.Undocumented.Reach;
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

  @Option(
      names = "--key-place",
      paramLabel = "PLACE",
      defaultValue = "body",
      description = "Where an Auth Key is looked for: body or bearer (default: ${DEFAULT-VALUE}).")
  private KeyPlace keyPlace;

  @Option(
      names = "--ended",
      paramLabel = "ANSWER",
      defaultValue = "fail",
      description = "Answer to a session that has ended: fail, unauthorized or forbidden.")
  private Ended ended;

  @Option(
      names = "--numrows",
      paramLabel = "ROWS",
      defaultValue = "matched",
      description = "What an update counts: the users matched, or those changed.")
  private Counts counts;

  @Option(
      names = "--nobody",
      paramLabel = "ANSWER",
      defaultValue = "zero",
      description =
          "Answer to a change of nobody: zero (a success of no rows), fail, or fail_reads"
              + " (to a read, too).")
  private Nobody nobody;

  @Option(
      names = "--empty",
      paramLabel = "EFFECT",
      defaultValue = "clears",
      description = "What an empty text makes of a column: clears or keeps.")
  private Empty empty;

  @Option(
      names = "--names",
      paramLabel = "FORM",
      defaultValue = "any",
      description =
          "Which characters names may have: any, or those of a company's name (and no @).")
  private Names nameForm;

  @Option(
      names = "--reach",
      paramLabel = "REACH",
      defaultValue = "itself",
      description = "Whom an account without rights may change: itself or everybody.")
  private Reach reach;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateIpCortexCommand() {
    super("ipcortex");
  }

  @Override
  Emulator start(Place place, Secret secret) throws IOException {
    var usual = Emulators.ipCortex(place, secret);
    return IpCortexEmulator.start(
        usual.with(undocumented(usual.undocumented())).with(right).withSessionLife(sessionLife));
  }

  private Undocumented undocumented(Undocumented usual) {
    return usual
        .withFailStatus(failStatus)
        .with(keyPlace)
        .with(ended)
        .with(counts)
        .with(nobody)
        .with(empty)
        .with(nameForm)
        .with(reach);
  }
}
