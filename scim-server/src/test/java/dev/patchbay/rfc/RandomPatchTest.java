package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What testers of strangers do: read the schemas, and send every attribute values of its type. Each
 * is either taken, and then read back and nothing else is changed, or refused by name.
 */
@RfcTest
class RandomPatchTest {
  private final Scim strict;
  private final List<String> problems = new ArrayList<>();

  RandomPatchTest(Scim scim) {
    this.strict = scim;
  }

  @ParameterizedTest
  @ValueSource(strings = {"strict", "lenient"})
  @Section({"7644 §3.5.2", "7644 §3.5.1", "7643 §7"})
  void takesWhatItDeclaresOrSaysWhyNot(String sender) {
    long seed = new Random().nextLong();
    var scim = sender.equals("strict") ? strict : strict.lenient();
    var values = values(scim, new Random(seed));

    try {
      for (String core : scim.declared().types().keySet()) {
        Exercised.of(scim, core, values).ifPresent(it -> problems.addAll(it.everyAttribute()));
      }
    } catch (AssertionError failure) {
      throw new AssertionError("with seed " + seed, failure);
    }

    assertThat(problems).as("with seed " + seed).isEmpty();
  }

  private static RandomValues values(Scim scim, Random random) {
    var users = new ArrayList<JsonNode>();
    for (int i = 0; i < 3; i++) {
      users.add(scim.user().json());
    }
    return new RandomValues(random, users);
  }

  /** An operation, with a path or the whole in its value. */
  static String operation(String op, Place place, JsonNode value, boolean byPath) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode().put("op", op);
    if (byPath) {
      operation.put("path", place.path());
      operation.set("value", value);
    } else {
      operation.set("value", place.wrapped(value));
    }
    return operation.toString();
  }
}
