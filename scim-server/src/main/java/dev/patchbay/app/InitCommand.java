package dev.patchbay.app;

import dev.patchbay.app.StarterTenant.Blanks;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.pbx.api.PbxDialect;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a first configuration for {@code serve} and puts the PBX's secret beside the data. */
@Command(
    name = "init",
    description = {
      "Print a commented configuration for one PBX, to be saved as patchbay.yaml.",
      "Makes the data directory (mode 700) with the PBX's secret in it (mode 600)."
    })
final class InitCommand implements Runnable {
  // PortSIP documents no limit; its own clients give up after a minute at the latest.
  private static final Duration QUIET_TIME = Duration.ofSeconds(60);
  private static final int PORTSIP_PER_MINUTE = 4000;
  private static final int UNPACED = 0; // the others document no limit

  @Spec private CommandSpec spec;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      completionCandidates = DialectNames.class,
      converter = DialectNames.Converter.class,
      defaultValue = "portsip",
      description = "The kind of PBX: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PbxDialect dialect;

  @Option(
      names = "--pbx-url",
      paramLabel = "URL",
      required = true,
      description = "Where the PBX answers, such as https://pbx.example.com:8887.")
  private URI pbxUrl;

  @Option(
      names = "--pbx-token",
      paramLabel = "TOKEN",
      required = true,
      converter = PbxSecret.class,
      description = "The token, password or key the PBX lets the bridge in with, or file:PATH.")
  private Secret pbxToken;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "demo",
      description = "The tenant, part of the SCIM base URL (default: ${DEFAULT-VALUE}).")
  private String tenant;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      converter = BearerToken.class,
      description = "The token the identity provider will use (default: a new one, told once).")
  private @Nullable Secret token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Where the bridge keeps its files (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      defaultValue = "8080",
      description = "Where the bridge will listen (default: ${DEFAULT-VALUE}).")
  private int port;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before run
  InitCommand() {}

  @Override
  public void run() {
    DataDirectory directory = DataDirectory.make(data);
    directory.write(StarterConfig.PBX_TOKEN, pbxToken);
    Secret scim = token == null ? newToken() : token;
    var starter = new StarterConfig(port, directory, List.of(starter(TokenHash.of(scim))));
    PrintWriter out = spec.commandLine().getOut();
    out.print(starter.yaml());
    out.flush();
    tellBlanks(starter.yaml());
  }

  private StarterTenant starter(TokenHash hash) {
    return new StarterTenant(
        tenant, hash, dialect.name(), pbxUrl, QUIET_TIME, perMinute(), "attribute", Blanks.LEFT);
  }

  private int perMinute() {
    return dialect.name().equals("portsip") ? PORTSIP_PER_MINUTE : UNPACED;
  }

  private void tellBlanks(String yaml) {
    List<String> blanks = StarterTenant.blanks(yaml);
    if (!blanks.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("to be filled in ('# fill in'): " + String.join(", ", blanks));
      err.flush();
    }
  }

  /** Tells it apart from the configuration, which goes to standard output. */
  private Secret newToken() {
    Secret made = TokenHash.randomToken();
    PrintWriter err = spec.commandLine().getErr();
    err.println("token for the identity provider (shown this once): " + made.reveal());
    err.flush();
    return made;
  }
}
