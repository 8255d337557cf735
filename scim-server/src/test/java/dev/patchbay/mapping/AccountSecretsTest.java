package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Secret;
import dev.patchbay.mapping.InitialPassword.Origin;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.schema.Refusal;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSecretsTest {
  private static final PasswordPolicy POLICY =
      new PasswordPolicy(6, 32, true, true, true, true, true, true);

  private static final Secret STRONG = Secret.of("Kp7!xrtw");
  private static final Secret WEAK = Secret.of("weak");

  private static AccountSecrets secrets(String yaml) {
    return new AccountSecrets(settings(yaml).passwords(), POLICY, new Random(1));
  }

  private static InitialPassword initial(String yaml, Optional<Secret> sent) {
    return secrets(yaml).initialPassword(sent, "anna", "1042");
  }

  @Test
  void usesThePasswordSent() {
    assertThat(initial("", Optional.of(STRONG)))
        .isEqualTo(new InitialPassword(STRONG, Origin.SENT));
    assertThat(Origin.SENT.generated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "initial-password: idp, '', NONE_SENT",
    "initial-password: generate-if-weak, weak, SENT_WEAK",
    "initial-password: generateIfWeak, '', NONE_SENT",
    "initial-password: generate, Kp7!xrtw, SENT_IGNORED",
    "passwords: ignore, Kp7!xrtw, SENT_IGNORED",
    "passwords: ignore, weak, SENT_IGNORED",
  })
  void generatesOneWhereNoneCounts(String yaml, String sent, Origin origin) {
    var password = initial(yaml, Optional.of(sent).filter(s -> !s.isEmpty()).map(Secret::of));

    assertThat(password.origin()).isEqualTo(origin);
    assertThat(origin.generated()).isTrue();
    assertThat(password.password().reveal()).hasSize(20).isNotEqualTo(sent);
  }

  @Test
  void keepsAStrongOneWhereOnlyWeakOnesAreReplaced() {
    assertThat(initial("initial-password: generate-if-weak", Optional.of(STRONG)).password())
        .isEqualTo(STRONG);
  }

  @Test
  void refusesAWeakPasswordNamingTheRuleAndNotThePassword() {
    var refusal = refusal(() -> initial("", Optional.of(WEAK)));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal.detail()).startsWith("password must have 6 to 32").doesNotContain("weak");
  }

  @Test
  void aLaterPasswordIsNeverReplacedByAGeneratedOne() {
    var secrets = secrets("initial-password: generate-if-weak");

    assertThat(secrets.newPassword(Optional.of(STRONG), "anna", "1042")).contains(STRONG);
    assertThat(secrets.newPassword(Optional.empty(), "anna", "1042")).isEmpty();
    assertThat(refusal(() -> secrets.newPassword(Optional.of(WEAK), "anna", "1042"))).isNotNull();
  }

  @Test
  void takesNoLaterPasswordWhenPasswordsAreIgnored() {
    assertThat(secrets("passwords: ignore").newPassword(Optional.of(WEAK), "anna", "1042"))
        .isEmpty();
  }

  @Test
  void usesOrMakesTheSipPasswordAndThePin() {
    var secrets = secrets("passwords: ignore");
    var pin = Secret.of("749205");

    assertThat(secrets.extensionPassword(Optional.of(STRONG), "anna", "1042")).isEqualTo(STRONG);
    assertThat(secrets.extensionPassword(Optional.empty(), "anna", "1042").reveal()).hasSize(20);
    assertThat(secrets.voicemailPin(Optional.of(pin), "1042")).isEqualTo(pin);
    assertThat(secrets.voicemailPin(Optional.empty(), "1042").reveal()).hasSize(8);
  }

  @Test
  void refusesASipPasswordOrPinThatThePbxWould() {
    var secrets = secrets("");

    assertThat(refusal(() -> secrets.extensionPassword(Optional.of(WEAK), "anna", "1042")).detail())
        .startsWith("extensionPassword must");
    assertThat(
            refusal(() -> secrets.voicemailPin(Optional.of(Secret.of("111111")), "1042")).detail())
        .startsWith("voicemailPin must not");
  }
}
