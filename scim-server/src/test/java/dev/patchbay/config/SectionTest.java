package dev.patchbay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SectionTest {
  enum Pace {
    SLOW,
    VERY_FAST
  }

  @Test
  void readsEveryKindOfValue() {
    var section =
        Section.of(
            """
            name: office
            url: http://127.0.0.1:8887/api
            wait: 30s
            port: 8080
            strict: true
            pace: very-fast
            words: [one, two]
            word: alone
            roles: {Boss: Admin}
            people: [{name: ada}, {name: grace}]
            deep: {er: {est: bottom}}
            """);

    assertThat(section.string("name")).isEqualTo("office");
    assertThat(section.uri("url")).isEqualTo(URI.create("http://127.0.0.1:8887/api"));
    assertThat(section.duration("wait", Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    assertThat(section.integer("port", 1, 1, 65535)).isEqualTo(8080);
    assertThat(section.bool("strict", false)).isTrue();
    assertThat(section.choice("pace", Pace.SLOW)).isEqualTo(Pace.VERY_FAST);
    assertThat(section.strings("words", List.of())).containsExactly("one", "two");
    assertThat(section.strings("word", List.of())).containsExactly("alone");
    assertThat(section.stringMap("roles")).isEqualTo(Map.of("Boss", "Admin"));
    assertThat(section.list("people")).extracting(s -> s.string("name")).contains("ada", "grace");
    assertThat(section.section("deep").section("er").string("est")).isEqualTo("bottom");
  }

  @Test
  void givesTheDefaultForAnAbsentOrEmptyValue() {
    var section = Section.of("empty: \"\"\nnothing:\n");

    assertThat(section.string("empty", "d")).isEqualTo("d");
    assertThat(section.string("nothing", "d")).isEqualTo("d");
    assertThat(section.string("absent", "d")).isEqualTo("d");
    assertThat(section.optionalUri("empty")).isEmpty();
    assertThat(section.strings("absent", List.of("d"))).containsExactly("d");
    assertThat(section.section("nothing").keys()).isEmpty();
    assertThat(section.list("nothing")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "30d, PT720H",
    "PT1M30S, PT90S",
    "P30D, PT720H",
    "0s, PT0S"
  })
  void readsADurationInEitherForm(String text, Duration duration) {
    var section = Section.of("wait: " + text);

    assertThat(section.duration("wait", Duration.ofDays(9))).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({"generateIfWeak", "generate-if-weak", "GENERATE_IF_WEAK"})
  void readsAChoiceInEverySpelling(String text) {
    enum InitialPassword {
      IDP,
      GENERATE_IF_WEAK
    }
    var section = Section.of("initial: " + text);

    assertThat(section.choice("initial", InitialPassword.IDP))
        .isEqualTo(InitialPassword.GENERATE_IF_WEAK);
  }

  static Stream<Arguments> wrongValues() {
    return Stream.of(
        wrong("a: [1]", s -> s.string("a"), "settings:1: a: expected text, found a list"),
        wrong("a: {b: 1}", s -> s.string("a"), "settings:1: a: expected text, found a mapping"),
        wrong("b: 1", s -> s.string("a"), "settings:1: a: is missing, expected text"),
        wrong("a: ''", s -> s.string("a"), "settings:1: a: is missing, expected text"),
        wrong("a: ftp://x/", s -> s.uri("a"), url("ftp://x/")),
        wrong("a: pbx:8887", s -> s.uri("a"), url("pbx:8887")),
        wrong("a: 'http://'", s -> s.uri("a"), url("http://")),
        wrong("a: http://me:pw@x/", s -> s.uri("a"), url("http://me:pw@x/")),
        wrong("a: http://x/?q=1", s -> s.uri("a"), url("http://x/?q=1")),
        wrong("a: 'http://x/ y'", s -> s.uri("a"), url("http://x/ y")),
        wrong("a: 30", s -> s.duration("a", Duration.ZERO), duration("30")),
        wrong("a: -PT1S", s -> s.duration("a", Duration.ZERO), duration("-PT1S")),
        wrong("a: soon", s -> s.duration("a", Duration.ZERO), duration("soon")),
        wrong(
            "a: 2h",
            s -> s.duration("a", Duration.ZERO, Duration.ZERO, Duration.ofHours(1)),
            "settings:1: a: expected a duration such as 30s, 5m, PT1H or P30D from PT0S to PT1H,"
                + " found '2h'"),
        wrong("a: 0", s -> s.integer("a", 1, 1, 9), number("0")),
        wrong("a: 10", s -> s.integer("a", 1, 1, 9), number("10")),
        wrong("a: 1.5", s -> s.integer("a", 1, 1, 9), number("1.5")),
        wrong("a: 99999999999", s -> s.integer("a", 1, 1, 9), number("99999999999")),
        wrong(
            "a: yes",
            s -> s.bool("a", false),
            "settings:1: a: expected true or false, found 'yes'"),
        wrong(
            "a: medium",
            s -> s.choice("a", Pace.SLOW),
            "settings:1: a: expected one of slow, very-fast, found 'medium'"),
        wrong(
            "a: [x, {y: 1}]",
            s -> s.strings("a", List.of()),
            "settings:1: a: expected a list of texts, found a mapping"),
        wrong("a: x", s -> s.list("a"), "settings:1: a: expected a list, found 'x'"),
        wrong(
            "a: [x]",
            s -> s.list("a"),
            "settings:1: a[0]: expected a section (key: value), found 'x'"),
        wrong(
            "a: x",
            s -> s.section("a"),
            "settings:1: a: expected a section (key: value), found 'x'"),
        wrong(
            "a:\n  b: [1]", s -> s.stringMap("a"), "settings:2: a.b: expected text, found a list"),
        wrong(
            "a: s3cret",
            s -> s.secret("a"),
            "settings:1: a: expected file:PATH or env:NAME; the secret itself does not belong in"
                + " this file"),
        wrong(
            "b: 1",
            s -> s.secret("a"),
            "settings:1: a: is missing, expected file:PATH or env:NAME"),
        wrong(
            "a: env:NO_SUCH",
            s -> s.secret("a"),
            "settings:1: a: environment variable NO_SUCH is not set"),
        wrong(
            "a: file:/no/such/file",
            s -> s.secret("a"),
            "settings:1: a: file /no/such/file does not exist"),
        wrong("a: file:/", s -> s.secret("a"), "settings:1: a: file / cannot be read"));
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void saysWhereAValueIsWrongAndWhatWasExpected(
      String yaml, Consumer<Section> reader, String message) {
    var section = Section.of(yaml);

    assertThatThrownBy(() -> reader.accept(section))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  private static Arguments wrong(String yaml, Consumer<Section> reader, String message) {
    return arguments(yaml, reader, message);
  }

  private static String url(String found) {
    return "settings:1: a: expected " + Values.URL + ", found '" + found + "'";
  }

  private static String duration(String found) {
    return "settings:1: a: expected " + Values.DURATION + ", found '" + found + "'";
  }

  private static String number(String found) {
    return "settings:1: a: expected a whole number from 1 to 9, found '" + found + "'";
  }
}
