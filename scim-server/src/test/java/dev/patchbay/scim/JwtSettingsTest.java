package dev.patchbay.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSettingsTest {
  private static final String WHO = "issuer: https://idp.example.com\naudience: api://patchbay\n";

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "HS512", "rs256", "EdDSA"})
  void takesNoAlgorithmWhoseKeyIsNotPublic(String algorithm) {
    assertThatThrownBy(() -> JwtSettings.from(Section.of(WHO + "algorithms: [" + algorithm + "]")))
        .hasMessageContaining("algorithms")
        .hasMessageContaining("RS256");
  }

  @Test
  void insistsOnAnAudience() {
    assertThatThrownBy(() -> JwtSettings.from(Section.of("issuer: https://idp.example.com")))
        .hasMessageContaining("audience");
  }

  @Test
  void knowsTheUsualNames() {
    var settings = JwtSettings.from(Section.of(WHO));

    assertThat(settings.readScope()).isEqualTo("scim.read");
    assertThat(settings.writeScope()).isEqualTo("scim.write");
    assertThat(settings.subjectClaim()).isEqualTo("sub");
    assertThat(settings.scopeClaims()).containsExactly("scope", "scp", "roles");
  }
}
