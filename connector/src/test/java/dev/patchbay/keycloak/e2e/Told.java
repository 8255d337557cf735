package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.keycloak.rig.Pbx;
import dev.patchbay.keycloak.rig.Wire;
import dev.patchbay.keycloak.rig.Wire.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What bridge and phone system were told about a {@link Crowd}, in the order of its effect. Each
 * user's names bear numbers that grow.
 */
final class Told {
  private static final Pattern NAME = Pattern.compile("\\b(u\\d+) (?:Name(\\d+)|Lovelace)\\b");
  private static final Pattern ONE = Pattern.compile("members\\[value eq \"([^\"]+)\"]");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Told() {}

  /** Nobody is told an older name after a newer one, nor two things about one at a time. */
  static void inOrder(Wire wire, Pbx pbx) {
    assertThat(wire.overlaps()).as("two requests for one thing at a time").isEmpty();
    assertNeverOlder("bridge", writes(wire).stream().map(Request::body).toList());
    assertNeverOlder("PBX", pbx.writes().stream().map(JsonNode::toString).toList());
  }

  private static void assertNeverOlder(String whom, List<String> bodies) {
    var names = new TreeMap<String, List<Integer>>();
    for (String body : bodies) {
      var found = NAME.matcher(body);
      if (found.find()) {
        names
            .computeIfAbsent(found.group(1), it -> new ArrayList<>())
            .add(found.group(2) == null ? 0 : Integer.parseInt(found.group(2)));
      }
    }
    assertThat(names).as(whom).isNotEmpty();
    names.forEach((user, numbers) -> assertThat(numbers).as(whom + ", " + user).isSorted());
  }

  /** Each account is made once. */
  static void madeOnce(Wire wire) {
    assertThat(writes(wire))
        .filteredOn(it -> it.method().equals("POST") && it.path().equals("/Users"))
        .extracting(Request::body)
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  /**
   * Nothing is told twice: no change that is the same as the one before, no member who is one.
   * Where no answer was lost, and nobody died who knew of one.
   */
  static void once(Wire wire) {
    var last = new HashMap<String, String>();
    var members = new HashSet<String>();
    for (Request each : writes(wire)) {
      if (each.path().startsWith("/Groups/") && each.method().equals("PATCH")) {
        json(each.body()).path("Operations").forEach(it -> join(each.path(), it, members));
      } else if (each.method().equals("PATCH")) {
        assertThat(last.put(each.path(), each.body())).as(each.path()).isNotEqualTo(each.body());
      }
    }
    assertThat(members).isNotEmpty();
  }

  private static void join(String group, JsonNode operation, Set<String> members) {
    var one = ONE.matcher(operation.path("path").asText());
    if (one.matches()) {
      var member = group + " " + one.group(1);
      assertThat(members.remove(member)).as("left, " + member).isTrue();
      return;
    }
    for (JsonNode each : operation.path("value")) {
      var member = group + " " + each.path("value").asText();
      assertThat(members.add(member)).as("joined, " + member).isTrue();
    }
  }

  private static List<Request> writes(Wire wire) {
    return wire.writes().stream().filter(it -> it.status() < 300).toList();
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }
}
