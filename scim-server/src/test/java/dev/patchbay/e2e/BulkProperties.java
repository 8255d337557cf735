package dev.patchbay.e2e;

import static dev.patchbay.e2e.Bulk.patch;
import static dev.patchbay.e2e.Bulk.post;
import static dev.patchbay.e2e.Bulk.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever refers to whatever in a bulk: it ends where single requests would. */
class BulkProperties {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private static Path folder;
  private static RunningBridge bridge;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("bulk");
    bridge = RunningBridge.in(folder);
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

  /** An operation; a number names one of the users or groups of the bulk, however many. */
  sealed interface Op {
    record NewUser(Set<Integer> manager) implements Op {}

    record NewGroup(Set<Integer> members) implements Op {}

    record Retitle(int user, int title) implements Op {}

    record AddMember(int group, int user) implements Op {}

    record RemoveMember(int group, int user) implements Op {}
  }

  @Provide
  Arbitrary<List<Op>> bulks() {
    var number = Arbitraries.integers().between(0, 9);
    var some = number.set().ofMaxSize(4);
    Arbitrary<Op> op =
        Arbitraries.frequencyOf(
            Tuple.of(5, number.set().ofMaxSize(1).map(Op.NewUser::new)),
            Tuple.of(2, some.map(Op.NewGroup::new)),
            Tuple.of(1, Combinators.combine(number, number).as(Op.Retitle::new)),
            Tuple.of(1, Combinators.combine(number, number).as(Op.AddMember::new)),
            Tuple.of(1, Combinators.combine(number, number).as(Op.RemoveMember::new)));
    // Somebody must be there to speak of; last, so that all others speak of him beforehand.
    return op.list()
        .ofMinSize(2)
        .ofMaxSize(14)
        .map(it -> Stream.concat(it.stream(), Stream.of(new Op.NewUser(Set.of()))).toList());
  }

  @Property(tries = 40)
  void endsWhereSingleRequestsWould(@ForAll("bulks") List<Op> ops) {
    var scene = new Scene(ops);

    var answers = Bulk.of(scene.all(it -> "bulkId:" + it)).sendTo(bridge);
    assertThat(statuses(answers)).isSubsetOf("200", "201").hasSize(scene.size());
    bridge.assertBothSidesAgree();
    var bulk = scene.state();
    bridge.empty();
    scene.sendOneByOne();
    var single = scene.state();
    bridge.empty();

    assertThat(bulk).isEqualTo(single);
  }

  /** The operations with what they can refer to. */
  private static final class Scene {
    private final List<Op> ops = new ArrayList<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    Scene(List<Op> wanted) {
      for (Op op : wanted) {
        switch (op) {
          case Op.NewUser user -> users.add("user" + users.size());
          case Op.NewGroup group -> groups.add("group" + groups.size());
          default -> {}
        }
      }
      wanted.stream().filter(this::possible).forEach(ops::add);
    }

    private boolean possible(Op op) {
      return switch (op) {
        case Op.NewUser user -> true;
        case Op.NewGroup group -> true;
        case Op.Retitle change -> true;
        case Op.AddMember change -> !groups.isEmpty();
        case Op.RemoveMember change -> !groups.isEmpty();
      };
    }

    int size() {
      return ops.size();
    }

    private String user(int number) {
      return users.get(number % users.size());
    }

    private String group(int number) {
      return groups.get(number % groups.size());
    }

    /** The operations of a bulk; {@code idOf} makes of a name what refers to it. */
    List<String> all(UnaryOperator<String> idOf) {
      var all = new ArrayList<String>();
      int nextUser = 0;
      int nextGroup = 0;
      for (Op op : ops) {
        all.add(
            switch (op) {
              case Op.NewUser user -> newUser(users.get(nextUser++), user, idOf);
              case Op.NewGroup group -> newGroup(groups.get(nextGroup++), group, idOf);
              default -> change(op, idOf);
            });
      }
      return all;
    }

