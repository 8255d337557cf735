package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code init} prints, for every dialect: right but for what it says is to be filled in. */
class StarterConfigTest {
  /** The keys only an administrator of the PBX knows, with a value for each. */
  private static final Map<String, Map<String, String>> BLANKS =
      Map.of(
          "portsip", Map.of(),
          "ipcortex", Map.of("username", "bridge", "disabled-role", "suspended"),
          "xelion", Map.of("username", "bridge"),
          "crmcom", Map.of("name", "Agent"));

  @TempDir private Path directory;

  static Stream<String> dialects() {
    return Dialects.byName().keySet().stream();
  }

  private Program init(String dialect) {
    return Program.run(
        "init",
        "--dialect=" + dialect,
        "--pbx-url=https://pbx.example.com",
        "--pbx-token=Blue 7 Kettle: Sings",
        "--token=pb_0123456789",
        "--tenant=office",
        "--data=" + directory.resolve("data"));
  }

  private Program check(String yaml) throws IOException {
    Path config = Files.writeString(directory.resolve("patchbay.yaml"), yaml);
    return Program.run("check", "--config", config.toString());
  }

  private static String filledIn(String dialect, String yaml) {
    String filled = yaml;
    for (Map.Entry<String, String> blank : BLANKS.get(dialect).entrySet()) {
      filled =
          filled.replace(blank.getKey() + ": # fill in", blank.getKey() + ": " + blank.getValue());
    }
    return filled;
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void isRightOnceItIsFilledIn(String dialect) throws IOException {
    String secret = "Blue-7-Kettle-Sings";
    String yaml = filledIn(dialect, init(dialect).out());
    Files.writeString(directory.resolve("data/pbx-token"), secret);

    Program check = check(yaml);

    assertThat(check.out()).endsWith("patchbay.yaml: ok\n").hasLineCount(1);
    assertThat(check.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void saysWhatIsToBeFilledInAndIsRefusedUntilThen(String dialect) throws IOException {
    Program init = init(dialect);
    var blanks = BLANKS.get(dialect).keySet();

    assertThat(init.exitCode()).isZero();
    assertThat(init.err().lines().count()).isEqualTo(blanks.isEmpty() ? 0 : 1);
    assertThat(blanks).allMatch(init.err()::contains);
    if (!blanks.isEmpty()) {
      Program check = check(init.out());
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.out()).contains("tenants.office.pbx").hasLineCount(blanks.size());
      assertThat(blanks).allMatch(check.out()::contains);
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void holdsNoSecretAndNothingOfTheEmulator(String dialect) {
    assertThat(init(dialect).out())
        .doesNotContain("Blue 7 Kettle")
        .doesNotContain("pb_0123456789")
        .doesNotContain("suspended")
        .doesNotContain("@demo")
        .doesNotContainPattern("@[a-z-]+@");
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void keepsAPasswordAsItIs(String dialect) {
    init(dialect);

    assertThat(directory.resolve("data/pbx-token")).hasContent("Blue 7 Kettle: Sings");
  }
}
