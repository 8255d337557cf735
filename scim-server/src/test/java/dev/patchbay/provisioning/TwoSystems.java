package dev.patchbay.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.database.SteppedStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tenant and its target in one store, each with a PBX, and the process that serves them and dies
 * at one of the points it comes by: after each commit, and around each call of the target's PBX.
 */
final class TwoSystems implements AutoCloseable {
  static final Duration QUIET = Duration.ofMinutes(1);
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final IfMatch ANY = new IfMatch.Any();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Optional<SecretSeal> SEAL =
      Optional.of(SecretSeal.of(Secret.of("k".repeat(SecretSeal.SHORTEST_KEY))));
  private static final MappingSettings MAPPING =
      TestMapping.from(
          Section.of(
              """
              email-fallback: "{pbxUserName}@example.invalid"
              initial-password: generate-if-weak
              extensions: { pools: { default: { ranges: ["1000-1999"], quarantine: 1d } } }
              """));

  /** Both as they were when they were kept. */
  record Kept(InMemoryPbx phones, InMemoryPbx desk) {}

  final InMemoryPbx phones;
  final InMemoryPbx desk;
  private final SteppedStore store;
  private final MovableClock clock = new MovableClock(START);
  private int passed;
  private int spoiltAt = -1;
  private Fault fault = Fault.CRASH_AFTER;
  private boolean dead;
  private Provisioner inner;
  private Provisioner outer;

  private TwoSystems(SteppedStore store, InMemoryPbx phones, InMemoryPbx desk) {
    this.store = store;
    this.phones = phones.copy(clock);
    this.desk = desk.copy(clock);
    this.phones.sequential();
    this.desk.sequential();
    open();
  }

  /** Agents are on both, others on the first alone. */
  static Kept office(SteppedStore store) {
    var clock = new MovableClock(START);
    var empty = new InMemoryPbx(clock, QUIET);
    try (var both = new TwoSystems(store, empty, empty)) {
      both.create("ada", ",'userType':'agent'");
      both.create("bob", "");
      both.rest();
      store.keep("two");
      return new Kept(both.phones, both.desk);
    }
  }

  static TwoSystems of(SteppedStore store, Kept kept) {
    store.step(SteppedStore.Steps.NONE);
    store.restore("two");
    return new TwoSystems(store, kept.phones(), kept.desk());
  }

  /** From now on this goes wrong at this point. */
  void spoilt(int at, Fault what) {
    passed = 0;
    spoiltAt = at;
    fault = what;
    store.step(
        new SteppedStore.Steps() {
          @Override
          public void beginning() {
            died();
          }

          @Override
          public void committed() {
            if (next() && fault == Fault.CRASH_AFTER) {
              dead = true;
            }
            died();
          }
        });
    desk.follow(
        new InMemoryPbx.Script() {
          @Override
          public Optional<Fault> call(PbxCall call) {
            died();
            return next() ? Optional.of(fault) : Optional.empty();
          }

          @Override
          public Optional<Fault> read() {
            return Optional.empty();
          }
        });
  }

  private synchronized boolean next() {
    return passed++ == spoiltAt;
  }

  private void died() {
    if (dead || desk.dead()) {
      throw new Crash();
    }
  }

  /** How many points a run came by. */
  int passed() {
    return passed;
  }

  private void open() {
    inner = process("office.desk", desk, "on-unavailable: queue", List.of());
    var target =
        new Target(
            "desk",
            "office.desk",
            inner,
            "agents",
            user -> user.path("userType").asText().equals("agent"));
    outer = process("office", phones, "on-unavailable: refuse", List.of(target));
  }

  private Provisioner process(String name, InMemoryPbx pbx, String policy, List<Target> targets) {
    var settings = ProvisioningPolicy.from(Section.of("busy-wait: 0s\n" + policy));
    return Provisioner.paused(
        name,
        store.database(),
        pbx,
        MAPPING,
        targets.isEmpty() ? settings.ofTarget() : settings,
        SEAL,
        targets,
        clock);
  }

  /** Whether it was accepted; not, or the process died, or it was put off. */
  boolean accepted(Runnable request) {
    try {
      request.run();
      return true;
    } catch (Crash | TryLater | Refusal no) {
      return false;
    }
  }

  /** Everything at work, a new process if one died, until nothing is left to be done. */
  void rest() {
    for (int round = 0; round < 8; round++) {
      revived();
      try {
        outer.recover();
        inner.recover();
        outer.recover();
      } catch (Crash crash) {
        revived();
      }
      clock.advance(QUIET.plusMinutes(10));
      phones.carryOut();
      desk.carryOut();
    }
  }

  void revived() {
    if (dead || desk.dead()) {
      spoiltAt = -1;
      dead = false;
      desk.revive();
      close();
      open();
    }
  }

  void create(String name, String more) {
    var body = json("{'userName':'" + name + "'" + more + "}");
    var unused = outer.create(EntryType.USER, IDP, body);
  }

  void patch(String name, String operation) {
    var body = json("{'Operations':[" + operation + "]}");
    outer.patch(EntryType.USER, IDP, id(name), ANY, body);
  }

  private String id(String name) {
    return id(EntryType.USER, "userName", name);
  }

  private String id(EntryType type, String attribute, String name) {
    return store
        .database()
        .read(
            handle ->
                EntryStore.all(handle, "office", type).stream()
                    .filter(it -> it.resource().path(attribute).asText().equals(name))
                    .map(Entry::id)
                    .findFirst()
                    .orElse("none"));
  }

  void delete(String name) {
    outer.delete(EntryType.USER, IDP, id(name), ANY);
  }

  void createGroup(String name, String member) {
    var body = json("{'displayName':'%s','members':[{'value':'%s'}]}".formatted(name, id(member)));
    var unused = outer.create(EntryType.GROUP, IDP, body);
  }

  void deleteGroup(String name) {
    outer.delete(EntryType.GROUP, IDP, id(EntryType.GROUP, "displayName", name), ANY);
  }

  void cancelGroup(String name) {
    outer.cancel(id(EntryType.GROUP, "displayName", name), "kim");
  }

  /** What every call of the tenant's own PBX meets from now on; empty: nothing. */
  void phonesMeet(Optional<Fault> fault) {
    phones.follow(
        new InMemoryPbx.Script() {
          @Override
          public Optional<Fault> call(PbxCall call) {
            return fault;
          }

          @Override
          public Optional<Fault> read() {
            return Optional.empty();
          }
        });
  }

  /** Open work and the target are looked at once. */
  void round() {
    outer.recover();
    inner.recover();
    outer.recover();
  }

  /** Users of a tenant as the directory has them. */
  List<ObjectNode> users(String tenant) {
    return store
        .database()
        .read(
            handle ->
                EntryStore.all(handle, tenant, EntryType.USER).stream()
                    .map(Entry::resource)
                    .toList());
  }

  boolean blocked() {
    return users("office").stream().anyMatch(it -> state(it).equals("blocked"));
  }

  static String state(ObjectNode user) {
    return user.path(ScimUser.PBX).path("provisioning").path("state").asText();
  }

  static boolean works(InMemoryPbx pbx, String name) {
    return pbx.named(name)
        .filter(it -> it.get(PbxField.ENABLED).equals(Optional.of("true")))
        .isPresent();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    outer.close();
    inner.close();
  }
}
