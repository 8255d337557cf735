package dev.patchbay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.schema.IdentityProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What an identity provider does in one go; {@code resources/idp/README.md} has the format.
 *
 * @param it what it shows
 */
record Scenario(String it, List<Step> steps) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The scenarios of one identity provider.
   *
   * @param idp as which it is known, where the bridge is told
   * @param headers of every request
   * @param mapping more of the tenant's mapping section
   */
  record Dialect(
      String name,
      IdentityProvider idp,
      Map<String, String> headers,
      String mapping,
      List<Scenario> scenarios) {}

  /**
   * One request and what it needs to be answered.
   *
   * @param keep the name its id goes by from then on
   * @param returns a part of each of these headers
   * @param calls of the PBX, as regular expressions; empty if they do not matter
   */
  record Step(
      String method,
      String path,
      Map<String, String> headers,
      Optional<JsonNode> body,
      List<Integer> answers,
      Optional<String> keep,
      Optional<JsonNode> holds,
      Map<String, String> returns,
      Optional<List<String>> calls) {

    private static Step of(JsonNode step) {
      String[] line = step.path("send").asText().split(" ", 2);
      return new Step(
          line[0],
          line[1],
          texts(step.path("headers")),
          body(line[1], step),
          numbers(step.path("answer")),
          optional(step, "keep").map(JsonNode::asText),
          optional(step, "holds"),
          texts(step.path("returns")),
          optional(step, "calls").map(calls -> strings(calls)));
    }

    private static Optional<JsonNode> body(String path, JsonNode step) {
      if (step.has("operations")) {
        var patch = JSON.createObjectNode();
        patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        return Optional.of(patch.set("Operations", step.path("operations")));
      }
      return optional(step, "body").map(body -> withSchemas(path, body));
    }

    private static JsonNode withSchemas(String path, JsonNode given) {
      var type = path.startsWith("/Groups") ? "Group" : "User";
      var body = merged(given);
      var whole = JSON.createObjectNode();
      var schemas = whole.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:" + type);
      for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (name.startsWith("$") || name.startsWith("urn:")) {
          schemas.add(name);
        }
        whole.set(name, body.path(name));
      }
      return whole;
    }

    /** With what {@code <<} refers to, which YAML 1.2 leaves to the reader. */
    private static JsonNode merged(JsonNode given) {
      var body = JSON.createObjectNode();
      given.path("<<").properties().forEach(each -> body.set(each.getKey(), each.getValue()));
      given.properties().forEach(each -> body.set(each.getKey(), each.getValue()));
      body.remove("<<");
      return body;
    }
  }

  static Dialect read(Path file) {
    var dialect = tree(file);
    var scenarios = new ArrayList<Scenario>();
    for (JsonNode scenario : dialect.path("scenarios")) {
      var steps = new ArrayList<Step>();
      scenario.path("steps").forEach(step -> steps.add(Step.of(step)));
      scenarios.add(new Scenario(scenario.path("it").asText(), List.copyOf(steps)));
    }
    return new Dialect(
        dialect.path("identity-provider").asText(),
        IdentityProvider.valueOf(dialect.path("idp").asText().toUpperCase(Locale.ROOT)),
        texts(dialect.path("headers")),
        dialect.path("mapping").asText(),
        scenarios);
  }

  private static JsonNode tree(Path file) {
    try {
      return JSON.valueToTree(
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<JsonNode> optional(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name));
  }

  private static Map<String, String> texts(JsonNode object) {
    var texts = new LinkedHashMap<String, String>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }

  private static List<String> strings(JsonNode array) {
    var strings = new ArrayList<String>();
    array.forEach(each -> strings.add(each.asText()));
    return strings;
  }

  private static List<Integer> numbers(JsonNode oneOrMore) {
    var numbers = new ArrayList<Integer>();
    if (oneOrMore.isInt()) {
      numbers.add(oneOrMore.asInt());
    }
    oneOrMore.forEach(each -> numbers.add(each.asInt()));
    return numbers;
  }
}
