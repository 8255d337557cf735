package dev.patchbay.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PasswordPolicy;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  /** PortSIP's default. */
  private static final PasswordPolicy STRICT =
      new PasswordPolicy(6, 32, true, true, true, true, true, true);

  /** Length and nothing else. */
  private static final PasswordPolicy LAX =
      new PasswordPolicy(6, 32, false, false, false, false, false, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "K7p!x | 6 to 32 characters",
        "74!926!58 | a letter",
        "Kp!xRtwz | a digit",
        "k7pxr9tw | an upper-case letter or a special character",
        "Xabc!752 | in sequence",
        "Xk!p321z | in sequence",
        "Xk!paBc7 | in sequence",
        "7k!pZyX7 | in sequence",
        "Xkkk!752 | equal characters",
        "Anna.Berg!7 | user name",
        "Xk1042!p | extension number",
      })
  void namesTheRuleThatIsBroken(String password, String rule) {
    assertThat(PasswordRules.violation(Secret.of(password), STRICT, "anna.berg", "1042"))
        .hasValueSatisfying(text -> assertThat(text).contains(rule).doesNotContain(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kp7!xrtw", "k7px-r9tw", "K7pxr9tw", "Grüße75äöü", "a1!+,-xyy"})
  void takesWhatKeepsEveryRule(String password) {
    assertThat(PasswordRules.violation(Secret.of(password), STRICT, "anna.berg", "1042")).isEmpty();
  }

  @Test
  void asksForNothingThePolicyDoesNot() {
    assertThat(PasswordRules.violation(Secret.of("aaa111"), LAX, "aaa", "111")).isEmpty();
    assertThat(PasswordRules.violation(Secret.of("a".repeat(33)), LAX, "x", "111")).isPresent();
  }

  @Test
  void aNameOfTwoLettersIsInManyPasswordsByChance() {
    assertThat(PasswordRules.violation(Secret.of("Kp7!xrtw"), STRICT, "xr", "1042")).isEmpty();
  }

  @Test
  @Timeout(10)
  void whoHasNoNumberGetsAPasswordToo() {
    Secret password = PasswordRules.generate(LAX, "anna.berg", "", new Random(7));

    assertThat(PasswordRules.violation(password, STRICT, "anna.berg", "")).isEmpty();
  }

  @Property
  void generatedPasswordsKeepEveryRule(
      @ForAll long seed,
      @ForAll @AlphaChars @StringLength(min = 1, max = 8) String name,
      @ForAll @NumericChars @StringLength(min = 3, max = 6) String extension,
      @ForAll @IntRange(min = 6, max = 32) int max) {
    var policy = new PasswordPolicy(6, max, true, true, true, true, true, true);

    String password = PasswordRules.generate(policy, name, extension, new Random(seed)).reveal();

    assertThat(password)
        .hasSize(Math.min(20, max))
        .matches(".*[A-Z].*")
        .matches(".*[a-z].*")
        .matches(".*[0-9].*")
        .matches(".*[^A-Za-z0-9].*")
        .doesNotContainIgnoringCase(name)
        .doesNotContain(extension)
        .doesNotContainPattern("(.)\\1\\1");
    String folded = password.toLowerCase(Locale.ROOT);
    for (int i = 2; i < folded.length(); i++) {
      int first = folded.charAt(i - 1) - folded.charAt(i - 2);
      int second = folded.charAt(i) - folded.charAt(i - 1);
      boolean alphanumeric =
          folded.substring(i - 2, i + 1).chars().allMatch(Character::isLetterOrDigit);
      assertThat(alphanumeric && first == second && Math.abs(first) == 1)
          .as("run at %d of %s", i, password)
          .isFalse();
    }
  }

  @Test
  void generatesAsLongAsAskedForAndNeverTheSameTwice() {
    var policy = new PasswordPolicy(24, 32, false, false, false, false, false, false);
    var random = new Random(1);

    Secret one = PasswordRules.generate(policy, "anna", "1042", random);
    Secret other = PasswordRules.generate(policy, "anna", "1042", random);

    assertThat(one.reveal()).hasSize(24);
    assertThat(one).isNotEqualTo(other);
  }
}
