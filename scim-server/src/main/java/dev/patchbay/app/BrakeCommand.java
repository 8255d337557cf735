package dev.patchbay.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what off-boarding a running bridge holds because it was suddenly much, and lets it go. */
@Command(
    name = "brake",
    description = "Show what off-boarding is held because it was much at once, and let it go on.",
    synopsisSubcommandLabel = "COMMAND")
final class BrakeCommand implements Runnable {
  private static final String BRAKES = "/api/v1/brakes";

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field before anything reads it
  BrakeCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing, see --help");
  }

  @Command(name = "list", description = "The brakes that are pulled.")
  int list(@Mixin OperatorFlags bridge) {
    try (var client = bridge.bridge()) {
      PrintWriter out = spec.commandLine().getOut();
      JsonNode items = client.get(BRAKES).path("items");
      items.forEach(item -> out.println(line(item)));
      out.println(items.isEmpty() ? "nothing is held" : items.size() + " held");
      out.flush();
      return 0;
    }
  }

  @Command(name = "release", description = "Let what a tenant holds go on, once.")
  int release(
      @Mixin OperatorFlags bridge,
      @Parameters(paramLabel = "TENANT", description = "Whose PBX.") String tenant) {
    try (var client = bridge.bridge()) {
      var kinds = kinds(client, tenant);
      if (kinds.isEmpty()) {
        throw CommandFailed.because("nothing is held of tenant '" + tenant + "'");
      }
      var path = BRAKES + "/" + OperatorClient.segment(tenant) + "/";
      kinds.forEach(kind -> client.post(path + kind + "/release"));
      return 0;
    }
  }

  private static List<String> kinds(OperatorClient client, String tenant) {
    var kinds = new ArrayList<String>();
    client
        .get(BRAKES + "?tenant=" + OperatorClient.segment(tenant))
        .path("items")
        .forEach(item -> kinds.add(item.path("kind").asText()));
    return kinds;
  }

  private static String line(JsonNode item) {
    return "%s %s wanted=%d allowed=%d since=%s%s"
        .formatted(
            item.path("tenant").asText(),
            item.path("kind").asText(),
            item.path("wanted").asLong(),
            item.path("allowed").asLong(),
            item.path("since").asText(),
            item.has("releasedBy") ? " released by " + item.path("releasedBy").asText() : "");
  }
}
