package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.e2e.Scenario.Dialect;
import dev.patchbay.e2e.Scenario.Step;
import dev.patchbay.schema.IdentityProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What identity providers send, each in its own way, and what they need to hear: where the bridge
 * is not told who it is, and where it is.
 */
@OnEachStore
class IdentityProviderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("\\$([a-z][a-z0-9]*)");

  private final TestStore store;
  @TempDir private Path directory;

  private final Map<String, RunningBridge> bridges = new HashMap<>();

  IdentityProviderTest(TestStore store) {
    this.store = store;
  }

  @TestFactory
  List<DynamicContainer> everyDialect() throws IOException, URISyntaxException {
    Path folder = Path.of(IdentityProviderTest.class.getResource("/idp/entra.yaml").toURI());
    try (Stream<Path> files = Files.list(folder.getParent())) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(file -> tests(Scenario.read(file)))
          .toList();
    }
  }

  private DynamicContainer tests(Dialect dialect) {
    return DynamicContainer.dynamicContainer(
        dialect.name(),
        Stream.of(IdentityProvider.AUTO, dialect.idp())
            .distinct()
            .flatMap(idp -> dialect.scenarios().stream().map(it -> test(dialect, it, idp))));
  }

  private DynamicTest test(Dialect dialect, Scenario scenario, IdentityProvider idp) {
    return DynamicTest.dynamicTest(
        scenario.it() + ", as " + idp.name().toLowerCase(Locale.ROOT),
        () -> new Play(dialect, scenario, idp).run());
  }

  /** The one that is set up like this, and empty. */
  private RunningBridge bridge(String mapping) {
    return bridges.computeIfAbsent(
        mapping,
        it ->
            RunningBridge.on(store, directory.resolve(Integer.toString(bridges.size())), mapping));
  }

  @AfterEach
  void stop() {
    bridges.values().forEach(RunningBridge::close);
  }

  /** One scenario, from an empty directory to an empty directory. */
  private final class Play {
    private final IdentityProvider idp;
    private final Dialect dialect;
    private final Scenario scenario;
    private final Map<String, String> names = new HashMap<>();

    Play(Dialect dialect, Scenario scenario, IdentityProvider idp) {
      this.idp = idp;
      this.dialect = dialect;
      this.scenario = scenario;
      names.put("enterprise", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
      names.put("pbx", RunningBridge.PBX_URN);
    }

    void run() {
      var bridge = bridge(dialect.mapping());
      try {
        for (int i = 0; i < scenario.steps().size(); i++) {
          play(bridge, scenario.steps().get(i), "step " + (i + 1));
        }
        bridge.settled().assertBothSidesAgree();
      } finally {
        bridge.empty();
      }
    }

    private void play(RunningBridge bridge, Step step, String number) {
      bridge.emulator().calls().clear();
      Answer answer = send(bridge.scim(idp).http(), step);
      String told = "%s: %s %s: %s".formatted(number, step.method(), step.path(), answer.text());
      assertThat(step.answers()).as(told).contains(answer.status());
      step.keep().ifPresent(name -> names.put(name, answer.id()));
      step.returns()
          .forEach((name, part) -> assertThat(answer.header(name)).as(told).contains(part));
      if (!answer.text().isEmpty()) {
        step.holds()
            .flatMap(holds -> Expectation.missing(named(holds), answer.json()))
            .ifPresent(missing -> assertThat(missing).as(told).isEmpty());
      }
      step.calls().ifPresent(calls -> assertCalls(bridge, calls, told));
    }

    private Answer send(Http http, Step step) {
      var named = http;
      for (var headers : List.of(dialect.headers(), step.headers())) {
        for (var header : headers.entrySet()) {
          named = named.with(header.getKey(), header.getValue());
        }
      }
      Optional<String> body = step.body().map(this::named).map(JsonNode::toString);
      return named.send(step.method(), named(step.path()), body);
    }

    /** Calls that change something; what is read before does not matter. */
    private void assertCalls(RunningBridge bridge, List<String> expected, String told) {
      List<String> calls =
          bridge.emulator().calls().lines().stream()
              .filter(call -> call.startsWith("POST "))
              .toList();
      assertThat(calls).as(told).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(calls.get(i)).as(told).matches(expected.get(i));
      }
    }

    private JsonNode named(JsonNode node) {
      try {
        return JSON.readTree(named(node.toString()));
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }

    /** With what is kept in the place of names; what is no name, such as {@code $ref}, stays. */
    private String named(String text) {
      return NAME.matcher(text)
          .replaceAll(
              name -> Matcher.quoteReplacement(names.getOrDefault(name.group(1), name.group())));
    }
  }
}
