package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Section;
import dev.patchbay.database.SteppedStore;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.mapping.MappingSettings;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An office, its PBX, its store, and the process that serves it and may die. */
final class CrashWorld implements AutoCloseable {
  static final Duration QUIET = Duration.ofMinutes(1);
  static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  static final Sender OTHER = new Sender("other", IdentityProvider.AUTO);
  private static final String TENANT = "office";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final IfMatch ANY = new IfMatch.Any();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MappingSettings MAPPING =
      TestMapping.from(
          Section.of(
              """
              email-fallback: "{pbxUserName}@example.invalid"
              initial-password: generate-if-weak
              role-precedence: [StandardUser, Custom, QueueManager]
              extensions: { pools: { default: { ranges: ["1000-1999"], quarantine: 1d } } }
              """));

  /** What a client was told. */
  enum Answer {
    ACCEPTED,
    REFUSED,
    TRY_LATER,
    /** The process died, and nothing of the request was stored. */
    UNDONE,
    /** The process died, and the request was stored before. */
    NONE
  }

  /** The office as it was when it was kept. */
  record Kept(InMemoryPbx pbx, Map<String, String> ids) {}

  private final SteppedStore store;
  private final MovableClock clock = new MovableClock(START);
  private final InMemoryPbx pbx;
  private final String policy;
  private final Optional<SecretSeal> seal;
  private final Map<String, String> ids = new TreeMap<>();
  private Points points;
  private Optional<Looked> looked = Optional.empty();
  private Runnable pace = () -> {};
  private Sender sender = IDP;
  private Provisioner provisioner;

  private CrashWorld(
      SteppedStore store, InMemoryPbx pbx, String policy, Optional<SecretSeal> seal) {
    this.store = store;
    this.seal = seal;
    this.pbx = pbx.copy(clock);
    this.pbx.sequential();
    this.policy = policy;
    this.points = spoilt(Map.of(), () -> {});
    this.provisioner = process();
  }

  /** Makes the office once and keeps it in the store. */
  static Kept office(SteppedStore store) {
    var empty = new InMemoryPbx(new MovableClock(START), QUIET);
    try (var world = new CrashWorld(store, empty, "on-unavailable: refuse", Optional.empty())) {
      world.user("ada", ",'displayName':'Ada','roles':[{'value':'Custom'}]," + bound("a"));
      world.user("bob", "," + phones());
      world.user("cid", ",'active':false," + bound("c"));
      world.group("Sales", "ada", "cid");
      world.pbx.queue("q1", "Desk");
      world.queue("Desk", "q1", "ada");
      world.group("Floor", "bob");
      world.role("Night", "");
      store.keep(TENANT);
      return new Kept(world.pbx, world.ids);
    }
  }

  private static String phones() {
    return "'%s':{%s}".formatted(ScimUser.PBX, Facts.phones("0000000000aa V1", "0000000000bb V2"));
  }

  private static String bound(String whom) {
    return "'urn:ietf:params:scim:schemas:extension:pbx:2.0:User':{'ms365':{'id':'%s@b.example'}}"
        .formatted(whom);
  }

  /**
   * The office as it was kept.
   *
   * @param policy settings that are not the usual ones
   */
  static CrashWorld of(SteppedStore store, Kept kept, String policy, Optional<SecretSeal> seal) {
    store.step(SteppedStore.Steps.NONE);
    store.restore(TENANT);
    var world = new CrashWorld(store, kept.pbx(), policy, seal);
    world.ids.putAll(kept.ids());
    return world;
  }

  /** From now on, this goes wrong at these points. */
  Points spoilt(Map<Integer, Fault> faults, Runnable meanwhile) {
    points = new Points(faults, pbx, meanwhile, this::watch, this::takeOver);
    store.step(points);
    pbx.follow(points);
    return points;
  }

  private Provisioner process() {
    return Provisioner.paused(
        TENANT,
        store.database(),
        pbx,
        MAPPING,
        ProvisioningPolicy.from(Section.of("busy-wait: 0s\n" + policy)),
        seal,
        clock);
  }

  Answer send(Write write, Sender by) {
    sender = by;
    int before = points.commits();
    try {
      write.send(this);
      return Answer.ACCEPTED;
    } catch (Refusal refusal) {
      return Answer.REFUSED;
    } catch (TryLater later) {
      return Answer.TRY_LATER;
    } catch (Crash crash) {
      return points.commits() > before ? Answer.NONE : Answer.UNDONE;
    }
  }

  /** Another process finds that the lease of this one has ended, and goes on. */
  private void takeOver() {
    store.shared(true);
    try (var other = process()) {
      for (int round = 0; round < 5; round++) {
        clock.advance(QUIET.plusSeconds(20));
        other.recover();
      }
    } finally {
      store.shared(false);
    }
  }

  /** Invariants 5 and 6: what a call brings is reserved, and somebody's lease outlasts it. */
  private void watch(PbxCall call) {
    if (pbx.dead()) {
      return;
    }
    var end = clock.instant().plus(pbx.capabilities().callLimit()).toEpochMilli();
    assertThat(query("select count(*) from journal where lease_until >= " + end))
        .as("leases that outlast " + call.name())
        .isPositive();
    if (call instanceof PbxCall.CreateUser create) {
      reserved("pbxName", create.user().get(PbxField.NAME));
      reserved("extension", create.user().get(PbxField.EXTENSION));
    } else if (call instanceof PbxCall.BindMicrosoft365 bind) {
      reserved("microsoft365", Optional.of(bind.microsoftId()));
    } else if (call instanceof PbxCall.CreateGroup create) {
      reserved("groupName", Optional.of(create.group().name()));
    }
    pace.run();
  }

