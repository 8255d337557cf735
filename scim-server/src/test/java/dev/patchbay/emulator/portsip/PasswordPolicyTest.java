package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.emulator.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordPolicyTest extends EmulatorTest {
  @ParameterizedTest
  @CsvSource({
    "aB1$x, must have at least 6 characters",
    "aB1$aB1$aB1$aB1$aB1$aB1$aB1$aB1$x, must have at most 32 characters",
    "71$59$28, must hold a letter",
    "aXb$cYd$, must hold a digit",
    "ax1by2cz, must hold an upper-case or special character",
    "aX$2345b, must not hold a sequence such as 123",
    "xAbC1$q, must not hold a sequence such as 123",
    "aXXX71$b, must not repeat a character 3 times",
    "1$xADAx9, must not hold the user name or extension",
    "aX$1001b, must not hold the user name or extension"
  })
  void theVendorsPolicyRefuses(String password, String rule) {
    assertThat(PasswordPolicy.vendor().broken(password, "ada", "1001")).contains(rule);
  }

  @ParameterizedTest
  @CsvSource({"Kf7$qW2z", "kf7$qw2z", "kf7QW2zz", "a1$321cba"})
  void theVendorsPolicyTakes(String password) {
    assertThat(PasswordPolicy.vendor().broken(password, "ada", "1001")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"aaaaaa", "123456", "adaada"})
  void theSimplePolicyAsksForSixCharactersOnly(String password) {
    assertThat(PasswordPolicy.simple().broken(password, "ada", "1001")).isEmpty();
    assertThat(PasswordPolicy.simple().broken("12345", "ada", "1001")).isPresent();
  }

  @Test
  void thePolicyHoldsForBothPasswordsOfACreate() throws IOException {
    var client = EmulatorClient.of(start());

    var answer =
        client.post(
            "/api/users",
            EmulatorClient.user("ada", "1001")
                .put("password", "secret")
                .put("extension_password", "12345678"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fault("password")).isNotEmpty();
    assertThat(answer.fault("extension_password")).isNotEmpty();
    assertThat(answer.response().body()).doesNotContain("secret", "12345678");
  }

  @Test
  void theTenantTellsItsPolicy() throws IOException {
    var vendor = EmulatorClient.of(start()).get("/api/tenant/password_policy").body();
    var simple =
        EmulatorClient.of(
                start(
                    PortSipEmulatorOptions.defaults().withPasswordPolicy(PasswordPolicy.simple())))
            .get("/api/tenant/password_policy")
            .body();

    assertThat(vendor)
        .isEqualTo(
            Json.object()
                .put("min_length", 6)
                .put("max_length", 32)
                .put("contains_letters", true)
                .put("contains_numbers", true)
                .put("contains_special_letters", true)
                .put("disable_sequential_characters", true)
                .put("disable_repeating_characters", true)
                .put("disable_account_information", true));
    assertThat(simple.path("contains_letters").asBoolean()).isFalse();
    assertThat(simple.path("min_length").asInt()).isEqualTo(6);
  }

  @Test
  void aPolicyIsWithinWhatTheVendorAllows() {
    assertThatThrownBy(() -> new PasswordPolicy(5, 32, true, true, true, true, true, true))
        .hasMessageContaining("6 to 32");
  }
}
