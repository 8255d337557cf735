package dev.patchbay.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a running bridge compare a tenant with its PBX, and shows what it found. */
@Command(
    name = "reconcile",
    description =
        "Compare a tenant with its PBX, and repair it; exit code 1 when it could not be compared.")
final class ReconcileCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What is done about what is found. */
  enum Policy {
    REPORT,
    UPSERT,
    SYNC
  }

  @Spec private CommandSpec spec;
  @Mixin private OperatorFlags bridge;

  @Parameters(paramLabel = "TENANT", description = "Whose PBX.")
  private String tenant;

  @Option(
      names = "--repair",
      paramLabel = "POLICY",
      defaultValue = "report",
      description =
          "report: only tell; upsert: set right what is missing or different; sync: also take away"
              + " what the bridge made and nobody wants (default: ${DEFAULT-VALUE}).")
  private Policy repair;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before call
  ReconcileCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    String path = "/api/v1/reconcile/" + OperatorClient.segment(tenant);
    try (var client = bridge.bridge()) {
      client.post(path + "?repair=" + repair.name().toLowerCase(Locale.ROOT));
      JsonNode answer = client.get(path);
      while (answer.path("underWay").asBoolean()) {
        Thread.sleep(PAUSE);
        answer = client.get(path);
      }
      return print(answer.path("report"));
    }
  }

  private int print(JsonNode report) {
    PrintWriter out = spec.commandLine().getOut();
    report.path("findings").forEach(finding -> out.println(line(finding)));
    out.println(summary(report));
    out.flush();
    if (!report.has("failure")) {
      return 0;
    }
    throw CommandFailed.because("not compared: " + report.path("failure").asText());
  }

  private static String line(JsonNode finding) {
    var line = new StringBuilder(finding.path("alarming").asBoolean() ? "ALARM " : "");
    line.append(finding.path("drift").asText()).append(' ').append(finding.path("type").asText());
    line.append(" \"").append(finding.path("name").asText()).append('"');
    for (String key : new String[] {"id", "group", "pbxId", "origin"}) {
      if (finding.has(key)) {
        line.append(' ').append(key).append('=').append(finding.path(key).asText());
      }
    }
    finding.path("fields").forEach(field -> line.append(' ').append(difference(field)));
    line.append(" -> ").append(finding.path("outcome").asText());
    return line.toString() + (finding.has("reason") ? ": " + finding.path("reason").asText() : "");
  }

  private static String difference(JsonNode field) {
    return "%s: wanted \"%s\", found \"%s\""
        .formatted(
            field.path("field").asText(),
            field.path("wanted").asText(),
            field.path("found").asText());
  }

  private static String summary(JsonNode report) {
    var counts = new ArrayList<String>();
    report
        .path("counts")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().asLong() > 0) {
                counts.add(each.getKey() + " " + each.getValue().asLong());
              }
            });
    return "compared %d users and %d groups: %s"
        .formatted(
            report.path("users").asLong(),
            report.path("groups").asLong(),
            counts.isEmpty() ? "nothing to say" : String.join(", ", counts));
  }
}
