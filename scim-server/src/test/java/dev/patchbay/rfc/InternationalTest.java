package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §5 and §7.8: names that are written in more than one way. */
@RfcTest
class InternationalTest {
  private final Scim scim;

  InternationalTest(Scim scim) {
    this.scim = scim;
  }

  @ParameterizedTest
  @CsvSource({
    "jos\u00e9, jose\u0301",
    "JOS\u00c9, jose\u0301",
    "\uff41\uff44\uff41, ada",
    "\u0141\u00f3d\u017a, \u0142o\u0301dz\u0301",
    "\u03a3\u03b9\u03c3\u03c5\u03c6\u03bf\u03c2, \u03c3\u03b9\u03c3\u03c5\u03c6\u03bf\u03c3"
  })
  @Section({"7644 §5", "7644 §7.8", "7643 §4.1.1"})
  void takesAUserNameForTheSameHoweverItIsWritten(String one, String other) {
    var suffix = Scim.unique("");
    var user = scim.userNamed(one + suffix);

    scim.post("/Users", Scim.userBody(other + suffix)).isError(409, "uniqueness");

    var filter =
        URLEncoder.encode("userName eq \"" + other + suffix + "\"", StandardCharsets.UTF_8);
    assertThat(scim.get("/Users?filter=" + filter).is(200).at("/Resources/0/id"))
        .isEqualTo(user.id());
  }

  @Test
  @Section("7644 §5")
  void keepsAUserNameAsItWasWritten() {
    var name = Scim.unique("Jose\u0301");

    assertThat(scim.get("/Users/" + scim.userNamed(name).id()).at("/userName"))
        .isIn(name, name.replace("e\u0301", "\u00e9"));
  }
}