  private void reserved(String kind, Optional<String> value) {
    var taken =
        "select count(*) from reservation where entry_id is not null and kind = '%s'"
            + " and lower(value) = lower('%s')";
    assertThat(query(taken.formatted(kind, value.orElseThrow())))
        .as("reserved before the pbx hears of it: " + kind + " " + value)
        .isOne();
  }

  /** From now on, each call takes nearly as long as it may. */
  void slow() {
    pace = () -> clock.advance(pbx.capabilities().callLimit().minusSeconds(1));
  }

  /** A new process, if the last one died. */
  void revive() {
    while (pbx.dead()) {
      provisioner.close();
      pbx.revive();
      try {
        provisioner = process();
      } catch (Crash again) {
        // and once more
      }
    }
  }

  void advance(Duration by) {
    clock.advance(by);
    pbx.carryOut();
  }

  /**
   * The journal at work until nothing is open but what waits for a person: by what is due, then by
   * the hour, for more than a day in all.
   */
  void rest() {
    for (int round = 0; round < 60 && atWork(round); round++) {
      var pause = Duration.between(clock.instant(), nextDue());
      var least = round < 30 ? Duration.ofMillis(1) : Duration.ofHours(1);
      advance(pause.compareTo(least) > 0 ? pause : least);
      try {
        provisioner.recover();
      } catch (Crash crash) {
        revive();
      }
    }
    advance(QUIET);
  }

  private boolean atWork(int round) {
    return open() > 0 && (round < 8 || unblocked() > 0);
  }

  /** How many entries have open work and do not say that they wait for a person. */
  private long unblocked() {
    return query(
        "select count(*) from journal j join entry e on e.id = j.entry_id"
            + " where e.visible = 0 or e.resource not like '%\"state\":\"blocked\"%'");
  }

  private Instant nextDue() {
    long due =
        query(
            "select min(max(due_at, coalesce(lease_until, 0) + case when lease_until is null then 0"
                + " else "
                + QUIET.toMillis()
                + " end)) from journal");
    return Instant.ofEpochMilli(due);
  }

  long query(String sql) {
    return store
        .database()
        .read(handle -> handle.createQuery(sql).mapTo(Long.class).findOne().orElse(0L));
  }

  long open() {
    return query("select count(*) from journal");
  }

  /** Whether passwords may wait in the store. */
  boolean keepsSecrets() {
    return seal.isPresent();
  }

  InMemoryPbx pbx() {
    return pbx;
  }

  /** The store as it is now. */
  Look look() {
    if (looked.filter(it -> it.isOf(points, ids.size())).isEmpty()) {
      looked = Optional.of(new Looked(points, points.commits(), ids.size(), read()));
    }
    return looked.get().look();
  }

  /** What was seen: it is the same until the next commit. */
  private record Looked(Points points, int commits, int names, Look look) {
    boolean isOf(Points now, int known) {
      return points == now && commits == now.commits() && names == known;
    }
  }

  private Look read() {
    var labels = new TreeMap<String, String>();
    ids.forEach((label, id) -> labels.put(id, label));
    return store
        .database()
        .read(
            handle ->
                Look.of(
                    Stream.of(EntryType.values())
                        .flatMap(type -> EntryStore.all(handle, TENANT, type).stream())
                        .toList(),
                    labels,
                    handle
                        .createQuery("select group_id, user_id from member where desired = 1")
                        .map((row, context) -> new Look.Member(row.getString(1), row.getString(2)))
                        .list(),
                    handle
                        .createQuery(
                            "select kind || ' ' || value from reservation"
                                + " where entry_id is not null")
                        .mapTo(String.class)
                        .collectIntoSet()));
  }

  void user(String name, String more) {
    var body = json("{'userName':'" + name + "'" + more + "}");
    ids.put(name, provisioner.create(EntryType.USER, sender, body).id());
  }

  void group(String name, String... members) {
    var body = json("{'displayName':'" + name + "','members':" + values(members) + "}");
    ids.put(name, provisioner.create(EntryType.GROUP, sender, body).id());
  }

  void queue(String name, String target, String... members) {
    var kind = "'%s':{'kind':'callQueue','target':'%s'}".formatted(ResourceTypes.PBX_GROUP, target);
    var body =
        json("{'displayName':'" + name + "','members':" + values(members) + "," + kind + "}");
    ids.put(name, provisioner.create(EntryType.GROUP, sender, body).id());
  }

  void role(String name, String more) {
    var body = json("{'displayName':'" + name + "'" + more + "}");
    ids.put(name, provisioner.create(EntryType.ROLE, sender, body).id());
  }

  String values(String... members) {
    return Stream.of(members).map(name -> "{'value':'" + ids.get(name) + "'}").toList().toString();
  }

  void patch(EntryType type, String name, String operations) {
    var body = json("{'Operations':[" + operations + "]}");
    provisioner.patch(type, sender, ids.get(name), ANY, body);
  }

  void patchUser(String name, String operations) {
    patch(EntryType.USER, name, operations);
  }

  void patchGroup(String name, String operations) {
    patch(EntryType.GROUP, name, operations);
  }

  void put(String name, String user) {
    provisioner.replace(EntryType.USER, sender, ids.get(name), ANY, json(user));
  }

  void delete(EntryType type, String name) {
    provisioner.delete(type, sender, ids.get(name), ANY);
  }

  /** An operator takes back all that is open. */
  void cancel() {
    var refusals = new ArrayList<Refusal>();
    var open = provisioner.openWork(100);
    for (OpenWork each : open) {
      try {
        provisioner.cancel(each.work().entryId(), "kim");
      } catch (Refusal refusal) {
        refusals.add(refusal);
      }
    }
    if (refusals.size() == open.size()) {
      throw new Refusal(Refusal.Kind.NOT_FOUND, "nothing is to be taken back");
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    provisioner.close();
  }
}
