package dev.patchbay.pbx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.http.ScriptedServer;
import dev.patchbay.pbx.http.ScriptedServer.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a vendor's pages say is sent and answered, from {@code wire/} and the dialect's name. */
public record Conversation(List<JsonNode> exchanges) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Conversation of(String dialect, String name) {
    String file = "/wire/" + dialect + "/" + name + ".json";
    try (var in = Objects.requireNonNull(Conversation.class.getResourceAsStream(file), file)) {
      var exchanges = new ArrayList<JsonNode>();
      JSON.readTree(in).forEach(exchanges::add);
      return new Conversation(exchanges);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This one after another, such as a sign-in. */
  public Conversation after(Conversation other) {
    var all = new ArrayList<>(other.exchanges);
    all.addAll(exchanges);
    return new Conversation(all);
  }

  /** A server that gives the answers, one after the other. */
  public ScriptedServer serve() {
    return ScriptedServer.start(
        exchanges.stream().map(it -> turn(it.get("response"))).toArray(Turn[]::new));
  }

  private static Turn turn(JsonNode response) {
    String body = response.has("body") ? response.get("body").toString() : "";
    return ScriptedServer.json(response.get("status").asInt(), body);
  }

  /** Holds the requests the server got against the vendor's. */
  public void assertHeldBy(ScriptedServer server) throws IOException {
    assertThat(server.requests()).hasSameSizeAs(exchanges);
    for (int i = 0; i < exchanges.size(); i++) {
      assertSame(server.requests().get(i), exchanges.get(i).get("request"));
    }
  }

  private static void assertSame(String sent, JsonNode wanted) throws IOException {
    String body = sent.substring(sent.indexOf("\r\n\r\n") + 4);
    assertThat(sent)
        .startsWith(wanted.get("method").asText() + " " + wanted.get("path").asText() + " HTTP");
    if (wanted.has("body")) {
      assertThat(sent).contains("Content-Type: application/json\r\n");
      var json = JSON.readTree(body.getBytes(UTF_8));
      for (JsonNode generated : wanted.path("generated")) {
        assertThat(((ObjectNode) json).remove(generated.asText()).asText()).isNotBlank();
      }
      assertThat(json).isEqualTo(wanted.get("body"));
    } else {
      assertThat(body).isEqualTo(wanted.path("form").asText());
    }
    wanted
        .path("headers")
        .properties()
        .forEach(
            it -> assertThat(sent).contains(it.getKey() + ": " + it.getValue().asText() + "\r\n"));
    if (wanted.has("token")) {
      assertThat(sent).contains("Authorization: Bearer " + wanted.get("token").asText() + "\r\n");
    }
  }
}
