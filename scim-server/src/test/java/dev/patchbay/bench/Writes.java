package dev.patchbay.bench;

import dev.patchbay.bench.Series.Operation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The writes, each beside the durable commit that it cannot do without. */
final class Writes {
  private static final AtomicInteger CREATED = new AtomicInteger();

  private final Settings settings;
  private final Function<Duration, Figures> commit;

  Writes(Settings settings, Function<Duration, Figures> commit) {
    this.settings = settings;
    this.commit = commit;
  }

  List<Series> series() {
    return List.of(
        members("group of " + settings.members(), Directory::group),
        members("group of ten", Directory::few),
        members("everybody", Directory::everybody),
        users());
  }

  private Series members(String which, Function<Directory, String> group) {
    var add = "add a member: " + which;
    var remove = "remove a member: " + which;
    return new Series(
        "durable commit",
        commit,
        directory -> {
          var path = Directory.BASE + "/Groups/" + group.apply(directory);
          var out = new ConcurrentLinkedQueue<>(directory.users().subList(0, settings.joiners()));
          var in = new ConcurrentLinkedQueue<String>();
          var operations = new LinkedHashMap<String, Operation>();
          operations.put(add, moving(directory, path, Writes::adding, out, in));
          operations.put(remove, moving(directory, path, Writes::removing, in, out));
          return operations;
        },
        List.of(add, remove));
  }

  private static String adding(String user) {
    return operation(
        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}".formatted(user));
  }

  private static String removing(String user) {
    return operation(
        "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}".formatted(user));
  }

  private static String operation(String operation) {
    return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
        + operation
        + "]}";
  }

  /** Changes the resource at {@code path} for each of {@code from}, until none is left. */
  private static Operation moving(
      Directory directory,
      String path,
      Function<String, String> body,
      Queue<String> from,
      Queue<String> to) {
    return () ->
        () -> {
          var user = from.poll();
          return user == null
              ? new Work.None()
              : new Work.Noted(
                  directory.server().request("PATCH", path, body.apply(user)),
                  answer -> to.add(user));
        };
  }

  private Series users() {
    return new Series(
        "durable commit",
        commit,
        directory -> {
          var made = new ConcurrentLinkedQueue<String>();
          var changed = new ConcurrentLinkedQueue<String>();
          var operations = new LinkedHashMap<String, Operation>();
          operations.put("create a user", () -> () -> creating(directory, made));
          operations.put(
              "change a user", () -> () -> each(directory, "PATCH", made, changed, RENAME));
          operations.put(
              "delete a user",
              () -> {
                changed.addAll(made);
                made.clear();
                return () -> each(directory, "DELETE", changed, new ArrayDeque<>(), "");
              });
          return operations;
        },
        List.of("create a user", "change a user", "delete a user"));
  }

  private static final String RENAME =
      operation("{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Countess Lovelace\"}");

  private static Work creating(Directory directory, Queue<String> made) {
    var name = "new-" + directory.size() + "-" + CREATED.getAndIncrement();
    return new Work.Noted(
        directory.server().request("POST", Directory.BASE + "/Users", Directory.user(name)),
        answer -> made.add(id(answer.text())));
  }

  /** Without a parser, whose time would be missing from the server. */
  private static String id(String resource) {
    int at = resource.indexOf("\"id\":\"") + 6;
    return resource.substring(at, resource.indexOf('"', at));
  }

  private static Work each(
      Directory directory, String method, Queue<String> from, Queue<String> to, String body) {
    var user = from.poll();
    return user == null
        ? new Work.None()
        : new Work.Noted(
            directory.server().request(method, Directory.BASE + "/Users/" + user, body),
            answer -> {
              if (method.equals("PATCH")) {
                to.add(user);
              }
            });
  }
}
