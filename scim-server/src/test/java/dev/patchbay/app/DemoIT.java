package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, tried as it says itself: by pasting what it prints into a shell. */
class DemoIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void whatItPrintsWorksWhenPasted() throws Exception {
    try (StartedProgram demo = demo().awaitReady()) {
      List<String> curls = curls(demo);

      JsonNode created = JSON.readTree(paste(curls.get(0)));
      JsonNode onThePbx = JSON.readTree(paste(curls.get(1)));
      JsonNode disabled = JSON.readTree(paste(curls.get(2)));

      assertThat(created.path("userName").asText()).isEqualTo("ada@example.com");
      assertThat(onThePbx.path("items").path(0).path("name").asText()).isEqualTo("ada");
      assertThat(disabled.path("active").asBoolean(true)).isFalse();
      JsonNode after = JSON.readTree(paste(curls.get(1)));
      assertThat(after.path("items").path(0).path("enabled").asBoolean(true)).isFalse();
      assertThat(demo.stop()).isEqualTo(143);
    }
  }

  @Test
  void whatItPrintsOfEveryPbxWorksWhenPasted() throws Exception {
    try (StartedProgram demo = demo("--pbx", "all").awaitReady()) {
      List<String> curls = demo.printed().stream().filter(it -> it.contains("curl ")).toList();

      assertThat(curls).hasSize(12);
      for (int first = 0; first < curls.size(); first += 3) {
        assertThat(JSON.readTree(paste(curls.get(first))).path("id").asText()).isNotEmpty();
        assertThat(paste(curls.get(first + 1))).contains("\"ada\"");
      }
      for (int pbx = 0; pbx < 3; pbx++) {
        JsonNode disabled = JSON.readTree(paste(curls.get(3 * pbx + 2)));
        assertThat(disabled.path("active").asBoolean(true)).as(curls.get(3 * pbx)).isFalse();
      }
      assertThat(paste(curls.get(7))).contains("\"active\":false");
      assertThat(JSON.readTree(paste(curls.get(11))).path("status").asText()).isEqualTo("501");
      assertThat(demo.stop()).isEqualTo(143);
    }
  }

  @Test
  void aSecondStartHasEverythingStillThereAndAnotherToken() throws Exception {
    String token;
    try (StartedProgram first = demo().awaitReady()) {
      token = first.told("SCIM token:");
      paste(curls(first).get(0));
      first.stop();
    }
    try (StartedProgram second = demo().awaitReady()) {
      String base = second.told("SCIM base URL:");

      JsonNode found = JSON.readTree(paste(list(base, second.told("SCIM token:"))));

      assertThat(found.path("totalResults").asInt()).isEqualTo(1);
      assertThat(JSON.readTree(paste(list(base, token))).path("status").asText()).isEqualTo("401");
      second.stop();
    }
  }

  private StartedProgram demo(String... more) throws IOException {
    var usual = List.of("demo", "--port", "0", "--pbx-port", "0", "--data", directory.toString());
    return StartedProgram.start(
        Stream.concat(usual.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private static List<String> curls(StartedProgram demo) {
    List<String> curls = demo.printed().stream().filter(line -> line.contains("curl ")).toList();
    assertThat(curls).hasSize(3);
    return curls;
  }

  private static String list(String base, String token) {
    return "curl -s -H 'Authorization: Bearer %s' %s/Users".formatted(token, base);
  }

  private static String paste(String line) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", line).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
