package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.History.Answer;
import dev.patchbay.provisioning.History.Event;
import dev.patchbay.provisioning.History.State;
import dev.patchbay.provisioning.Interleaving.Op;
import dev.patchbay.provisioning.Interleaving.Step;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs {@link Interleaving}s on a real store, a thread for each writer, and judges the answers. */
final class WritersAtOnce implements AutoCloseable {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["100000-999999"] } } }
      """;
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final Set<String> ATTRIBUTES =
      Set.of("displayName", "title", "nickName", "active");

  private final ExecutorService threads = Executors.newFixedThreadPool(10);
  private final List<Database> databases;
  private final Database database;
  private final InMemoryPbx pbx;
  private final List<Provisioner> processes;
  private final Map<String, Entry> people = new TreeMap<>();
  private int runs;

  /**
   * Writers that take turns at processes.
   *
   * @param databases one store, opened by each process
   */
  WritersAtOnce(Database... databases) {
    var clock = Clock.systemUTC();
    this.databases = List.of(databases);
    this.database = databases[0];
    this.pbx = new InMemoryPbx(clock, Duration.ofMinutes(1));
    this.processes = this.databases.stream().map(each -> process(each, clock)).toList();
    for (String name : List.of("ada", "bob", "eve")) {
      people.put(name, processes.getFirst().create(EntryType.USER, IDP, named("userName", name)));
    }
    pbx.beforeEachCall(Thread::yield); // so that others get their turn in the middle of a write
  }

  private Provisioner process(Database opened, Clock clock) {
    return Provisioner.paused(
        "office",
        opened,
        pbx,
        TestMapping.from(Section.of(MAPPING)),
        // On a machine with other work ten writes may take longer than usual; that is no 503.
        ProvisioningPolicy.from(Section.of("busy-wait: 60s")),
        clock);
  }

  /** Does it, and asserts that nothing got lost and nobody was told anything wrong. */
  void check(Interleaving interleaving) {
    var run = new Run(interleaving.type());
    var first = run.create();
    var begin = run.state(first);
    var history = history(run, first, interleaving.writers());
    processes.forEach(Provisioner::recover);
    var end = run.state();
    assertThat(history.ends(begin)).as("ends of " + history).contains(end);
    assertThat(history.oneContentPerVersion()).as("one content per version in " + history).isTrue();
    long open = database.read(handle -> Journal.open(handle, "office"));
    assertThat(open).as("open work after " + history).isZero();
    run.assertOnPbx(end);
  }

  /** So many of the same at once, on a resource made for them. */
  List<Answer> together(EntryType type, List<Step> steps) {
    var run = new Run(type);
    var history = history(run, run.create(), steps.stream().map(List::of).toList());
    run.assertOnPbx(run.state());
    return history.events().stream().map(Event::answer).toList();
  }

  private History history(Run run, Entry first, List<List<Step>> writers) {
    var begin = new CyclicBarrier(writers.size());
    var written = new ArrayList<Future<List<Event>>>();
    for (int i = 0; i < writers.size(); i++) {
      var writer = new Writer(run, processes.get(i % processes.size()), first);
      var steps = writers.get(i);
      written.add(
          threads.submit(
              () -> {
                begin.await();
                return writer.write(steps);
              }));
    }
    var events = new ArrayList<Event>();
    for (Future<List<Event>> writer : written) {
      try {
        events.addAll(writer.get());
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    return new History(events);
  }

  /** One writer: what it knows of the resource. */
  private static final class Writer {
    private final Run run;
    private final Provisioner process;
    private final long first;
    private String id;
    private long seen;

    Writer(Run run, Provisioner process, Entry first) {
      this.run = run;
      this.process = process;
      this.first = first.version();
      this.id = first.id();
      this.seen = first.version();
    }

    List<Event> write(List<Step> steps) {
      return steps.stream().map(this::write).toList();
    }

    private Event write(Step step) {
      Optional<Long> expected =
          step.op() instanceof Op.Create
              ? Optional.empty()
              : switch (step.when()) {
                case ALWAYS -> Optional.empty();
                case AT_FIRST -> Optional.of(first);
                case AS_SEEN -> Optional.of(seen);
              };
      var target = step.op() instanceof Op.Create ? "" : id;
      long begun = System.nanoTime();
      var answer =
          run.answer(process, step.op(), id, IfMatch.of(expected.map(it -> "W/\"" + it + "\"")));
      long ended = System.nanoTime();
      if (answer instanceof Answer.Done done) {
        id = done.id();
        seen = done.version();
      }
      return new Event(step.op(), target, expected, answer, begun, ended);
    }
  }

  /** The resource of one run; its names are told from those of others by the run's own. */
  private final class Run {
    private final EntryType type;
    private final String name;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    Run(EntryType type) {
      this.type = type;
      this.name = "run%06d".formatted(++runs);
    }

    Entry create() {
      return create(processes.getFirst());
    }

    private Entry create(Provisioner process) {
      var attribute = type == EntryType.USER ? "userName" : "displayName";
      var created = process.create(type, IDP, named(attribute, name));
      ids.add(created.id());
      return created;
    }

    Answer answer(Provisioner process, Op op, String id, IfMatch match) {
      try {
        return switch (op) {
          case Op.Assign(String attribute, String value) ->
              done(process.patch(type, IDP, id, match, assign(attribute, value)));
          case Op.Put(var attributes, var members) ->
              done(process.replace(type, IDP, id, match, body(attributes, members)));
          case Op.Add(var members) ->
              done(process.patch(type, IDP, id, match, members("add", members)));
          case Op.Remove(var members) ->
              done(process.patch(type, IDP, id, match, members("remove", members)));
          case Op.Delete delete -> {
            process.delete(type, IDP, id, match);
            yield new Answer.Gone();
          }
          case Op.Create create -> done(create(process));
        };
      } catch (Refusal refusal) {
        return new Answer.Refused(refusal.kind());
      } catch (TryLater later) {
        return new Answer.Later();
      }
    }

    private Answer done(Entry entry) {
      return new Answer.Done(entry.id(), entry.version(), attributes(entry));
    }

    private ObjectNode assign(String attribute, String value) {
      var patch = JsonNodeFactory.instance.objectNode();
      patch
          .putArray("Operations")
          .addObject()
          .put("op", "replace")
          .put("path", attribute)
          .set("value", json(attribute, value));
      return patch;
    }

    private JsonNode json(String attribute, String value) {
      return attribute.equals("active")
          ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(value))
          : JsonNodeFactory.instance.textNode(full(attribute, value));
    }

    /** Two groups of a tenant cannot have the same name: each begins with that of its run. */
    private String full(String attribute, String value) {
      return isGroupName(attribute) ? name + value : value;
    }

    private boolean isGroupName(String attribute) {
      return type == EntryType.GROUP && attribute.equals("displayName");
    }

    private ObjectNode body(Map<String, String> attributes, Optional<Set<String>> members) {
      var body = type == EntryType.USER ? named("userName", name) : named("displayName", name);
      attributes.forEach((attribute, value) -> body.set(attribute, json(attribute, value)));
      members.ifPresent(
          it -> {
            var list = body.putArray("members");
            it.forEach(person -> list.addObject().put("value", people.get(person).id()));
          });
      return body;
    }

    private JsonNode members(String op, Collection<String> members) {
      var values =
          members.stream().map(it -> "{'value':'" + people.get(it).id() + "'}").toList().toString();
      return parsed("{'Operations':[{'op':'" + op + "','path':'members','value':" + values + "}]}");
    }

    /** What is there now; {@code NONE} if nothing is. */
    State state() {
      var visible =
          ids.stream()
              .flatMap(id -> database.read(handle -> EntryStore.find(handle, id)).stream())
              .filter(it -> it.life().visible())
              .toList();
      assertThat(visible).as("resources of one name").hasSizeLessThan(2);
      return visible.isEmpty() ? State.NONE : state(visible.getFirst());
    }

    State state(Entry entry) {
      return new State(entry.id(), entry.version(), attributes(entry), members(entry));
    }

    private Map<String, String> attributes(Entry entry) {
      var attributes = new TreeMap<String, String>();
      for (String attribute : ATTRIBUTES) {
        var value = entry.resource().path(attribute);
        if (!value.isMissingNode()) {
          int from = isGroupName(attribute) ? name.length() : 0;
          attributes.put(attribute, value.asText().substring(from));
        }
      }
      return attributes;
    }

    private Set<String> members(Entry entry) {
      var ids = new TreeSet<String>();
      database.run(handle -> Memberships.stream(handle, entry.id(), it -> ids.add(it.id())));
      var names = new TreeSet<String>();
      people.forEach(
          (person, user) -> {
            if (ids.contains(user.id())) {
              names.add(person);
            }
          });
      return names;
    }

    void assertOnPbx(State state) {
      switch (type) {
        case USER -> assertUserOnPbx(state);
        case GROUP -> assertGroupOnPbx(state);
        case ROLE -> throw new IllegalStateException("roles are not written here");
      }
    }

    private void assertUserOnPbx(State state) {
      var found =
          pbx.all().stream()
              .filter(user -> user.get(PbxField.NAME).orElse("").startsWith(name))
              .toList();
      assertThat(found).as("of " + name + " on the pbx").hasSize(state.id().isEmpty() ? 0 : 1);
      for (PbxUser user : found) {
        assertThat(Boolean.toString(user.enabled())).isEqualTo(state.attributes().get("active"));
        assertThat(user.get(PbxField.DISPLAY_NAME))
            .contains(state.attributes().getOrDefault("displayName", name));
      }
    }

    private void assertGroupOnPbx(State state) {
      var groups = new TreeMap<>(pbx.groupMembers());
      groups.keySet().removeIf(it -> !it.startsWith(name));
      if (state.id().isEmpty()) {
        assertThat(groups).isEmpty();
        return;
      }
      var extensions = new TreeSet<String>();
      state.members().forEach(it -> extensions.add(extension(people.get(it))));
      assertThat(groups)
          .containsExactly(Map.entry(name + state.attributes().get("displayName"), extensions));
    }
  }

  private static String extension(Entry user) {
    return user.resource().path(ResourceTypes.PBX_USER).path("extensionNumber").asText();
  }

  private static ObjectNode named(String attribute, String value) {
    return JsonNodeFactory.instance.objectNode().put(attribute, value);
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    threads.close();
    processes.forEach(Provisioner::close);
    databases.forEach(Database::close);
  }
}
