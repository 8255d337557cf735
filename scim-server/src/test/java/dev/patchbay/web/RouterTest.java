package dev.patchbay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static final Endpoint USER = request -> WebResponse.of(200);
  private static final Endpoint SEARCH = request -> WebResponse.of(201);

  private final Router router =
      new Router()
          .add("GET", "/{tenant}/Users/{id}", USER)
          .add("POST", "/{tenant}/Users/.search", SEARCH);

  @ParameterizedTest
  @CsvSource({
    "/acme/Users/7,  acme, 7",
    "/acme/Users/7/, acme, 7",
    "/a%2Fb/Users/%C3%A4, a/b, ä",
    "/a+b/Users/50%25, a+b, 50%"
  })
  void aNameMatchesOneDecodedSegment(String path, String tenant, String id) {
    assertThat(router.match("GET", path))
        .isEqualTo(new Router.Match.Found(USER, Map.of("tenant", tenant, "id", id)));
  }

  @ParameterizedTest
  @CsvSource({"/", "/acme/Users", "/acme/Users//", "/acme/Users/7/8", "/acme/users/7", "//Users/7"})
  void otherPathsLeadNowhere(String path) {
    assertThat(router.match("GET", path)).isEqualTo(new Router.Match.Nothing());
  }

  @Test
  void aLiteralWinsOverAName() {
    assertThat(router.match("POST", "/acme/Users/.search"))
        .isEqualTo(new Router.Match.Found(SEARCH, Map.of("tenant", "acme")));
  }

  @Test
  void aLiteralWinsOverANameWithOtherMethodsToo() {
    assertThat(router.match("GET", "/acme/Users/.search"))
        .isInstanceOf(Router.Match.OtherMethods.class);
  }

  @Test
  void headIsServedByGet() {
    assertThat(router.match("HEAD", "/acme/Users/7")).isInstanceOf(Router.Match.Found.class);
  }

  @Test
  void otherMethodsAreNamed() {
    var match = router.match("DELETE", "/acme/Users/.search");

    assertThat(match)
        .isInstanceOfSatisfying(
            Router.Match.OtherMethods.class,
            other -> assertThat(other.allow()).containsExactly("OPTIONS", "POST"));
  }

  @Test
  void twoEndpointsForOneRouteAreAMistake() {
    assertThatThrownBy(() -> router.add("GET", "/{t}/Users/{user}", USER))
        .hasMessage("a second endpoint for GET /{t}/Users/{user}");
  }
}
