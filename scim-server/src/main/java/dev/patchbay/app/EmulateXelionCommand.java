package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.xelion.Undocumented;
import dev.patchbay.emulator.xelion.XelionEmulator;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an emulated Xelion Phone System alone; its tenant is {@code master}. */
@Command(
    name = "xelion",
    description = "Run an emulated Xelion that keeps its users in a directory.")
final class EmulateXelionCommand extends EmulateDialect {
  private enum Silences {
    USUAL,
    OTHER
  }

  @Option(
      names = "--token-life",
      paramLabel = "DURATION",
      defaultValue = "PT30M",
      description = "How long a sign-in lasts (default: ${DEFAULT-VALUE}).")
  private Duration tokenLife;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests at once, then 429 (default: ${DEFAULT-VALUE}).")
  private int atOnce;

  @Option(
      names = "--undocumented",
      paramLabel = "WAY",
      defaultValue = "usual",
      description = "What the vendor does not say: usual as its other pages, or the other way.")
  private Silences silences;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateXelionCommand() {
    super("xelion");
  }

  @Override
  Emulator start(Place place, Secret secret) throws IOException {
    var undocumented = silences == Silences.USUAL ? Undocumented.usual() : Undocumented.other();
    return XelionEmulator.start(
        Emulators.xelion(place, secret)
            .withTokenLife(tokenLife)
            .withAtOnce(atOnce)
            .with(undocumented));
  }
}
