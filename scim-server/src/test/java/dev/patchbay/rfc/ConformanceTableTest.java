package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds {@code docs/reference/rfc-conformance.md} and the tests of this package together. */
class ConformanceTableTest {
  private static final Path PAGE = Path.of("../docs/reference/rfc-conformance.md");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+\\.\\w+)`");
  private static final Pattern REASON =
      Pattern.compile("(a client's|not over HTTP|none here|ours)(:.+)?|elsewhere, .+: `.+`");

  /** A test of another suite, by what follows our base package. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("`([a-z0-9.]+\\.[A-Z]\\w+Test)\\.(\\w+)`");

  /** A rule; its section with the number of the RFC, as in {@link Section}. */
  private record Row(String section, String rule, String heldBy) {
    Stream<String> claims() {
      return TEST.matcher(heldBy).results().map(it -> section + " " + it.group(1));
    }
  }

  @Test
  void everyTestIsListedUnderItsSections() throws IOException {
    var claims = new TreeSet<String>();
    rows().forEach(it -> it.claims().forEach(claims::add));

    assertThat(claims).containsAll(tests());
  }

  @Test
  void everyListedTestExists() throws IOException {
    // A rule may point to a test of another section, but not to none.
    var names = tests().stream().map(ConformanceTableTest::name).toList();

    assertThat(rows().stream().flatMap(Row::claims).map(ConformanceTableTest::name))
        .isNotEmpty()
        .allMatch(names::contains);
  }

  @Test
  void everyRuleHasTestsOrAReason() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThan(100)
        .allMatch(it -> it.claims().findAny().isPresent() || REASON.matcher(it.heldBy()).matches());
  }

  @Test
  void everyTestOfAnotherSuiteExists() throws Exception {
    var named = rows().stream().flatMap(it -> ELSEWHERE.matcher(it.heldBy()).results()).toList();

    assertThat(named).isNotEmpty();
    for (var each : named) {
      var methods = Class.forName("dev.patchbay." + each.group(1)).getDeclaredMethods();
      assertThat(methods).extracting(Method::getName).contains(each.group(2));
    }
  }

  @Test
  void everyTestNamesItsSections() {
    assertThat(methods().filter(it -> !it.isAnnotatedWith(Section.class))).isEmpty();
  }

  private static String name(String claim) {
    return claim.substring(claim.lastIndexOf(' ') + 1);
  }

  private static Set<String> tests() {
    var tests = new TreeSet<String>();
    methods()
        .forEach(
            it -> {
              var type = it.getOwner().getSimpleName().replaceFirst("Test$", "");
              for (String section : it.getAnnotationOfType(Section.class).value()) {
                tests.add(section + " " + type + "." + it.getName());
              }
            });
    return tests;
  }

  private static Stream<JavaMethod> methods() {
    return new ClassFileImporter()
        .importPackagesOf(Section.class).stream()
            .filter(it -> it.isAnnotatedWith(RfcTest.class))
            .flatMap(it -> it.getMethods().stream())
            .filter(
                it ->
                    it.isAnnotatedWith(Test.class) || it.isAnnotatedWith(ParameterizedTest.class));
  }

  private static List<Row> rows() throws IOException {
    var rfc = "";
    var rows = new java.util.ArrayList<Row>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        rfc = line.startsWith("## RFC ") ? line.substring("## RFC ".length()) + " §" : "";
      } else if (line.startsWith("| ") && !line.startsWith("| §")) {
        var cells = line.substring(2, line.length() - 2).split(" \\| ", 3);
        rows.add(new Row(rfc + cells[0], cells[1], cells[2]));
      }
    }
    return rows;
  }
}
