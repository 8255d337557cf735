package dev.patchbay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHashTest {
  @Test
  void knowsItsTokenAgainAfterBeingWrittenDown() {
    Secret token = TokenHash.randomToken();

    TokenHash hash = TokenHash.parse(TokenHash.of(token).text());

    assertThat(hash.matches(token)).isTrue();
    assertThat(hash.matches(TokenHash.randomToken())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "", "ä-☎", "a b"})
  void takesATokenOfAPersonsChoice(String text) {
    TokenHash hash = TokenHash.parse(TokenHash.of(Secret.of(text)).text());

    assertThat(hash.matches(Secret.of(text))).isTrue();
    assertThat(hash.matches(Secret.of(text + "x"))).isFalse();
  }

  @Test
  void makesGuessingATokenOfAPersonsChoiceSlow() {
    assertThat(TokenHash.of(Secret.of("demo")).isSlow()).isTrue();
    assertThat(TokenHash.of(TokenHash.randomToken()).isSlow()).isFalse();
  }

  @Test
  void isAnotherForTheSameToken() {
    Secret token = TokenHash.randomToken();

    assertThat(TokenHash.of(token).text()).isNotEqualTo(TokenHash.of(token).text());
  }

  @Test
  void doesNotContainTheToken() {
    Secret token = Secret.of("demo-token");

    TokenHash hash = TokenHash.of(token);

    assertThat(hash.text()).doesNotContain("demo-token");
    assertThat(hash).hasToString("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "pbkdf2-sha256$0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pbkdf2-sha256$99999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pbkdf2-sha256$1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "md5$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void refusesTextThatIsNoHash(String text) {
    assertThatThrownBy(() -> TokenHash.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
