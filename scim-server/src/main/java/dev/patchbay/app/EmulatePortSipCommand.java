package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs an emulated PortSIP alone. */
@Command(
    name = "portsip",
    description = "Run an emulated PortSIP that keeps its users in a directory.")
final class EmulatePortSipCommand extends EmulateDialect {
  @Mixin private EmulatorFlags flags;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulatePortSipCommand() {
    super("portsip");
  }

  @Override
  Emulator start(Place place, Secret secret) throws IOException {
    return flags.start(place, secret);
  }
}
