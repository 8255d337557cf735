package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Place;
import dev.patchbay.emulator.xelion.Otherwise;
import dev.patchbay.emulator.xelion.Undocumented;
import dev.patchbay.emulator.xelion.Undocumented.Absent;
import dev.patchbay.emulator.xelion.Undocumented.AddTwice;
import dev.patchbay.emulator.xelion.XelionEmulator;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--patch-users",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether accounts are changed by PATCH, or by PUT alone.")
  private @Nullable Boolean patchUsers;

  @Option(
      names = "--paged-users",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether the list of accounts has pages.")
  private @Nullable Boolean pagedUsers;

  @Option(
      names = "--addresses-on-create",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether a new Person keeps the addresses sent with it.")
  private @Nullable Boolean addressesOnCreate;

  @Option(
      names = "--find-by-name",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether Persons are found by ?name=.")
  private @Nullable Boolean findByName;

  @Option(
      names = "--splits-on-write",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether a changed family name of several words is split.")
  private @Nullable Boolean splitsOnWrite;

  @Option(
      names = "--deletes-person",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether a Person goes with its account.")
  private @Nullable Boolean deletesPerson;

  @Option(
      names = "--user-groups",
      paramLabel = "BOOL",
      arity = "1",
      description = "Whether this server has user groups.")
  private @Nullable Boolean userGroups;

  @Option(
      names = "--add-twice",
      paramLabel = "ANSWER",
      description = "Adding a present member: once, second_relation or refused.")
  private @Nullable AddTwice addTwice;

  @Option(
      names = "--absent",
      paramLabel = "ANSWER",
      description = "Deleting what is not there: numbered (404, 10100), bare (404) or success.")
  private @Nullable Absent absent;

  @Option(
      names = "--otherwise",
      paramLabel = "WORD",
      split = ",",
      description = "What else is not as usual: ${COMPLETION-CANDIDATES}.")
  private Set<Otherwise> otherwise = Set.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  EmulateXelionCommand() {
    super("xelion");
  }

  @Override
  Emulator start(Place place, Secret secret) throws IOException {
    return XelionEmulator.start(
        Emulators.xelion(place, secret)
            .withTokenLife(tokenLife)
            .withAtOnce(atOnce)
            .with(undocumented()));
  }

  private Undocumented undocumented() {
    var all = silences == Silences.USUAL ? Undocumented.usual() : Undocumented.other();
    return new Undocumented(
        or(patchUsers, all.patchUsers()),
        or(pagedUsers, all.pagedUsers()),
        or(addressesOnCreate, all.addressesOnCreate()),
        or(findByName, all.findByName()),
        or(splitsOnWrite, all.splitsOnWrite()),
        or(deletesPerson, all.deletesPerson()),
        or(userGroups, all.userGroups()),
        or(addTwice, all.addTwice()),
        or(absent, all.absent()),
        otherwise);
  }

  private static <T> T or(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }
}
