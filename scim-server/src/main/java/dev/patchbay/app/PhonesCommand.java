package dev.patchbay.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Acts on the phones of one user of a running bridge. */
@Command(
    name = "phones",
    description = "Sign a user's phones out, or have their settings made anew.",
    synopsisSubcommandLabel = "COMMAND")
final class PhonesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field before anything reads it
  PhonesCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, see --help");
  }

  @Command(
      name = "end-registrations",
      description = "Sign all phones of a user out; who may work can sign in again.")
  int endRegistrations(
      @Mixin OperatorFlags bridge,
      @Parameters(paramLabel = "ID", description = "The SCIM id.") String id) {
    return act(bridge, id, "end-registrations");
  }

  @Command(name = "reset-profile", description = "Have the PBX make the user's profile file anew.")
  int resetProfile(
      @Mixin OperatorFlags bridge,
      @Parameters(paramLabel = "ID", description = "The SCIM id.") String id) {
    return act(bridge, id, "reset-profile");
  }

  private static int act(OperatorFlags bridge, String id, String action) {
    try (var client = bridge.bridge()) {
      client.post("/api/v1/users/" + OperatorClient.segment(id) + "/" + action);
      return 0;
    }
  }
}
