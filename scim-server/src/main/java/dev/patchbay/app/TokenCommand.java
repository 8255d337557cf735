package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an access token for an identity provider, and the line that lets it in. */
@Command(name = "token", description = "Make an access token; the configuration gets its hash.")
final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      defaultValue = "scim",
      description = "What the token is called in logs (default: ${DEFAULT-VALUE}).")
  private String name;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  TokenCommand() {}

  @Override
  public void run() {
    Secret token = TokenHash.randomToken();
    PrintWriter out = spec.commandLine().getOut();
    out.println("For the identity provider (shown this once):");
    out.println("  " + token.reveal());
    out.println("For the configuration, below 'tokens' of a tenant:");
    out.println(
        "  - { name: %s, hash: %s, idp: auto }"
            .formatted(Yaml.quoted(name), Yaml.quoted(TokenHash.of(token).text())));
    out.flush();
  }
}
