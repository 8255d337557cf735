package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule is needed: without it, the crash points show a lie; with it, they do not. */
class RulesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void isMissedWhenItIsSwitchedOff(Rule rule) throws ReflectiveOperationException {
    assertThat(new WithoutRule(rule.switches()).hunt(rule, directory)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isKept(Rule rule) throws ReflectiveOperationException {
    assertThat(new WithoutRule(List.of()).hunt(rule, directory)).isEmpty();
  }
}
