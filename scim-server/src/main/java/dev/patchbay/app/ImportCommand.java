package dev.patchbay.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchbay.reconcile.Proposals;
import dev.patchbay.reconcile.Proposals.Account;
import dev.patchbay.reconcile.Proposals.Person;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the users and groups a PBX had before the bridge, and says whose they are. */
@Command(
    name = "import",
    description = "List what a PBX had before the bridge, with guesses whose it is; confirm them.")
final class ImportCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "confirm",
          "type",
          "pbxId",
          "name",
          "extension",
          "email",
          "displayName",
          "userName",
          "externalId",
          "confidence",
          "reason");

  @Spec private CommandSpec spec;
  @Mixin private OperatorFlags bridge;

  @Parameters(paramLabel = "TENANT", description = "Whose PBX.")
  private String tenant;

  @Option(
      names = "--people",
      paramLabel = "FILE",
      description =
          "The identity provider's people: CSV with userName, externalId, email, extension.")
  private @Nullable Path people;

  @Option(
      names = "--match",
      split = ",",
      paramLabel = "KEY",
      description = "What to guess by: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Proposals.Key> keys = EnumSet.allOf(Proposals.Key.class);

  @Option(
      names = "--confirm",
      paramLabel = "FILE",
      description = "The list this command printed, with yes (or no) in the column confirm.")
  private @Nullable Path confirmed;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields before call
  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    String path = "/api/v1/import/" + OperatorClient.segment(tenant);
    try (var client = bridge.bridge()) {
      return confirmed == null ? list(client.get(path)) : confirm(client, path, confirmed);
    }
  }

  private int list(JsonNode answer) throws IOException {
    var proposals = new Proposals(accounts(answer), people(), keys);
    try (var table = Csv.to(spec.commandLine().getOut(), COLUMNS)) {
      for (JsonNode item : answer.path("items")) {
        table.write(row(item, proposals));
      }
    }
    return 0;
  }

  private static List<Account> accounts(JsonNode answer) {
    var accounts = new ArrayList<Account>();
    for (JsonNode item : answer.path("items")) {
      if (item.path("type").asText().equals("user")) {
        accounts.add(account(item));
      }
    }
    return accounts;
  }

  private static Account account(JsonNode item) {
    return new Account(
        item.path("pbxId").asText(),
        item.path("name").asText(),
        item.path("extension").asText(),
        item.path("email").asText());
  }

  private List<Person> people() {
    if (people == null) {
      return List.of();
    }
    return Csv.read(people, List.of("userName", "externalId")).stream()
        .map(
            row ->
                new Person(
                    row.getOrDefault("userName", ""),
                    row.getOrDefault("externalId", ""),
                    row.getOrDefault("email", ""),
                    row.getOrDefault("extension", "")))
        .toList();
  }

  private List<String> row(JsonNode item, Proposals proposals) {
    boolean user = item.path("type").asText().equals("user");
    var proposal = user ? proposals.of(account(item)) : Optional.<Proposals.Proposal>empty();
    var state = item.path("state").asText();
    var row = new ArrayList<String>();
    row.add(state.equals("confirmed") ? "yes" : "no");
    for (String column : COLUMNS.subList(1, 7)) {
      row.add(item.path(column).asText());
    }
    row.add(
        proposal.map(it -> it.person().userName()).orElse(item.path("knownByUserName").asText()));
    row.add(
        proposal
            .map(it -> it.person().externalId())
            .orElse(item.path("knownByExternalId").asText()));
    row.add(proposal.map(it -> it.confidence().name().toLowerCase(Locale.ROOT)).orElse(""));
    row.add(proposal.map(Proposals.Proposal::reason).orElse(reason(state, user)));
    return row;
  }

  private static String reason(String state, boolean user) {
    return switch (state) {
      case "managed" -> "the pbx keeps this user itself";
      case "confirmed" -> "confirmed before";
      default ->
          user ? "without userName and externalId: known by its e-mail" : "known by its name";
    };
  }

  private int confirm(OperatorClient client, String path, Path file) {
    var body = JsonNodeFactory.instance.objectNode();
    var items = body.putArray("items");
    for (Map<String, String> row : Csv.read(file, List.of("confirm"))) {
      var item = items.addObject();
      for (String key : List.of("type", "pbxId", "userName", "externalId")) {
        item.put(key, row.getOrDefault(key, ""));
      }
      item.put("confirm", row.getOrDefault("confirm", "").equalsIgnoreCase("yes"));
    }
    return print(client.post(path, body).path("items"));
  }

  private int print(JsonNode outcomes) {
    PrintWriter out = spec.commandLine().getOut();
    int refused = 0;
    int confirmed = 0;
    for (JsonNode each : outcomes) {
      var outcome = each.path("outcome").asText();
      if (outcome.equals("refused")) {
        refused++;
        out.println(each.path("pbxId").asText() + " refused: " + each.path("reason").asText());
      } else if (outcome.equals("confirmed")) {
        confirmed++;
      }
    }
    out.println(confirmed + " confirmed" + (refused > 0 ? ", " + refused + " refused" : ""));
    out.flush();
    return refused > 0 ? 1 : 0;
  }
}
