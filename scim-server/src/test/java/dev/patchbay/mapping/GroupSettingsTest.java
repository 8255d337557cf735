package dev.patchbay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.ConfigException;
import dev.patchbay.config.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSettingsTest {

  private static GroupSettings settings(String rules) {
    return TestMapping.from(Section.of("groups: [ " + rules + " ]")).groups();
  }

  private static ObjectNode group(String name, String externalId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("displayName", name)
        .put("externalId", externalId);
  }

  @Test
  void theFirstRuleThatFitsCounts() {
    var settings =
        settings(
            """
            { display-name: 'queue ([0-9]+)', kind: callQueue, target: 'q$1' },
            { external-id: x1, kind: ringGroup, target: '8100' },
            { display-name: '.*', kind: bridge }
            """);

    assertThat(settings.choose(group("Queue 17", "x1")).orElseThrow().target()).contains("q17");
    assertThat(settings.choose(group("Other", "x1")).orElseThrow().kind()).isEqualTo("ringGroup");
    assertThat(settings.choose(group("My queue 17", "")).orElseThrow().kind()).isEqualTo("bridge");
  }

  @Test
  void withoutARuleAGroupIsWhatGroupsUsuallyAre() {
    assertThat(settings("{ external-id: x1, kind: bridge }").choose(group("A", "x2"))).isEmpty();
  }

  @Test
  @Timeout(5)
  void noNameMakesARuleSlow() {
    var settings = settings("{ display-name: '(a+)+b', kind: bridge }");

    assertThat(settings.choose(group("a".repeat(10_000), ""))).isEmpty();
  }

  @Test
  void anyCaseFitsWhicheverPartOfAnExpression() {
    var settings = settings("{ display-name: 'sales|süd', kind: bridge }");

    assertThat(settings.choose(group("SALES", ""))).isPresent();
    assertThat(settings.choose(group("SÜD", ""))).isPresent();
    assertThat(settings.choose(group("SÜDEN", ""))).isEmpty();
  }

  @Test
  void theExampleInTheReferenceCanBeUsed() throws Exception {
    String page = Files.readString(Path.of("../docs/reference/groups.md"));
    String example = page.substring(page.indexOf("```yaml") + 7, page.lastIndexOf("```"));
    var office = Section.of(example).section("tenants").section("office");

    assertThat(TestMapping.from(office.section("mapping")).groups().rules()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          { display-name: 'a(', kind: bridge }                         | groups[0].display-name
          { display-name: '(a)\\1', kind: bridge }                      | expected a regular expression of RE2
          { display-name: 'a', kind: queue }                           | groups[0].kind
          { display-name: 'a', kind: callQueue }                       | needs a target
          { kind: bridge }                                             | display-name or external-id
          { display-name: 'a', kind: callQueue, target: '$1' }         | groups[0].target
          """)
  void aRuleThatCannotBeMeantIsRefused(String rule, String told) {
    assertThatThrownBy(() -> settings(rule))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(told);
  }
}
