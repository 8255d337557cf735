package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the pages of docs/reference that describe the configuration to what the program reads. */
class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/configuration.md");
  private static final List<Path> PAGES =
      List.of(
          PAGE,
          PAGE.resolveSibling("mapping.md"),
          PAGE.resolveSibling("pbx/portsip.md"),
          PAGE.resolveSibling("pbx/ipcortex.md"),
          PAGE.resolveSibling("pbx/xelion.md"),
          PAGE.resolveSibling("pbx/crmcom.md"));
  private static final Path FILES = Path.of("src/test/resources/trust").toAbsolutePath();
  private static final Map<String, String> SECRETS =
      Map.of(
          "PBX_TOKEN", "pbx-token",
          "PBX_PASSWORD", "pbx-password",
          "STORE_PASSWORD", "store-password",
          "STORE_SECRET_KEY", "a-key-of-thirty-two-characters-or-more");

  @Test
  void everyKeyOfTheExampleIsRead() throws IOException {
    var file = ConfigFile.parse(PAGE.toString(), FILES, example(), SECRETS);

    BridgeConfig config = BridgeConfig.read(file);

    assertThat(config.tenants())
        .extracting(TenantConfig::name)
        .containsExactly(
            "office", "branch", "old", "desk", "acme", "acme-guests", "crm", "crm-guests");
  }

  @Test
  void theExampleHasEveryKeyOfThePages() throws IOException {
    String example = example();

    for (Path page : PAGES) {
      List<String> keys = keys(Files.readString(page));
      assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(example).contains(key + ":"));
    }
  }

  @Test
  void everyKeyOfAPolicyIsShownInAHowTo() throws IOException {
    var reference = Files.readString(PAGE);
    var shown = howTos();

    for (String section : List.of("policy", "reconcile", "pbx.resilience")) {
      var keys = found("(?ms)^### `" + Pattern.quote(section) + "`\n(.*?)(?=^##)", reference);
      assertThat(keys(keys.getFirst()))
          .as("%s", section)
          .isNotEmpty()
          .allSatisfy(key -> assertThat(shown).containsPattern("[`{ ]" + key + "[`:]"));
    }
  }

  private static String howTos() throws IOException {
    var text = new StringBuilder();
    try (var pages = Files.list(PAGE.resolveSibling("../how-to"))) {
      for (Path page : pages.toList()) {
        text.append(Files.readString(page));
      }
    }
    return text.toString();
  }

  /** What stands in back quotes in the first column of the tables of keys. */
  private static List<String> keys(String page) {
    return found("(?m)^(\\| Key \\|(?:.*\n\\|)*)", page).stream()
        .flatMap(table -> found("(?m)^\\|([^|]+)\\|", table).stream())
        .flatMap(column -> found("`(?:[A-Za-z]+\\.)*([a-z0-9-]+)`", column).stream())
        .toList();
  }

  private static String example() throws IOException {
    return found("(?s)```yaml\n(.*?)```", Files.readString(PAGE)).getFirst();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }
}
