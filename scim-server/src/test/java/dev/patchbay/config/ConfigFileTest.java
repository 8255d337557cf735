package dev.patchbay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  private static final String OFFICE =
      """
      tenants:
        office:
          pbx:
            base-url: http://one.example/
          tokens:
            - name: entra
      """;

  @TempDir private Path directory;

  @Test
  void tellsEveryProblemAtOnceUnknownKeysLast() {
    var file =
        parse(
            """
            port: many
            url: nowhere
            prot: 1
            """);

    var thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> file.read(s -> List.of(s.integer("port", 1, 1, 9), s.uri("url"), s.uri("to"))));

    assertThat(thrown.problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            "test.yaml:1: port: expected a whole number from 1 to 9, found 'many'",
            "test.yaml:2: url: expected " + Values.URL + ", found 'nowhere'",
            "test.yaml:1: to: is missing, expected " + Values.URL,
            "test.yaml:3: prot: unknown key, did you mean 'port'?");
  }

  @Test
  void refusesAnUnknownKeyAtAnyDepth() {
    var file = parse("a:\n  b:\n    colour: red\n    zzz: 1\n");

    assertThatThrownBy(() -> file.read(s -> s.section("a").section("b").string("color", "")))
        .hasMessage(
            """
            test.yaml:3: a.b.colour: unknown key, did you mean 'color'?
            test.yaml:4: a.b.zzz: unknown key\
            """);
  }

  @Test
  void leavesTheKeysOfASkippedSectionAlone() {
    var file = parse("a: {b: 1}");

    file.read(
        s -> {
          s.section("a").skip();
          return "read";
        });
  }

  @Test
  void refusesAKeyThatStandsTwice() {
    assertThatThrownBy(() -> parse("a: 1\nb: 2\na: 3\n"))
        .hasMessage("test.yaml:3: a: stands here a second time, first in line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [1", "a: b: c", "\ta: 1", "a: *nobody", "a: 1\n---\nb: 2", "a: \"x"})
  void saysInWhichLineTheYamlEnds(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(ConfigException.class)
        .message()
        .matches("test.yaml:[0-9]: not YAML: .+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a", "text"})
  void wantsAMappingAtTheTop(String text) {
    assertThatThrownBy(() -> parse(text)).message().contains("expected a mapping (key: value)");
  }

  @Test
  void takesAnEmptyFileForOneWithoutSettings() {
    assertThat(parse("").<Boolean>read(s -> s.has("a"))).isFalse();
  }

  @Test
  void followsAnAlias() {
    var file = parse("a: &url http://one.example/\nb: *url\n");

    List<?> urls = file.read(s -> List.of(s.uri("a"), s.uri("b")));

    assertThat(urls).extracting(Object::toString).containsOnly("http://one.example/");
  }

  @Test
  void refusesAliasesThatUnfoldWithoutBound() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      String ten = String.join(", ", java.util.Collections.nCopies(10, before));
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ten));
    }

    assertThatThrownBy(() -> parse(bomb.toString()))
        .isInstanceOf(ConfigException.class)
        .message()
        .contains("out of hand");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &a [*a]", "a: &a {b: *a}"})
  void refusesAnAliasToItself(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(ConfigException.class);
  }

  @Test
  void anEnvironmentVariableOverridesASetting() {
    var file = parse(OFFICE, "PATCHBAY_TENANTS_OFFICE_PBX_BASE_URL", "http://two.example/");

    assertThat(file.<Object>read(ConfigFileTest::readOffice)).hasToString("http://two.example/");
  }

  @Test
  void anEnvironmentVariableGivesASettingTheFileLacks() {
    var file = parse("", "PATCHBAY_PBX_BASE_URL", "http://two.example/");

    var url = file.<Object>read(s -> s.section("pbx").uri("base-url"));

    assertThat(url).hasToString("http://two.example/");
  }

  @Test
  void anEnvironmentVariableReachesIntoAList() {
    var file = parse(OFFICE, "PATCHBAY_TENANTS_OFFICE_TOKENS_0_NAME", "okta");

    String name =
        file.read(
            s -> {
              readOffice(s);
              return s.section("tenants").section("office").list("tokens").get(0).string("name");
            });

    assertThat(name).isEqualTo("okta");
  }

  @Test
  void anEnvironmentVariableSeparatesAListByCommas() {
    var file = parse("", "PATCHBAY_RANGES", "1000-1999, 3000-3999");

    assertThat(file.<List<String>>read(s -> s.strings("ranges", List.of())))
        .containsExactly("1000-1999", "3000-3999");
  }

  @Test
  void anEnvironmentVariableMayHoldASecret() {
    var file = parse("token: file:/no/such", "PATCHBAY_TOKEN", "s3cret");

    assertThat(file.<Secret>read(s -> s.secret("token")).reveal()).isEqualTo("s3cret");
  }

  @Test
  void anOverrideThatMatchesNothingStopsTheStart() {
    var file = parse(OFFICE, "PATCHBAY_TENANTS_OFICE_PBX_BASE_URL", "http://two.example/");

    assertThatThrownBy(() -> file.read(ConfigFileTest::readOffice))
        .hasMessage(
            "environment: PATCHBAY_TENANTS_OFICE_PBX_BASE_URL: matches no setting, did you mean"
                + " 'PATCHBAY_TENANTS_OFFICE_PBX_BASE_URL'?");
  }

  @Test
  void anOverrideThatCouldMeanTwoSettingsStopsTheStart() {
    var file = parse("a-b: 1\na_b: 2\n", "PATCHBAY_A_B", "3");

    assertThatThrownBy(() -> file.read(s -> s.string("a-b") + s.string("a_b")))
        .hasMessage("environment: PATCHBAY_A_B: could mean a-b or a_b");
  }

  @Test
  void aWrongOverrideIsReportedByItsVariable() {
    var file = parse("port: 1", "PATCHBAY_PORT_NUMBER", "x", "PATCHBAY_PORTS", "many");

    assertThatThrownBy(
            () -> file.read(s -> s.integer("port", 1, 1, 9) + s.integer("ports", 1, 1, 9)))
        .hasMessage(
            "environment PATCHBAY_PORTS: ports: expected a whole number from 1 to 9, found 'many'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATCHBAY_LOG",
        "PATCHBAY_SERVICE_HOST",
        "PATCHBAY_SERVICE_PORT_HTTP",
        "PATCHBAY_PORT",
        "PATCHBAY_PORT_8080_TCP_ADDR",
        "HOME"
      })
  void leavesVariablesOfOthersAlone(String name) {
    parse("", name, "x").read(s -> "read");
  }

  @Test
  void readsASecretFromAFileBesideTheConfiguration() throws IOException {
    Files.writeString(directory.resolve("pbx-token"), "s3cret\n");
    Path yaml = Files.writeString(directory.resolve("p.yaml"), "token: file:pbx-token\n");

    Secret token = ConfigFile.load(yaml, Map.of()).read(s -> s.secret("token"));

    assertThat(token.reveal()).isEqualTo("s3cret");
  }

  @Test
  void readsASecretFromAnotherVariable() {
    var file = parse("token: env:PATCHBAY_PBX_SECRET", "PATCHBAY_PBX_SECRET", "s3cret");

    assertThat(file.<Secret>read(s -> s.secret("token")).reveal()).isEqualTo("s3cret");
  }

  @Test
  void warnsOfASecretEverybodyCanRead() throws IOException {
    Path token = Files.writeString(directory.resolve("pbx-token"), "s3cret");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    var file = parse("token: file:pbx-token");

    file.read(s -> s.secret("token"));

    assertThat(file.warnings())
        .containsExactly(
            "token: everybody on this machine can read " + token + ", expected mode 600");
  }

  @Test
  void doesNotWarnOfASecretOnlyItsOwnerCanRead() throws IOException {
    Path token = Files.writeString(directory.resolve("pbx-token"), "s3cret");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    var file = parse("token: file:pbx-token");

    file.read(s -> s.secret("token"));

    assertThat(file.warnings()).isEmpty();
  }

  @Test
  void neverShowsASecretInAMessage() {
    var file = parse("a: s3cret\nb: 1\n", "PATCHBAY_C", "s3cret-too");

    assertThatThrownBy(() -> file.read(s -> List.of(s.secret("a"), s.secret("c"))))
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void aRuleOfARecordIsAProblemOfItsSection() {
    var file = parse("a:\n  b: {from: 9, to: 1}\n");

    assertThatThrownBy(() -> file.read(s -> s.section("a").section("b").read(Range::from)))
        .hasMessage("test.yaml:2: a.b: from must not be above to, was 9");
  }

  @Test
  void aRecordThatGotAStandInHasNothingToSay() {
    var file = parse("b: {from: nine, to: 1}\n");

    assertThatThrownBy(() -> file.read(s -> s.section("b").read(Range::from)))
        .hasMessage("test.yaml:1: b.from: expected a whole number from 0 to 9, found 'nine'");
  }

  @Test
  void onceReadAProblemIsThrownAtOnce() {
    var kept = new AtomicReference<Section>();
    parse("a: x")
        .read(
            root -> {
              kept.set(root);
              return root.string("a");
            });

    assertThatThrownBy(() -> kept.get().uri("a")).isInstanceOf(ConfigException.class);
  }

  @Test
  void saysThatAFileIsMissing() {
    Path missing = directory.resolve("missing.yaml");

    assertThatThrownBy(() -> ConfigFile.load(missing, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(missing + ": does not exist");
  }

  @Test
  void saysThatAFileIsADirectory() {
    assertThatThrownBy(() -> ConfigFile.load(directory, Map.of()))
        .hasMessage(directory + ": is a directory");
  }

  @Test
  void saysThatAFileIsNotText() throws IOException {
    Path file = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> ConfigFile.load(file, Map.of()))
        .hasMessage(file + ": is not UTF-8 text");
  }

  @Test
  void relativePathsStartAtTheConfigurationsDirectory() {
    Function<Section, Path> database = s -> s.resolve("data/patchbay.db");

    assertThat(parse("").<Path>read(database)).isEqualTo(directory.resolve("data/patchbay.db"));
  }

  private record Range(int from, int to) {
    Range {
      if (from > to) {
        throw new IllegalArgumentException("from must not be above to, was " + from);
      }
    }

    static Range from(Section section) {
      return new Range(section.integer("from", 9, 0, 9), section.integer("to", 0, 0, 9));
    }
  }

  private static Object readOffice(Section root) {
    Section office = root.sections("tenants").values().iterator().next();
    office.list("tokens").forEach(token -> token.string("name"));
    return office.section("pbx").uri("base-url");
  }

  private ConfigFile parse(String yaml) {
    return ConfigFile.parse("test.yaml", directory, yaml, Map.of());
  }

  private ConfigFile parse(String yaml, String variable, String value) {
    return ConfigFile.parse("test.yaml", directory, yaml, Map.of(variable, value));
  }

  private ConfigFile parse(String yaml, String one, String value, String two, String other) {
    return ConfigFile.parse("test.yaml", directory, yaml, Map.of(one, value, two, other));
  }
}
