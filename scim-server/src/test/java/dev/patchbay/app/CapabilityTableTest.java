package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each dialect's page says what its adapter offers, and what of it nobody has proved. */
class CapabilityTableTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  /** Of fields that there are several of, such as {@code CUSTOM_TEXT_1}. */
  private static final Pattern NUMBER = Pattern.compile("_[0-9]+$");

  private static final Pattern FILE = Pattern.compile("file:([a-z-]+)");

  @TempDir private Path secrets;

  static Stream<String> dialects() {
    return Dialects.byName().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void thePageHasTheTableOfTheAdapter(String dialect) throws IOException {
    String page = page(dialect);

    assertThat(page).contains(table(capabilities(dialect, page)));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void thePageSaysWhatIsUnproved(String dialect) throws IOException {
    assertThat(page(dialect)).contains("\n## Unproved\n");
  }

  private static String page(String dialect) throws IOException {
    return Files.readString(path(dialect));
  }

  private static Path path(String dialect) {
    return Path.of("..", "docs", "reference", "pbx", dialect + ".md");
  }

  /** Of the adapter that the page's first example opens; it makes no call. */
  private PbxCapabilities capabilities(String name, String page) throws IOException {
    var example = EXAMPLE.matcher(page);
    assertThat(example.find()).as("an example in yaml").isTrue();
    String yaml = withFiles(example.group(1));
    Section pbx = Section.of(yaml).sections("tenants").values().iterator().next().section("pbx");
    PbxDialect dialect = Dialects.named(name);
    try (var adapter = dialect.open("office", pbx, Clock.systemUTC(), () -> 1)) {
      return adapter.capabilities();
    }
  }

  private String withFiles(String yaml) throws IOException {
    for (MatchResult file : FILE.matcher(yaml).results().toList()) {
      Files.writeString(secrets.resolve(file.group(1)), "Orange-4-Teapot-Runs");
    }
    return FILE.matcher(yaml).replaceAll(it -> "file:" + secrets.resolve(it.group(1)));
  }

  private static String table(PbxCapabilities pbx) {
    return String.join(
        "\n",
        "| | |",
        "|---|---|",
        row("Calls", calls(type -> pbx.calls().contains(type))),
        row("Refused with 501", calls(type -> !pbx.calls().contains(type))),
        row("Groups", pbx.groups() ? "the PBX's own, or the bridge's" : "the bridge's own"),
        row(
            "Can be read",
            switch (pbx.reading()) {
              case ALL -> "all of it";
              case ALL_BUT_ROLES -> "all but roles: those are in the settings";
              case NOTHING -> "nothing";
            }),
        row("Fields of a user", names(pbx.fields().held())),
        row("Required", names(pbx.fields().required())),
        row("Fixed once the user exists", names(pbx.fixed())),
        row("Shown by no read", names(pbx.unread())),
        row("Set by one update", updates(pbx)),
        row("Secrets", names(pbx.secrets())),
        row("Roles can be made", pbx.permissions().equals(PbxPermissions.NONE) ? "no" : "yes"));
  }

  private static String row(String what, String values) {
    return "| " + what + " | " + (values.isEmpty() ? "none" : values) + " |";
  }

  private static String calls(Predicate<Class<?>> wanted) {
    return PbxCapabilities.allCalls().stream()
        .filter(wanted)
        .map(type -> "`" + type.getSimpleName() + "`")
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String updates(PbxCapabilities pbx) {
    return pbx.updates().stream()
        .map(CapabilityTableTest::update)
        .collect(Collectors.joining("; "));
  }

  private static String update(PbxUpdate update) {
    return Stream.of(names(update.fields()), names(update.secrets()))
        .filter(names -> !names.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static <T extends Enum<T>> String names(Collection<T> values) {
    return values.stream()
        .sorted()
        .map(value -> NUMBER.matcher(value.name()).replaceAll("_n"))
        .distinct()
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(" "));
  }
}
