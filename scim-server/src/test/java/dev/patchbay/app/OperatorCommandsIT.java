package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does at the command line. */
class OperatorCommandsIT {
  private static final String TOKEN = TokenHash.randomToken().reveal();
  private static final String OPERATOR = TokenHash.randomToken().reveal();
  private static final String PBX = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";
  private static final String BINDING = "/api/users/[^/]+/ms365_binding";

  @TempDir private Path directory;
  private String bridge = "";

  @Test
  void aUserOfThePbxIsImportedAndItsDriftRepaired() throws Exception {
    try (var pbx =
            PortSipEmulator.start(
                PortSipEmulatorOptions.defaults()
                    .withData(directory.resolve("pbx"))
                    .withToken(TOKEN));
        var serving = serve(pbx).awaitReady()) {
      var scim = serving.told("SCIM base URL of office:");
      bridge = scim.replace("/office/scim/v2", "");
      post(
          pbx.uri() + "/api/users",
          "{'name':'bob','display_name':'Bob','email':'bob@corp.example','role':'StandardUser',"
              + "'extension_number':'1500','password':'Tr0ub4dor!xK',"
              + "'extension_password':'Tr0ub4dor!xK','voicemail_pin':'749205'}");
      var people = directory.resolve("people.csv");
      Files.writeString(
          people, "userName,email,extension\nrobert@corp.example,bob@corp.example,1500\n");

      var listed = patchbay(0, "import", "office", "--people", people.toString());
      assertThat(listed).hasSize(2).last().asString().contains("robert@corp.example,,high");
      var list = directory.resolve("list.csv");
      Files.write(list, listed.stream().map(line -> line.replaceFirst("^no,", "yes,")).toList());
      assertThat(patchbay(0, "import", "office", "--confirm", list.toString()))
          .containsExactly("1 confirmed");

      post(scim + "/Users", "{'userName':'robert@corp.example','displayName':'Robert'}");
      assertThat(patchbay(0, "import", "office")).hasSize(1);
      assertThat(patchbay(0, "reconcile", "office", "--repair", "sync"))
          .containsExactly("compared 1 users and 0 groups: nothing to say");
      assertThat(patchbay(0, "brake", "list")).containsExactly("nothing is held");
      assertThat(patchbay(1, "brake", "release", "office"))
          .containsExactly("patchbay: nothing is held of tenant 'office'");
      assertThat(patchbay(1, "brake", "release", "nowhere"))
          .containsExactly("patchbay: there is no such tenant");
      assertThat(patchbay(1, "reconcile", "nowhere"))
          .containsExactly("patchbay: there is no such tenant");
    }
  }

  @Test
  void whatIsStuckIsListedTriedAgainTakenBackAndUnblocked() throws Exception {
    try (var pbx =
            PortSipEmulator.start(
                PortSipEmulatorOptions.defaults()
                    .withData(directory.resolve("pbx"))
                    .withToken(TOKEN));
        var serving = serve(pbx).awaitReady()) {
      var scim = serving.told("SCIM base URL of office:");
      bridge = scim.replace("/office/scim/v2", "");
      pbx.faults().replace(FaultRule.on("POST", BINDING, new Fault.Status(400)));
      var ada = post(scim + "/Users", bound("ada@corp.example")).path("id").asText();
      var bob = post(scim + "/Users", bound("bob@corp.example")).path("id").asText();

      assertThat(patchbay(0, "journal", "list"))
          .hasSize(3)
          .endsWith("2 open")
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(ada + "  blocked office/User \"ada@corp.example\" attempts=")
                      .contains(" next=-", "reason=\"", "pbx 'office' answered 400"));
      assertThat(patchbay(0, "journal", "retry", ada)).isEmpty();
      assertThat(state(scim, ada)).as("the part given up is not tried").isEqualTo("blocked");
      assertThat(patchbay(0, "journal", "cancel", ada)).isEmpty();
      await("ada without it").until(() -> state(scim, ada).equals("synced"));
      pbx.faults().replace();
      assertThat(patchbay(0, "journal", "unblock", bob)).isEmpty();
      await("bob's binding").until(() -> state(scim, bob).equals("synced"));

      assertThat(patchbay(0, "journal", "list")).containsExactly("nothing is open");
      assertThat(patchbay(1, "journal", "unblock", bob))
          .containsExactly("patchbay: nothing is open on an entry with this id");
    }
  }

  @Test
  void anIdThatIsNoneIsWrongUse() {
    assertThat(Program.run("journal", "cancel", "../brakes"))
        .isEqualTo(
            new Program(
                2,
                "",
                "patchbay journal: ID: expected the id of a SCIM resource"
                    + " (patchbay journal --help shows all)"
                    + System.lineSeparator()));
  }

  private StartedProgram serve(PortSipEmulator pbx) throws IOException {
    var config = directory.resolve("patchbay.yaml");
    Files.writeString(
        config,
        """
        listen: { port: 0 }
        operators: [ { name: kim, hash: "%s" } ]
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: { dialect: portsip, base-url: "%s", token: env:PBX_TOKEN }
            mapping:
              email-fallback: "{pbxUserName}@example.invalid"
              extensions: { pools: { default: { ranges: ["2000-2999"] } } }
        """
            .formatted(hash(OPERATOR), hash(TOKEN), pbx.uri()));
    return StartedProgram.start(Map.of("PBX_TOKEN", TOKEN), "serve", "--config", config.toString());
  }

  private static String hash(String token) {
    return TokenHash.of(Secret.of(token)).text();
  }

  /** What the command prints, log lines apart. */
  private List<String> patchbay(int exitCode, String... args) throws Exception {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", bridge));
    try (var program =
        StartedProgram.start(
            Map.of("PATCHBAY_OPERATOR_TOKEN", OPERATOR), all.toArray(String[]::new))) {
      assertThat(program.awaitEnd()).as("%s", program.printed()).isEqualTo(exitCode);
      return program.printed();
    }
  }

  private static String bound(String userName) {
    return "{'userName':'%s','%s':{'ms365':{'id':'%1$s'}}}".formatted(userName, PBX);
  }

  private static String state(String scim, String id) throws Exception {
    var request = request(scim + "/Users/" + id).GET().build();
    return answered(200, request).path(PBX).at("/provisioning/state").asText();
  }

  private static JsonNode post(String url, String body) throws Exception {
    var request =
        request(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    return answered(201, request);
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + TOKEN);
  }

  private static JsonNode answered(int status, HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return new ObjectMapper().readTree(answer.body());
    }
  }
}
