package dev.patchbay.pbx.crmcom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ScriptedServer;
import dev.patchbay.pbx.http.ScriptedServer.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends what the vendor's pages show, and understands what they answer. */
@Timeout(30)
class CrmComWireTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PbxUser ANNA =
      new PbxUser(
          Map.ofEntries(
              Map.entry(PbxField.NAME, "anna.berg"),
              Map.entry(PbxField.GIVEN_NAME, "Anna"),
              Map.entry(PbxField.FAMILY_NAME, "Berg"),
              Map.entry(PbxField.EMAIL, "anna@example.com"),
              Map.entry(PbxField.EXTENSION, "0100"),
              Map.entry(PbxField.ROLE, "agent"),
              Map.entry(PbxField.DEPARTMENT, "is not CRM.COM's"),
              Map.entry(PbxField.CUSTOM_TEXT_1, "E-4711"),
              Map.entry(PbxField.CUSTOM_TEXT_8, "Sales"),
              Map.entry(PbxField.CUSTOM_NUMBER_1, "0.5"),
              Map.entry(PbxField.CUSTOM_DATE_4, "2025-03-01")));
  private static final CreateUser CREATE =
      new CreateUser(
          ANNA,
          new PbxSecrets(
              Secret.of("Blue-7-Kettle-Sings"), Secret.of("not sent"), Secret.of("749205")));

  @TempDir private Path directory;

  private static JsonNode vendor(String name) throws IOException {
    String file = "/vendor/crmcom/" + name + ".json";
    try (var in = Objects.requireNonNull(CrmComWireTest.class.getResourceAsStream(file))) {
      return JSON.readTree(in);
    }
  }

  private PbxAdapter open(ScriptedServer pbx, String login) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "Orange-4-Teapot-Runs");
    Path key = Files.writeString(directory.resolve("key"), "Orange-4-Teapot-Key");
    String settings =
        "base-url: "
            + pbx.uri()
            + "\ntemplates: { agent: { name: Agent, cti: true }, office: { id: '2' } }\n"
            + login.replace("SECRET", secret.toString()).replace("KEY", key.toString());
    return new CrmComDialect().open("desk", Section.of(settings), Clock.systemUTC(), () -> 1);
  }

  private static ScriptedServer serve(String... examples) throws IOException {
    var turns = Stream.<Turn>builder();
    for (String example : examples) {
      turns.add(ScriptedServer.json(200, vendor(example).path("response").toString()));
    }
    return ScriptedServer.start(turns.build().toArray(Turn[]::new));
  }

  private static void assertHeld(String sent, String example) throws IOException {
    JsonNode wanted = vendor(example);
    byte[] body = sent.substring(sent.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8);
    assertThat(sent).startsWith("POST " + wanted.path("path").asText() + " HTTP");
    assertThat(sent).contains("Content-Type: application/json\r\n");
    if (wanted.has("authorization")) {
      assertThat(sent).contains("Authorization: " + wanted.path("authorization").asText() + "\r\n");
    }
    assertThat(JSON.readTree(body)).isEqualTo(wanted.path("request"));
  }

  @Test
  void signsInByPasswordAndCreatesAsTheVendorShows() throws IOException {
    String login = "username: bridge\npassword: file:SECRET\norganisation: Acme";
    try (var pbx = serve("token", "users-create");
        var adapter = open(pbx, login)) {
      PbxRef ref = adapter.apply(CREATE);

      assertThat(pbx.requests()).hasSize(2);
      assertHeld(pbx.requests().get(0), "token");
      assertHeld(pbx.requests().get(1), "users-create");
      assertThat(ref).isEqualTo(new PbxRef("1"));
    }
  }

  @Test
  void signsInByKeyAsTheVendorShows() throws IOException {
    try (var pbx = serve("web-api-key-token", "users-create");
        var adapter = open(pbx, "api-key: file:KEY\nunit: Head office")) {
      adapter.apply(CREATE);

      assertHeld(pbx.requests().get(0), "web-api-key-token");
    }
  }

  @Test
  void sendsNoExtensionWhereTheTemplateHasNoPhones() throws IOException {
    try (var pbx = serve("web-api-key-token", "users-create");
        var adapter = open(pbx, "api-key: file:KEY")) {
      PbxUser clerk = ANNA.with(PbxField.ROLE, java.util.Optional.of("office"));

      adapter.apply(new CreateUser(clerk, CREATE.secrets()));

      assertThat(pbx.requests().get(1))
          .contains("\"user_template_identifier\":{\"id\":\"2\"}")
          .doesNotContain("cti_phone_extension_number");
    }
  }
}
