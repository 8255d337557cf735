package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever somebody does on the PBX behind the bridge: after {@code sync} it is as the directory
 * wants it, and what is none of ours is as it was.
 */
class DriftProperties {
  private static final int USERS = 4;

  /** A second comparison may still find what the first began; there is nothing for a third. */
  private static final int COMPARISONS = 2;

  private static Path folder;
  private static RunningBridge bridge;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("drift");
    bridge = RunningBridge.with(folder, "reconcile: { brake: { at-least: 1000 } }");
  }

  @AfterContainer
  static void stop() throws IOException {
    bridge.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What an administrator does on the PBX. */
  enum Deed {
    DELETE,
    ENABLE,
    DISABLE,
    RENAME,
    CLEAR,
    PROMOTE,
    PUT_IN,
    TAKE_OUT,
    PUT_STRANGER_IN,
    RENAME_GROUP,
    DELETE_GROUP
  }

  /** A deed and to whom; who is not there any more is left alone. */
  record Change(Deed deed, int user) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.of(Deed.class), Arbitraries.integers().between(0, USERS - 1))
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 25)
  void syncLeavesWhatTheDirectoryWantsAndStrangersAlone(@ForAll("changes") List<Change> changes) {
    var members = new ArrayList<String>();
    for (int i = 0; i < USERS; i++) {
      var active = i % 2 == 0;
      members.add(
          bridge
              .scim()
              .createUser("user" + i, "'displayName':'User %d','active':%s".formatted(i, active))
              .is(201)
              .id());
    }
    bridge.scim().createGroup("Sales", members.get(0), members.get(1)).is(201);
    bridge.pbx().stranger("bob", "1900");
    bridge.pbx().synced("carol", "1901");
    var strangers = strangers();

    changes.forEach(DriftProperties::change);
    Optional<Comparison> compared = Optional.empty();
    for (int i = 0; i < COMPARISONS; i++) {
      compared = Optional.of(Comparison.of(bridge, "sync"));
      bridge.settled();
    }
    var left = Comparison.of(bridge, "report").lines();

    assertThat(left).as("after %s", compared).allMatch(line -> line.endsWith(" left"));
    assertThat(strangers()).isEqualTo(strangers);
    bridge.pbx().delete("bob");
    bridge.pbx().delete("carol");
    assertThat(orphans()).allMatch(user -> !user.path("active").asBoolean());
    orphans().forEach(user -> bridge.scim().delete("/Users/" + user.path("id").asText()));
    bridge.assertBothSidesAgree();
    bridge.empty();
    bridge.pbx().empty();
  }

  private static List<JsonNode> strangers() {
    return bridge.pbx().users().stream()
        .filter(user -> List.of("bob", "carol").contains(user.path("name").asText()))
        .toList();
  }

  /** People who left and whom the PBX lost: nobody makes them again. */
  private static List<JsonNode> orphans() {
    var orphans = new ArrayList<JsonNode>();
    bridge.scim().get("/Users?count=100").json().path("Resources").forEach(orphans::add);
    orphans.removeIf(user -> !user.at(RunningBridge.STATE).asText().equals("orphaned"));
    return orphans;
  }

  private static void change(Change change) {
    var name = "user" + change.user();
    var pbx = bridge.pbx();
    var user = pbx.users(name).stream().findFirst();
    var group = pbx.groups().stream().findFirst();
    switch (change.deed()) {
      case DELETE -> user.ifPresent(it -> pbx.delete(name));
      case ENABLE -> user.ifPresent(it -> pbx.change(name, "'enabled':true"));
      case DISABLE -> user.ifPresent(it -> pbx.change(name, "'enabled':false"));
      case RENAME -> user.ifPresent(it -> pbx.change(name, "'display_name':'Somebody else'"));
      case CLEAR -> user.ifPresent(it -> pbx.change(name, "'department':'Sales'"));
      case PROMOTE ->
          user.ifPresent(
              it ->
                  pbx.post(
                      "/api/users/" + it.path("id").asText() + "/role", "{'role':'QueueManager'}"));
      case PUT_IN -> user.ifPresent(it -> group.ifPresent(in -> pbx.post(member(in, it))));
      case TAKE_OUT ->
          user.ifPresent(
              it ->
                  group
                      .filter(in -> pbx.members(in).contains(extension(it)))
                      .ifPresent(in -> pbx.post(member(in, it) + "/destroy")));
      case PUT_STRANGER_IN -> group.ifPresent(in -> pbx.post(member(in, pbx.user("bob"))));
      case RENAME_GROUP ->
          group.ifPresent(in -> pbx.post(path(in), "{'name':'Sales " + change.user() + "'}"));
      case DELETE_GROUP -> group.ifPresent(in -> pbx.post(path(in) + "/destroy"));
    }
  }

  private static String path(JsonNode group) {
    return "/api/groups/" + group.path("id").asText();
  }

  private static String member(JsonNode group, JsonNode user) {
    return path(group) + "/members/" + extension(user);
  }

  private static String extension(JsonNode user) {
    return user.path("extension_number").asText();
  }
}
