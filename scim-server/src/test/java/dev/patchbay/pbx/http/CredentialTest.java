package dev.patchbay.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Secret;
import org.junit.jupiter.api.Test;

class CredentialTest {

  @Test
  void basicIsTheExampleOfTheRfc() {
    var credential = Credential.basic(Secret.of("Aladdin"), Secret.of("open sesame"));

    assertThat(credential.header()).isEqualTo("Authorization");
    assertThat(credential.value().reveal()).isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  }

  @Test
  void whatDoesNotFitIntoAHeaderIsRefusedWithoutBeingPrinted() {
    var broken = Secret.of("hidden\r\ntoken");

    assertThatThrownBy(() -> Credential.bearer(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Authorization must be printable ASCII");
  }
}
