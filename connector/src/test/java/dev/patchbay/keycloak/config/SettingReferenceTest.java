package dev.patchbay.keycloak.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/reference/keycloak-connector.md to what the connector reads. */
class SettingReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/keycloak-connector.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (?:`([^`]*)`|required|none) \\| (.*) \\|$");

  /** What the page says of a key. */
  private record Row(String byDefault, String meaning) {}

  @Test
  void thePageHasEveryKeyWithItsDefault() throws IOException {
    var defaults = new TreeMap<String, String>();
    rows().forEach((key, row) -> defaults.put(key, row.byDefault()));

    var expected = new TreeMap<String, String>();
    Arrays.stream(Setting.values()).forEach(it -> expected.put(it.key(), it.byDefault()));
    assertThat(defaults).isEqualTo(expected);
  }

  @Test
  void thePageHasEveryChoice() throws IOException {
    var rows = rows();

    for (Setting each : Setting.values()) {
      for (String option : each.options()) {
        assertThat(rows.get(each.key()).meaning()).as(each.key()).contains("`" + option + "`");
      }
    }
  }

  private static Map<String, Row> rows() throws IOException {
    var rows = new TreeMap<String, Row>();
    for (MatchResult each : ROW.matcher(settings()).results().toList()) {
      String byDefault = each.group(2) == null ? "" : each.group(2);
      rows.put(each.group(1), new Row(byDefault, each.group(3)));
    }
    return rows;
  }

  private static String settings() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("## Settings of a target");
    return page.substring(start, page.indexOf("## What is sent", start));
  }
}
