package dev.patchbay.mapping;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatMicrosoftIdTest {

  /** Each column is what a resource has: {@code ms365Id} and {@code ms365.id}, {@code -} none. */
  @ParameterizedTest
  @CsvSource({
    "-, -, a, -, a",
    "-, -, -, a, a",
    "-, -, a, A, a",
    "a, a, a, a, a",
    "a, a, b, a, b",
    "a, a, a, b, b",
    "a, a, b, b, b",
    "a, a, -, a, -",
    "a, a, a, -, -",
    "a, a, -, -, -",
    "a, a, b, -, b",
    "a, a, -, b, b",
    "-, a, -, a, a", // stored before there was the flat one
    "-, a, a, a, a",
    "-, a, -, -, -",
    "-, a, -, b, b",
  })
  void aPatchOfOneIsAPatchOfBoth(
      String flat, String id, String flatNext, String idNext, String both) {
    var wish = user(flatNext, idNext);

    FlatMicrosoftId.patched(user(flat, id), wish);

    assertBoth(wish, both);
  }

  @ParameterizedTest
  @CsvSource({
    "-, -, a, -, a",
    "-, -, -, a, a",
    "a, a, b, -, b", // a sender that does not know the other
    "a, a, -, b, b",
    "a, a, -, a, a",
    "a, a, a, b, b", // a sender that sends back what it read, with its own value
    "a, a, b, a, b",
    "a, a, -, -, -",
  })
  void aPutOfOneIsAPutOfBoth(String flat, String id, String flatNext, String idNext, String both) {
    var wish = user(flatNext, idNext);

    FlatMicrosoftId.replaced(user(flat, id), wish);

    assertBoth(wish, both);
  }

  @ParameterizedTest
  @CsvSource({"-, -", "a, a"})
  void twoIdsForOneBindingAreRefused(String flat, String id) {
    refused(Kind.INVALID_VALUE, () -> FlatMicrosoftId.patched(user(flat, id), user("b", "c")))
        .contains("ms365Id");
    refused(Kind.INVALID_VALUE, () -> FlatMicrosoftId.replaced(user(flat, id), user("b", "c")));
  }

  private static void assertBoth(ObjectNode user, String id) {
    var extension = user.path(ResourceTypes.PBX_USER);
    assertThat(extension.path("ms365Id").asText("-")).isEqualTo(id);
    assertThat(extension.path("ms365").path("id").asText("-")).isEqualToIgnoringCase(id);
    // What is known of a binding says nothing about the next one.
    boolean other = !id.equals("a");
    assertThat(extension.path("ms365").has("bound") && other).isFalse();
  }

  private static ObjectNode user(String flat, String id) {
    var user = JsonText.object("{'userName': 'ada'}");
    if (!flat.equals("-")) {
      user.withObjectProperty(ResourceTypes.PBX_USER).put("ms365Id", flat);
    }
    if (!id.equals("-")) {
      var ms365 =
          user.withObjectProperty(ResourceTypes.PBX_USER).withObjectProperty("ms365").put("id", id);
      if (id.equals("a")) {
        ms365.put("bound", true);
      }
    }
    return user;
  }
}
