package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.provisioning.ProvisioningPolicy.OnUnavailable;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On PostgreSQL, less of what {@link CrashPointsTest} does with SQLite.
 *
 * <p>Each kind of write with each call of it spoilt in each way, the process dying included: when
 * the journal has come to rest, no answer was a lie and the PBX holds what the directory shows.
 */
class OutcomesTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      role-precedence: [StandardUser, Custom, QueueManager]
      extensions: { pools: { default: { ranges: ["1000-1999"], quarantine: 1d } } }
      """;
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final IfMatch ANY = new IfMatch.Any();
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);

  private static final Set<Fault> FAULTS = EnumSet.range(Fault.REJECTED, Fault.CRASH_AFTER);

  private static final TestStore STORE = TestStore.postgresql();
  @TempDir private static Path directory;
  private static Database database;
  private static int tenants;

  /** Random pairs of faults per kind of write; more find more and take longer. */
  private static final int SAMPLES = Integer.getInteger("patchbay.samples", 8);

  @BeforeAll
  static void open() {
    database = STORE.open(directory);
  }

  @AfterAll
  static void close() {
    database.close();
    STORE.close();
  }

  /** When the identity provider repeats a request that was not answered, or answered 503. */
  private enum Repeat {
    NEVER,
    /** Before the quiet time has passed. */
    AT_ONCE,
    /** After the quiet time, before the journal got to it. */
    LATER,
    /** After the journal came to rest. */
    LAST
  }

  enum Answer {
    ACCEPTED,
    REFUSED,
    TRY_LATER,
    /** The process died. */
    NONE
  }

  /** A tenant, its PBX, and the process that serves it. */
  static final class World {
    private final String tenant = "t" + ++tenants;
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryPbx pbx = new InMemoryPbx(clock, QUIET);
    private final OnUnavailable onUnavailable;
    private final Map<String, String> ids = new TreeMap<>();
    private Provisioner provisioner;

    World(OnUnavailable onUnavailable) {
      this.onUnavailable = onUnavailable;
      this.provisioner = process();
    }

    private Provisioner process() {
      return Provisioner.paused(
          tenant,
          database,
          pbx,
          TestMapping.from(Section.of(MAPPING)),
          ProvisioningPolicy.from(
              Section.of(
                  "busy-wait: 0s\non-unavailable: "
                      + onUnavailable.name().toLowerCase(Locale.ROOT))),
          clock);
    }

    Answer answer(Write write) {
      try {
        write.request.accept(this);
        return Answer.ACCEPTED;
      } catch (Refusal refusal) {
        return Answer.REFUSED;
      } catch (TryLater later) {
        return Answer.TRY_LATER;
      } catch (Crash crash) {
        restart();
        return Answer.NONE;
      }
    }

    /** The journal at work for a day; a crash in it is followed by a restart. */
    void rest() {
      for (int round = 0; round < 60 && (round < 2 || open() > 0); round++) {
        clock.advance(round < 20 ? Duration.ofSeconds(50) : Duration.ofMinutes(20));
        try {
          provisioner.recover();
        } catch (Crash crash) {
          restart();
        }
      }
    }

    private void restart() {
      provisioner.close();
      pbx.revive();
      provisioner = process();
    }

    void user(String name, String more) {
      var body = json("{'userName':'" + name + "'" + more + "}");
      ids.put(name, provisioner.create(EntryType.USER, IDP, body).id());
    }

    void group(String name, String... members) {
      var body = json("{'displayName':'" + name + "','members':" + values(members) + "}");
      ids.put(name, provisioner.create(EntryType.GROUP, IDP, body).id());
    }

    String values(String... members) {
      return Stream.of(members)
          .map(name -> "{'value':'" + ids.get(name) + "'}")
          .toList()
          .toString();
    }

    void patch(EntryType type, String name, String operations) {
      var body = json("{'Operations':[" + operations + "]}");
      provisioner.patch(type, IDP, ids.get(name), ANY, body);
    }

    void patchUser(String name, String operations) {
      patch(EntryType.USER, name, operations);
    }

    void patchGroup(String name, String operations) {
      patch(EntryType.GROUP, name, operations);
    }

    void delete(EntryType type, String name) {
      provisioner.delete(type, IDP, ids.get(name), ANY);
    }

    List<Entry> entries() {
      return database.read(
          handle ->
              handle
                  .createQuery("select id from entry where tenant = ? order by seq")
                  .bind(0, tenant)
                  .mapTo(String.class)
                  .list()
                  .stream()
                  .map(id -> EntryStore.find(handle, id).orElseThrow())
                  .toList());
    }

    /** Users and groups that reads show, by name. */
    Map<String, Entry> shown() {
      var shown = new TreeMap<String, Entry>();
      entries().stream()
          .filter(entry -> entry.life().visible())
          .forEach(entry -> shown.put(name(entry), entry));
      return shown;
    }

    int open() {
      return count("select count(*) from journal where tenant = ?");
    }

    int count(String sql) {
      return database.read(
          handle -> handle.createQuery(sql).bind(0, tenant).mapTo(Integer.class).one());
    }

    /** What a client sees, without our own reports: users' resources and groups' members. */
    Map<String, String> directory() {
      var seen = new TreeMap<String, String>();
      shown()
          .forEach(
              (name, entry) -> {
                var resource = entry.resource().deepCopy();
                resource.remove("schemas");
                if (resource.get(ResourceTypes.PBX_USER) instanceof ObjectNode user) {
                  user.remove("provisioning");
                  user.remove("extensionNumber");
                  if (user.get("ms365") instanceof ObjectNode ms365) {
                    ms365.retain("id");
                  }
                }
                resource.remove(ResourceTypes.PBX_GROUP);
                seen.put(name, sorted(resource) + " " + members(entry));
              });
      return seen;
    }

    Set<String> members(Entry group) {
      return new TreeSet<>(
          database.<List<String>>read(
              handle ->
                  handle
                      .createQuery(
                          "select e.user_name from member m join entry e on e.id = m.user_id"
                              + " where m.group_id = ? and m.desired = 1")
                      .bind(0, group.id())
                      .mapTo(String.class)
                      .list()));
    }
  }

  private static String sorted(JsonNode resource) {
    return new ObjectMapper().convertValue(resource, TreeMap.class).toString();
  }

  interface Request {
    void accept(World world);
  }

  private static final String MS365 = "'" + ResourceTypes.PBX_USER + "':{'ms365':{'id':'%s'}}";

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  enum Write {
    CREATE(w -> {}, w -> w.user("ada", ",'displayName':'Ada','password':'Sesame77'")),
    CREATE_BOUND(w -> {}, w -> w.user("ada", "," + MS365.formatted("a@b.example"))),
    PROFILE(
        w -> w.user("ada", ""),
        w -> w.patchUser("ada", "{'op':'add','value':{'displayName':'Ada','title':'Dr'}}")),
    ROLE_UP(
        w -> w.user("ada", ""),
        w -> w.patchUser("ada", "{'op':'add','value':{'roles':[{'value':'QueueManager'}]}}")),
    ROLE_DOWN(
        w -> w.user("ada", ",'roles':[{'value':'QueueManager'}]"),
        w -> w.patchUser("ada", "{'op':'replace','value':{'roles':[{'value':'Custom'}]}}")),
    PASSWORD(
        w -> w.user("ada", ""),
        w -> w.patchUser("ada", "{'op':'replace','path':'password','value':'Sesame77'}")),
    PASSWORD_AND_NAME(
        w -> w.user("ada", ""),
        w -> w.patchUser("ada", "{'op':'add','value':{'displayName':'A','password':'Sesame77'}}")),
    DEACTIVATE(
        w -> w.user("ada", ""),
        w -> w.patchUser("ada", "{'op':'replace','path':'active','value':false}")),
    ACTIVATE(
        w -> w.user("ada", ",'active':false"),
        w -> w.patchUser("ada", "{'op':'replace','path':'active','value':true}")),
    MIXED_UP(
        w -> w.user("ada", ",'active':false"),
        w ->
            w.patchUser(
                "ada",
                "{'op':'add','value':{'active':true,'displayName':'Ada',"
                    + "'roles':[{'value':'QueueManager'}],"
                    + MS365.formatted("a@b.example")
                    + "}}")),
    MIXED_DOWN(
        w -> w.user("ada", ",'roles':[{'value':'QueueManager'}]," + MS365.formatted("a@b.example")),
        w ->
            w.patchUser(
                "ada",
                "{'op':'add','value':{'active':false,'displayName':'Ada',"
                    + "'roles':[{'value':'StandardUser'}]}},"
                    + "{'op':'remove','path':'"
                    + ResourceTypes.PBX_USER
                    + ":ms365'}")),
    REBIND(
        w -> w.user("ada", "," + MS365.formatted("a@b.example")),
        w -> w.patchUser("ada", "{'op':'add','value':{" + MS365.formatted("b@b.example") + "}}")),
    RENAME_USER(
        w -> w.user("ada", ""),
        w -> w.patchUser("ada", "{'op':'replace','path':'userName','value':'ada2'}")),
    DELETE(
        w -> {
          w.user("ada", "");
          w.user("bob", "");
          w.group("Sales", "ada", "bob");
          w.group("Board", "ada");
        },
        w -> w.delete(EntryType.USER, "ada")),
    DELETE_INACTIVE(w -> w.user("ada", ",'active':false"), w -> w.delete(EntryType.USER, "ada")),
    GROUP_CREATE(Write::people, w -> w.group("Sales", "ada", "bob")),
    GROUP_ADD(
        w -> {
          people(w);
          w.group("Sales", "cid");
        },
        w ->
            w.patchGroup(
                "Sales", "{'op':'add','path':'members','value':" + w.values("ada", "bob") + "}")),
    GROUP_REMOVE(
        w -> {
          people(w);
          w.group("Sales", "ada", "bob");
        },
        w ->
            w.patchGroup(
                "Sales", "{'op':'remove','path':'members','value':" + w.values("ada") + "}")),
    GROUP_REPLACE(
        w -> {
          people(w);
          w.group("Sales", "ada", "bob");
        },
        w ->
            w.patchGroup(
                "Sales",
                "{'op':'replace','path':'members','value':" + w.values("bob", "cid") + "}")),
    GROUP_RENAME(
        w -> {
          people(w);
          w.group("Sales", "ada");
        },
        w -> w.patchGroup("Sales", "{'op':'replace','path':'displayName','value':'Marketing'}")),
    GROUP_MIXED(
        w -> {
          people(w);
          w.group("Sales", "ada");
        },
        w ->
            w.patchGroup(
                "Sales",
                "{'op':'replace','path':'displayName','value':'Marketing'},"
                    + "{'op':'replace','path':'members','value':"
                    + w.values("bob", "cid")
                    + "}")),
    GROUP_DELETE(
        w -> {
          people(w);
          w.group("Sales", "ada");
        },
        w -> w.delete(EntryType.GROUP, "Sales"));

    private final Request before;
    private final Request request;

    Write(Request before, Request request) {
      this.before = before;
      this.request = request;
    }

    private static void people(World world) {
      world.user("ada", "");
      world.user("bob", "");
      world.user("cid", "");
    }

    /** What the directory shows before the write. */
    World ready(OnUnavailable onUnavailable) {
      var world = new World(onUnavailable);
      before.accept(world);
      world.pbx.spoil(Map.of());
      return world;
    }

    boolean password() {
      return this == CREATE || this == PASSWORD || this == PASSWORD_AND_NAME;
    }

    boolean deletes() {
      return this == DELETE || this == DELETE_INACTIVE || this == GROUP_DELETE;
    }

    /** Whether part of the request stays wanted even if it is refused. */
    boolean takesAway() {
      return switch (this) {
        case ROLE_DOWN,
            DEACTIVATE,
            MIXED_DOWN,
            DELETE,
            DELETE_INACTIVE,
            GROUP_REMOVE,
            GROUP_REPLACE,
            GROUP_MIXED,
            GROUP_DELETE ->
            true;
        case CREATE,
            CREATE_BOUND,
            PROFILE,
            ROLE_UP,
            PASSWORD,
            PASSWORD_AND_NAME,
            ACTIVATE,
            MIXED_UP,
            REBIND,
            RENAME_USER,
            GROUP_CREATE,
            GROUP_ADD,
            GROUP_RENAME ->
            false;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneFaultAnywhereLosesAndFalsifiesNothing(Write write) {
    var failures = new ArrayList<String>();
    var world = write.ready(OnUnavailable.REFUSE);
    assertThat(world.answer(write)).isEqualTo(Answer.ACCEPTED);
    world.rest();
    check(world);
    var done = world.directory();
    for (int place = 0; place < world.pbx.arrived(); place++) {
      for (Fault fault : FAULTS) {
        for (Repeat repeat : repeats(fault)) {
          tried(failures, write, Map.of(place, fault), repeat, done);
        }
      }
    }

    assertThat(failures).isEmpty();
  }

  /** A refusal is not repeated. */
  private static Set<Repeat> repeats(Fault fault) {
    return fault == Fault.REJECTED
        ? EnumSet.of(Repeat.NEVER)
        : EnumSet.of(Repeat.NEVER, Repeat.LATER);
  }

  @Test
  void twoFaultsLoseAndFalsifyNothing() {
    var random = new Random(7);
    var failures = new ArrayList<String>();
    for (Write write : Write.values()) {
      var world = write.ready(OnUnavailable.REFUSE);
      world.answer(write);
      world.rest();
      var done = world.directory();
      for (int sample = 0; sample < SAMPLES; sample++) {
        int first = random.nextInt(world.pbx.arrived());
        var faults =
            Map.of(
                first,
                any(random, FAULTS.toArray(Fault[]::new)),
                first + 1 + random.nextInt(2),
                any(random, FAULTS.toArray(Fault[]::new)));
        tried(failures, write, faults, any(random, Repeat.values()), done);
      }
    }

    assertThat(failures).isEmpty();
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  private static void tried(
      List<String> failures,
      Write write,
      Map<Integer, Fault> faults,
      Repeat repeat,
      Map<String, String> done) {
    try {
      scenario(write, faults, repeat, done);
    } catch (AssertionError | RuntimeException e) {
      var at = e.getStackTrace().length > 0 ? e.getStackTrace()[0].toString() : "";
      failures.add(
          "\n%s %s repeated %s: %s %s"
              .formatted(
                  write, new TreeMap<>(faults), repeat, e.toString().replace('\n', ' '), at));
    }
  }

  private static void scenario(
      Write write, Map<Integer, Fault> faults, Repeat repeat, Map<String, String> done) {
    var world = write.ready(OnUnavailable.REFUSE);
    var before = world.directory();
    world.pbx.spoil(faults);
    var answer = world.answer(write);
    var told = world.directory();
    checkNoSyncedLie(world);
    boolean conflict = false;
    for (int again = 0; again < 9 && repeats(answer) && repeat != Repeat.NEVER; again++) {
      if (repeat == Repeat.LATER) {
        world.clock.advance(QUIET.multipliedBy(3));
      } else if (repeat == Repeat.LAST) {
        world.rest();
      } else if (again > 0) {
        world.clock.advance(Duration.ofSeconds(20));
      }
      answer = world.answer(write);
      checkNoSyncedLie(world);
      if (answer == Answer.REFUSED && world.directory().equals(done)) {
        answer = Answer.ACCEPTED; // told so by a conflict or an absence
        conflict = true;
      }
    }
    if (repeat != Repeat.NEVER) {
      assertThat(answer).as("repeated").isIn(Answer.ACCEPTED, Answer.REFUSED);
    }
    if (answer == Answer.ACCEPTED && !conflict && write.password()) {
      assertThat(world.pbx.password("ada")).as("password").contains("Sesame77");
    }
    world.rest();
    world.pbx.spoil(Map.of());
    world.rest();
    check(world);
    if (answer == Answer.ACCEPTED) {
      assertThat(world.directory()).as("2xx").isEqualTo(done);
    }
    if (repeat == Repeat.NEVER
        && (answer == Answer.REFUSED || answer == Answer.TRY_LATER)
        && !write.deletes()) {
      assertThat(world.directory()).as("never completed later").isEqualTo(told);
    }
    if (repeat == Repeat.NEVER
        && answer == Answer.TRY_LATER
        && !write.takesAway()
        && write != Write.PASSWORD_AND_NAME) {
      assertThat(told).as("nothing taken of what was put off").isEqualTo(before);
    }
    // The next attempt converges.
    world.answer(write);
    world.rest();
    check(world);
    if (world.shown().values().stream().noneMatch(entry -> state(entry).equals("blocked"))) {
      assertThat(world.directory()).as("repeated").isEqualTo(done);
    }
  }

  private static boolean repeats(Answer answer) {
    return answer == Answer.TRY_LATER || answer == Answer.NONE;
  }

  /** What is shown as synced is so at any time. */
  private static void checkNoSyncedLie(World world) {
    for (Entry entry : world.shown().values()) {
      if (state(entry).equals("synced")) {
        checkHeld(world, entry);
      }
    }
  }

  private static void check(World world) {
    var shown = world.shown();
    for (Entry entry : world.entries()) {
      assertThat(entry.life())
          .as("life of " + name(entry))
          .isEqualTo(dev.patchbay.directory.Life.LIVE);
    }
    boolean blocked = false;
    for (Entry entry : shown.values()) {
      assertThat(state(entry)).as("state of " + name(entry)).isIn("synced", "blocked");
      if (state(entry).equals("synced")) {
        checkHeld(world, entry);
      } else {
        blocked = true;
        assertThat(error(entry)).as("reason of " + name(entry)).isNotEmpty();
      }
    }
    if (!blocked) {
      assertThat(world.open()).as("open plans").isZero();
      assertThat(
              world.count(
                  "select count(*) from reservation where tenant = ? and settled = 0 and entry_id"
                      + " is not null"))
          .as("unsettled reservations")
          .isZero();
    }
    var users = shown.values().stream().filter(entry -> entry.type() == EntryType.USER).toList();
    assertThat(world.pbx.all()).as("users on the pbx").hasSize(users.size());
    assertThat(world.pbx.groupMembers())
        .as("groups on the pbx")
        .hasSize(shown.size() - users.size());
    checkReservations(world, users);
  }

  private static void checkReservations(World world, List<Entry> users) {
    assertThat(
            world.count(
                "select count(*) from reservation r where tenant = ? and entry_id is not null"
                    + " and not exists (select 1 from entry e where e.id = r.entry_id)"))
        .as("reservations of nobody")
        .isZero();
    for (Entry user : users) {
      assertThat(
              database.<Integer>read(
                  handle ->
                      handle
                          .createQuery("select count(*) from reservation where entry_id = ?")
                          .bind(0, user.id())
                          .mapTo(Integer.class)
                          .one()))
          .as("reservations of " + name(user))
          .isGreaterThanOrEqualTo(3 + (microsoft(user).isPresent() ? 1 : 0));
    }
  }

  private static void checkHeld(World world, Entry entry) {
    if (entry.type() == EntryType.GROUP) {
      var members = world.pbx.groupMembers().get(name(entry));
      var extensions = new TreeSet<String>();
      world.entries().stream()
          .filter(user -> world.members(entry).contains(name(user)))
          .forEach(user -> extensions.add(UserTarget.extension(user.resource())));
      assertThat(members).as("members of " + name(entry)).isEqualTo(extensions);
      return;
    }
    var user = world.pbx.named(UserTarget.pbxName(entry.resource()));
    assertThat(user).as("synced " + name(entry)).isPresent();
    assertThat(facts(user.get())).as("synced " + name(entry)).isEqualTo(facts(entry));
  }

  private static List<String> facts(PbxUser user) {
    return Stream.of(
            PbxField.EXTENSION,
            PbxField.DISPLAY_NAME,
            PbxField.ENABLED,
            PbxField.ROLE,
            PbxField.MICROSOFT365)
        .map(field -> user.get(field).orElse(""))
        .toList();
  }

  private static List<String> facts(Entry entry) {
    var user = entry.resource();
    return List.of(
        UserTarget.extension(user),
        user.path("displayName").asText(name(entry)),
        String.valueOf(user.path("active").asBoolean(true)),
        user.path("roles").path(0).path("value").asText("StandardUser"),
        microsoft(entry).orElse(""));
  }

  private static Optional<String> microsoft(Entry entry) {
    return Optional.of(
            entry.resource().path(ResourceTypes.PBX_USER).path("ms365").path("id").asText())
        .filter(id -> !id.isEmpty());
  }

  private static String name(Entry entry) {
    return entry
        .resource()
        .path(entry.type() == EntryType.USER ? "userName" : "displayName")
        .asText();
  }

  private static JsonNode provisioning(Entry entry) {
    var urn = entry.type() == EntryType.USER ? ResourceTypes.PBX_USER : ResourceTypes.PBX_GROUP;
    return entry.resource().path(urn).path("provisioning");
  }

  private static String state(Entry entry) {
    return provisioning(entry).path("state").asText();
  }

  private static String error(Entry entry) {
    return provisioning(entry).path("lastError").asText();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
