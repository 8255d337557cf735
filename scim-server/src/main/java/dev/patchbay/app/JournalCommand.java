package dev.patchbay.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Shows the open work of a running bridge and makes it go on. */
@Command(
    name = "journal",
    description = "Show the open work of a running bridge, and make it go on.",
    synopsisSubcommandLabel = "COMMAND")
final class JournalCommand implements Runnable {
  private static final int MOST = 200; // entries the bridge lists at once

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      defaultValue = "http://127.0.0.1:8080",
      description = "The bridge (default: ${DEFAULT-VALUE}).")
  private URI url;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before anything reads them
  JournalCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, see --help");
  }

  @Command(name = "list", description = "What waits and what is stuck, off-boarding first.")
  int list() {
    try (var bridge = bridge()) {
      PrintWriter out = spec.commandLine().getOut();
      JsonNode items = bridge.get("/api/v1/work?limit=" + MOST).path("items");
      items.forEach(item -> out.println(line(item)));
      out.println(summary(items.size()));
      out.flush();
      return 0;
    }
  }

  @Command(name = "retry", description = "Try the work on one entry now.")
  int retry(@Parameters(paramLabel = "ID", description = "The SCIM id.") String id) {
    return act(id, "retry");
  }

  @Command(name = "unblock", description = "Try it now with the parts that were given up.")
  int unblock(@Parameters(paramLabel = "ID", description = "The SCIM id.") String id) {
    return act(id, "unblock");
  }

  @Command(
      name = "cancel",
      description = "Take back what is not done yet: as it was before, here and on the PBX.")
  int cancel(@Parameters(paramLabel = "ID", description = "The SCIM id.") String id) {
    return act(id, "cancel");
  }

  @Command(
      name = "adopt",
      description = "Give a user the account that somebody left on a target under that name.")
  int adopt(@Parameters(paramLabel = "ID", description = "The SCIM id.") String id) {
    return act(id, "adopt");
  }

  private static String summary(int listed) {
    return switch (listed) {
      case 0 -> "nothing is open";
      case MOST -> "the first " + MOST + " of what is open";
      default -> listed + " open";
    };
  }

  private int act(String id, String action) {
    if (!id.matches("[A-Za-z0-9-]+")) {
      throw new ParameterException(spec.commandLine(), "ID: expected the id of a SCIM resource");
    }
    try (var bridge = bridge()) {
      bridge.post("/api/v1/work/" + id + "/" + action);
      return 0;
    }
  }

  private OperatorClient bridge() {
    return OperatorFlags.bridge(url);
  }

  private static String line(JsonNode item) {
    return "%s  %s %s/%s \"%s\" attempts=%d next=%s%s"
        .formatted(
            item.path("id").asText(),
            item.path("state").asText(),
            item.path("tenant").asText(),
            item.path("type").asText(),
            item.path("name").asText(),
            item.path("attempts").asInt(),
            item.path("nextAttempt").asText("-"),
            item.has("reason") ? " reason=\"" + item.path("reason").asText() + "\"" : "");
  }
}
