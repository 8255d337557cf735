package dev.patchbay.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Secret;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinRulesTest {

  @ParameterizedTest
  @CsvSource({
    "74920, digits",
    "74920574920, digits",
    "74a920, digits",
    "７４９２０５, digits",
    "741112, equal",
    "740129, sequence",
    "678205, sequence",
  })
  void namesTheRuleThatIsBroken(String pin, String rule) {
    assertThat(PinRules.violation(Secret.of(pin)))
        .hasValueSatisfying(text -> assertThat(text).contains(rule).doesNotContain(pin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"749205", "7492057492", "112233", "321749"})
  void takesWhatThePbxTakes(String pin) {
    assertThat(PinRules.violation(Secret.of(pin))).isEmpty();
  }

  @Property
  void generatedPinsKeepEveryRuleInBothDirections(@ForAll long seed) {
    Secret pin = PinRules.generate("1042", new Random(seed));

    assertThat(PinRules.violation(pin)).isEmpty();
    assertThat(pin.reveal()).matches("[0-9]{8}");
    assertThat(PinRules.violation(Secret.of(new StringBuilder(pin.reveal()).reverse().toString())))
        .isEmpty();
  }

  @Test
  void isNeverTheExtension() {
    String first = PinRules.generate("1042", new Random(7)).reveal();

    assertThat(PinRules.generate(first, new Random(7)).reveal()).isNotEqualTo(first);
  }
}
