package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations that must not be worked with stop {@code check} and {@code serve} alike, with all
 * that is wrong with them. The cases are in {@code src/test/resources/hostile-config}: a line
 * {@code === } with what is wrong, a configuration, a line {@code ---}, and the messages, each with
 * its line.
 */
class HostileConfigurationTest {
  private static final Path CASES = Path.of("src/test/resources/hostile-config");
  private static final String SECRET = "Orange-4-Teapot-Runs";

  /** Stand for the least that a PBX of each dialect needs. */
  static final Map<String, String> PBX =
      Map.of(
          "PORTSIP", "dialect: portsip, base-url: https://pbx.test, token: file:secret",
          "IPCORTEX",
              "dialect: ipcortex, base-url: https://pbx.test, username: b, password: file:secret",
          "XELION",
              "dialect: xelion, base-url: https://pbx.test, username: b, password: file:secret",
          "CRMCOM",
              "dialect: crmcom, base-url: https://pbx.test, api-key: file:secret,"
                  + " templates: { default: { name: Office }, agent: { name: Agent } }");

  /** What is wrong, the configuration, and everything that is to be said of it. */
  record Hostile(String title, String yaml, List<String> messages) {
    @Override
    public String toString() {
      return title;
    }
  }

  @TempDir private Path directory;

  static Stream<Hostile> cases() throws IOException {
    try (var files = Files.list(CASES)) {
      return files.sorted().toList().stream().flatMap(HostileConfigurationTest::cases);
    }
  }

  private static Stream<Hostile> cases(Path file) {
    try {
      return Stream.of(Files.readString(file).split("(?m)^=== "))
          .filter(text -> !text.isBlank())
          .map(HostileConfigurationTest::hostile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Hostile hostile(String text) {
    String[] parts = text.split("(?m)^---\n", 2);
    String[] head = parts[0].split("\n", 2);
    String yaml = head[1];
    for (Map.Entry<String, String> pbx : PBX.entrySet()) {
      yaml = yaml.replace("$" + pbx.getKey(), pbx.getValue());
    }
    return new Hostile(head[0], yaml, parts[1].lines().filter(line -> !line.isBlank()).toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stopsTheStartAndSaysAllThatIsWrong(Hostile hostile) throws IOException {
    Path file = Files.writeString(directory.resolve("patchbay.yaml"), hostile.yaml());
    Files.writeString(directory.resolve("secret"), SECRET);
    String place = Pattern.quote(file + ":");

    Program check = Program.run("check", "--config", file.toString());
    Program serve = Program.run("serve", "--config", file.toString());

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out().replaceAll(place, "").lines())
        .containsExactlyInAnyOrderElementsOf(hostile.messages());
    assertThat(serve.exitCode()).isEqualTo(2);
    assertThat(serve.err()).contains(check.out().strip());
    assertThat(check.out() + serve.out() + serve.err()).doesNotContain(SECRET);
  }
}
