package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.ConfigException;
import dev.patchbay.config.Section;
import dev.patchbay.mapping.AttributeSettings.Ms365Source;
import dev.patchbay.mapping.AttributeSettings.WhileDisabled;
import dev.patchbay.mapping.PasswordSettings.Initial;
import dev.patchbay.mapping.PasswordSettings.Passwords;
import dev.patchbay.mapping.RoleSettings.UnknownRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingSettingsTest {

  @Test
  void theDefaultsSuitProduction() {
    var settings = settings("");

    assertThat(settings.roles().defaultRole()).isEqualTo("StandardUser");
    assertThat(settings.roles().unknown()).isEqualTo(UnknownRole.KEEP);
    assertThat(settings.roles().allowPrivileged()).isFalse();
    assertThat(settings.naming()).isEqualTo(NamingSettings.DEFAULT);
    assertThat(settings.extensions()).isEqualTo(ExtensionSettings.NONE);
    assertThat(settings.attributes())
        .isEqualTo(
            new AttributeSettings(
                Optional.empty(),
                false,
                false,
                Ms365Source.ATTRIBUTE,
                WhileDisabled.BOUND,
                AttributeMap.NONE));
    assertThat(settings.passwords()).isEqualTo(new PasswordSettings(Initial.IDP, Passwords.SYNC));
  }

  @Test
  void theExampleInTheReferenceCanBeUsed() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/mapping.md"));
    String example = page.substring(page.lastIndexOf("```yaml") + 7, page.lastIndexOf("```"));
    var office = Section.of(example).section("tenants").section("office");

    var settings = TestMapping.from(office.section("mapping"));

    assertThat(settings.roles().roles()).containsEntry("PBX.Supervisor", "QueueManager");
    assertThat(settings.extensions().defaultPool()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email-fallback: \"{name}@x\" | email-fallback | pbxUserName",
        "ms365-source: upn | ms365-source | user-name",
        "initial-password: always | initial-password | generate-if-weak",
        "naming: { cut: at } | naming.cut | local-part",
        "naming: { cut: \"replace-at:@\" } | naming.cut | replace-at:TEXT",
        "naming: { illegal: \"replace:\" } | naming.illegal | remove",
        "naming: { on-reserved: \"append:.\" } | naming.on-reserved | append:SUFFIX",
        "naming: { reserved: [the-USER] } | naming | ends with '-user'",
        "naming: { source: \"{mail}\" } | naming.source | email",
        "extensions: { pools: { default: { ranges: [10-20] } } } | pools.default.ranges |"
            + " 1000-1999",
      })
  void saysWhichKeyIsWrongAndWhatWasExpected(String yaml, String key, String expected) {
    assertThatThrownBy(() -> settings(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(expected);
  }
}
