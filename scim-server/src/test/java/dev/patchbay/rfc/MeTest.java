package dev.patchbay.rfc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.11: the sender's own resource, where its token stands for nobody. */
@RfcTest
class MeTest {
  private final Scim scim;

  MeTest(Scim scim) {
    this.scim = scim;
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
  @Section({"7644 §3.11", "7644 §3.12"})
  void saysThatNobodyStandsBehindTheToken(String method) {
    scim.send(method, "/Me", "{}").isError(501);
  }
}
