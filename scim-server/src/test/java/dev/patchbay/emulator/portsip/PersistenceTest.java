package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.emulator.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest extends EmulatorTest {
  private static final String TOKEN = "the-token";

  @TempDir private Path directory;

  private PortSipEmulatorOptions options() {
    return PortSipEmulatorOptions.defaults().withToken(TOKEN).withData(directory.resolve("pbx"));
  }

  /** Starts an emulator on the directory in the first argument and says where, until killed. */
  static final class Child {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      var pbx =
          PortSipEmulator.start(
              PortSipEmulatorOptions.defaults().withToken(TOKEN).withData(Path.of(arguments[0])));
      System.out.println(pbx.uri());
      Thread.currentThread().join();
    }
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    String user;
    String group;
    try (var first = PortSipEmulator.start(options())) {
      var client = EmulatorClient.of(first);
      user = client.create("ada", "1001").id();
      group = client.post("/api/groups", Json.object().put("name", "sales")).id();
      client.post("/api/groups/" + group + "/members/1001");
      client.post(
          "/api/users/" + user + "/ms365_binding", Json.object().put("id", "ada@example.com"));
    }

    var client = EmulatorClient.of(start(options()));

    assertThat(client.get("/api/users/" + user).body().path("name").asText()).isEqualTo("ada");
    assertThat(client.get("/api/groups/" + group + "/members/1001").status()).isEqualTo(200);
    assertThat(client.create("ada", "1002").status()).isEqualTo(400);
    assertThat(client.post("/api/users/" + user + "/ms365_binding/destroy").status())
        .isEqualTo(204);
    assertThat(client.get("/api/roles").body().path("count").asInt()).isEqualTo(4);
  }

  @Test
  void whatWasAnsweredSurvivesAKill() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                directory.resolve("pbx").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      var client = new EmulatorClient(URI.create(lines.readLine()), TOKEN);
      for (int i = 0; i < 20; i++) {
        client.create("user" + i, "20" + i).id();
      }
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();

    var client = EmulatorClient.of(start(options()));

    assertThat(client.get("/api/users").body().path("count").asInt()).isEqualTo(20);
  }

  @Test
  void noPasswordIsInTheFiles() throws IOException {
    EmulatorClient.of(start(options())).create("ada", "1001").id();

    try (Stream<Path> files = Files.list(directory.resolve("pbx"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("Kf7$qW2z", "Zr8%mB4t", TOKEN);
      }
    }
  }

  @Test
  void aTakenPortEndsTheStart() throws IOException {
    int taken = start().port();

    assertThatThrownBy(() -> start(options().withPort(taken))).isInstanceOf(IOException.class);
  }

  @Test
  void twoInMemoryShareNothing() throws IOException {
    EmulatorClient.of(start()).create("ada", "1001").id();

    assertThat(EmulatorClient.of(start()).create("ada", "1001").status()).isEqualTo(201);
  }
}
