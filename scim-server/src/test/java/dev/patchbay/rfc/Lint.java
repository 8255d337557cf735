package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.List;
import java.util.Set;

/** What holds for every answer, whatever was asked for. */
record Lint(Declared declared) {
  /** RFC 7644 §3.12 and RFC 9865 §2.1. */
  private static final Set<String> SCIM_TYPES =
      Set.of(
          "",
          "invalidFilter",
          "tooMany",
          "uniqueness",
          "mutability",
          "invalidSyntax",
          "invalidPath",
          "noTarget",
          "invalidValue",
          "invalidVers",
          "sensitive",
          "invalidCursor",
          "expiredCursor",
          "invalidCount");

  void check(String method, String path, Answer answer) {
    var asked = method + " " + path + " was answered " + answer.status() + " " + answer.text();
    assertThat(answer.status() < 500 || answer.status() == 501).as(asked).isTrue();
    if (answer.text().isEmpty()) {
      assertThat(answer.status() < 400 || method.equals("HEAD")).as(asked).isTrue();
      return;
    }
    assertThat(answer.header("Content-Type")).as(asked).isEqualTo("application/scim+json");
    if (answer.status() >= 400) {
      var scimType = answer.json().path("scimType").asText();
      assertThat(scimType).as(asked).isIn(SCIM_TYPES);
      answer.isError(answer.status(), scimType);
    } else {
      assertThat(problems(answer.json())).as(asked).isEmpty();
      assertThat(isTagged(answer)).as(asked).isTrue();
    }
  }

  private List<String> problems(JsonNode body) {
    if (body.path("schemas").toString().contains(Scim.LIST)) {
      return Declared.stream(body.path("Resources"))
          .flatMap(it -> new Truth(declared, it).problems().stream())
          .toList();
    }
    return new Truth(declared, body).problems();
  }

  /** The version in a resource is the one in its header (RFC 7644 §3.14). */
  private static boolean isTagged(Answer answer) {
    var version = answer.at("/meta/version");
    return version.isEmpty() || version.equals(answer.header("ETag"));
  }
}