    private String newUser(String name, Op.NewUser user, UnaryOperator<String> idOf) {
      var manager = new StringBuilder();
      user.manager()
          .forEach(
              it ->
                  manager.append(
                      ",'%s':{'manager':{'value':'%s'}}"
                          .formatted(ENTERPRISE, idOf.apply(user(it)))));
      return post(name, "/Users", "{'userName':'%s'%s}".formatted(name, manager));
    }

    private String newGroup(String name, Op.NewGroup group, UnaryOperator<String> idOf) {
      var members =
          group.members().stream().map(this::user).distinct().map(idOf).toArray(String[]::new);
      return post(
          name,
          "/Groups",
          "{'displayName':'%s','members':[%s]}".formatted(name, ScimClient.references(members)));
    }

    private String change(Op op, UnaryOperator<String> idOf) {
      return switch (op) {
        case Op.Retitle it ->
            patch(
                "/Users/" + idOf.apply(user(it.user())),
                "{'op':'add','path':'title','value':'title%d'}".formatted(it.title()));
        case Op.AddMember it ->
            patch(
                "/Groups/" + idOf.apply(group(it.group())),
                "{'op':'add','path':'members','value':[%s]}"
                    .formatted(ScimClient.references(idOf.apply(user(it.user())))));
        case Op.RemoveMember it ->
            patch(
                "/Groups/" + idOf.apply(group(it.group())),
                "{'op':'remove','path':'members','value':[%s]}"
                    .formatted(ScimClient.references(idOf.apply(user(it.user())))));
        case Op.NewUser user -> throw new IllegalArgumentException("no change");
        case Op.NewGroup group -> throw new IllegalArgumentException("no change");
      };
    }

    /** The users, then who their managers are, the groups, then the changes in their order. */
    void sendOneByOne() {
      var ids = new HashMap<String, String>();
      users.forEach(it -> ids.put(it, bridge.scim().createUser(it).is(201).id()));
      var made = new ArrayList<Op>();
      for (Op op : ops) {
        if (op instanceof Op.NewUser user) {
          var name = users.get(made.size());
          made.add(op);
          user.manager().forEach(it -> setManager(ids.get(name), ids.get(user(it))));
        }
      }
      int next = 0;
      for (Op op : ops) {
        if (op instanceof Op.NewGroup group) {
          var name = groups.get(next++);
          var members = group.members().stream().map(this::user).distinct().map(ids::get);
          ids.put(
              name, bridge.scim().createGroup(name, members.toArray(String[]::new)).is(201).id());
        }
      }
      ops.stream()
          .filter(it -> !(it instanceof Op.NewUser || it instanceof Op.NewGroup))
          .forEach(it -> send(change(it, ids::get)));
    }

    private static void setManager(String user, String manager) {
      bridge
          .scim()
          .patch(
              "/Users/" + user,
              "{'op':'add','path':'%s:manager','value':{'value':'%s'}}"
                  .formatted(ENTERPRISE, manager))
          .is(200);
    }

    /** One operation of a bulk as a request of its own. */
    private static void send(String operation) {
      var parts = Pattern.compile("'path':'(/[^']+)'.*'data':(.*)}$").matcher(operation);
      assertThat(parts.find()).isTrue();
      bridge.scim().send("PATCH", parts.group(1), parts.group(2)).isDone();
    }

    /** Who is there, by names. */
    Map<String, String> state() {
      var names = new HashMap<String, String>();
      var users = bridge.scim().get("/Users?count=1000").json().path("Resources");
      users.forEach(it -> names.put(it.path("id").asText(), it.path("userName").asText()));
      var state = new TreeMap<String, String>();
      for (JsonNode user : users) {
        var manager = user.path(ENTERPRISE).path("manager").path("value").asText();
        state.put(
            user.path("userName").asText(),
            user.path("title").asText() + " " + names.getOrDefault(manager, manager));
      }
      for (JsonNode group : bridge.scim().get("/Groups?count=1000").json().path("Resources")) {
        var members = new TreeSet<String>();
        group.path("members").forEach(it -> members.add(names.get(it.path("value").asText())));
        state.put(group.path("displayName").asText(), members.toString());
      }
      return state;
    }
  }
}
