package dev.patchbay.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an emulated phone system alone. */
@Command(
    name = "emulate",
    description = "Run an emulated PBX.",
    synopsisSubcommandLabel = "PBX",
    subcommands = {
      EmulatePortSipCommand.class,
      EmulateIpCortexCommand.class,
      EmulateXelionCommand.class,
      EmulateCrmComCommand.class
    })
final class EmulateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a PBX is missing: " + String.join(", ", spec.subcommands().keySet()));
  }
}
