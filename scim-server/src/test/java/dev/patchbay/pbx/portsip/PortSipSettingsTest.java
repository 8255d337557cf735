package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.ConfigException;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.RequestLimits;
import dev.patchbay.pbx.portsip.PortSipLogin.OAuth;
import dev.patchbay.pbx.portsip.PortSipLogin.SignIn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSipSettingsTest {
  @TempDir private Path directory;
  private String token = "";
  private String account = "";

  @BeforeEach
  void writeSecrets() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "hidden");
    token = "token: file:" + secret + "\n";
    account = "username: bridge\npassword: file:" + secret + "\n";
  }

  private static PortSipSettings read(String yaml) {
    return PortSipSettings.from(Section.of("base-url: https://pbx.example.com:8887/\n" + yaml));
  }

  @Test
  void needsOnlyAnAddressAndAToken() {
    var settings = read(token);

    assertThat(settings.connection().baseUrl())
        .isEqualTo(URI.create("https://pbx.example.com:8887"));
    assertThat(settings.connection().callLimit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.connection().quietTime()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.connection().requests()).isEqualTo(new RequestLimits(8, 4000));
    assertThat(settings.updateMode()).isEqualTo(UpdateMode.READ_MODIFY_WRITE);
    assertThat(settings.clearWith()).isEqualTo(ClearWith.NULL);
    assertThat(settings.apiLevel()).isEqualTo(ApiLevel.V22_2);
  }

  @Test
  void anAccountSignsInAsItsVersionDoes() {
    assertThat(read(account).login()).isInstanceOf(SignIn.class);
    assertThat(read(account + "api-level: 22.0").login()).isInstanceOf(OAuth.class);
    assertThat(read(account + "auth-style: oauth").login()).isInstanceOf(OAuth.class);
  }

  @Test
  void aFileOfTrustedCertificatesMustHaveSome() throws IOException {
    var empty = Files.writeString(directory.resolve("ca.pem"), "no certificate");

    for (String file : List.of(empty.toString(), directory.resolve("none.pem").toString())) {
      assertThatThrownBy(() -> read(token + "ca-file: " + file))
          .hasMessageContaining("ca-file")
          .hasMessageContaining("a readable PEM file with certificates")
          .hasMessageContaining(file);
    }
  }

  @Test
  void givesRolesByIdOnlyWhereRolesHaveOne() {
    assertThat(read(token + "api-level: 22.3\ngive-roles-by: id").rolesGivenBy())
        .isEqualTo(RolesGivenBy.ID);
    assertThat(read(token + "api-level: 22.3").rolesGivenBy()).isEqualTo(RolesGivenBy.NAME);
    assertThatThrownBy(() -> read(token + "give-roles-by: id"))
        .hasMessageContaining("give-roles-by")
        .hasMessageContaining("22.3");
  }

  @Test
  void printsNoSecret() {
    assertThat(read(token).toString()).doesNotContain("hidden");
    assertThat(read(account).toString()).doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TOKEN ACCOUNT | username",
        "TOKEN auth-style: signin | token",
        "ACCOUNT auth-style: static | username",
        "ACCOUNT api-level: 22.0 auth-style: signin | auth-style",
        "ACCOUNT client-id: x | client-id",
        "auth-style: static | token",
        "TOKEN api-level: 21 | api-level",
        "TOKEN call-limit: 50ms | call-limit",
        "TOKEN quiet-time: 2h | quiet-time",
        "TOKEN max-parallel: 0 | max-parallel",
        "TOKEN update-mode: replace | update-mode",
        "TOKEN clear-with: nothing | clear-with"
      })
  void namesTheKeyThatIsWrong(String yaml, String key) {
    String settings =
        yaml.replaceAll(" (?=[a-z-]+:)", "\n")
            .replaceAll("TOKEN ?", token)
            .replaceAll("ACCOUNT ?", account);

    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("expected");
  }

  @Test
  void refusesAnAddressWithTheApiPath() {
    assertThatThrownBy(() -> PortSipSettings.from(Section.of("base-url: http://pbx/api\n" + token)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("without /api");
  }

  @Test
  void refusesATokenThatFitsIntoNoHeader() throws IOException {
    Path secret = Files.writeString(directory.resolve("long"), "two words");

    assertThatThrownBy(() -> read("token: file:" + secret))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("token")
        .hasMessageNotContaining("two words");
  }
}
