package dev.patchbay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code resources/scenario/person.json} says a tenant of any dialect is sent. */
public final class PersonsLife {
  private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private PersonsLife() {}

  /**
   * One request.
   *
   * @param send method and path
   * @param keep the name its id goes by from then on
   * @param refused statuses by dialect, where the dialect cannot do it
   * @param calls how many the phone system gets, by dialect
   */
  record Step(
      String name,
      String send,
      Optional<JsonNode> body,
      Optional<String> keep,
      Map<String, Integer> refused,
      Map<String, Integer> calls) {

    private static Step of(JsonNode json) {
      return new Step(
          json.path("step").asText(),
          json.path("send").asText(),
          body(json),
          Optional.of(json.path("keep").asText()).filter(name -> !name.isEmpty()),
          numbers(json.path("refused")),
          numbers(json.path("calls")));
    }

    private static Optional<JsonNode> body(JsonNode json) {
      if (json.has("operations")) {
        var patch = new ObjectMapper().createObjectNode();
        patch.putArray("schemas").add(PATCH_OP);
        patch.set("Operations", json.path("operations"));
        return Optional.of(patch);
      }
      return Optional.of(json.path("body")).filter(JsonNode::isObject);
    }

    private static Map<String, Integer> numbers(JsonNode json) {
      var numbers = new HashMap<String, Integer>();
      json.properties().forEach(it -> numbers.put(it.getKey(), it.getValue().asInt()));
      return Map.copyOf(numbers);
    }
  }

  /** One person at one tenant, of whom each step may need what an earlier one was answered. */
  public static final class Person {
    private final ScimClient scim;
    private final Map<String, String> known = new HashMap<>();

    public Person(ScimClient scim, String name) {
      this.scim = scim;
      known.put("name", name);
    }

    Answer send(Step step) {
      var request = filled(step.send()).split(" ", 2);
      var answer =
          step.body()
              .map(body -> scim.sendAsIs(request[0], request[1], filled(body.toString())))
              .orElseGet(() -> scim.http().send(request[0], request[1], Optional.empty()));
      if (answer.status() < 300) {
        step.keep().ifPresent(name -> known.put(name, answer.id()));
      }
      return answer;
    }

    /** The whole life, with how long each answer took, in nanoseconds. */
    public List<Long> live() {
      var times = new ArrayList<Long>();
      for (Step step : steps()) {
        long before = System.nanoTime();
        var unused = send(step);
        times.add(System.nanoTime() - before);
      }
      return times;
    }

    /** Whether the first step of that life is done. */
    public boolean comes() {
      return send(steps().getFirst()).status() == 201;
    }

    private String filled(String text) {
      String filled = text;
      for (Map.Entry<String, String> each : known.entrySet()) {
        filled = filled.replace("{" + each.getKey() + "}", each.getValue());
      }
      return filled;
    }
  }

  static List<Step> steps() {
    try (var file = PersonsLife.class.getResourceAsStream("/scenario/person.json")) {
      var steps = new ArrayList<Step>();
      new ObjectMapper().readTree(file).forEach(step -> steps.add(Step.of(step)));
      return steps;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
