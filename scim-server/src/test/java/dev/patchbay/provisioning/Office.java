package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** An office in a store, its PBX, and the process that serves it. */
final class Office implements AutoCloseable {
  static final Duration QUIET = Duration.ofMinutes(1);
  static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  static final Sender OTHER = new Sender("other", IdentityProvider.AUTO);
  static final String LEAVE = "{'op':'replace','path':'active','value':false}";
  static final String COME = "{'op':'replace','path':'active','value':true}";
  static final String NAME = "{'op':'replace','path':'displayName','value':'X'}";
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final IfMatch ANY = new IfMatch.Any();

  final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  final InMemoryPbx pbx = new InMemoryPbx(clock, QUIET);
  private final Database database;
  private String mapping;
  private String policy = "busy-wait: 0s";
  private Optional<SecretSeal> seal = Optional.empty();
  private Provisioner provisioner;

  Office(Database database) {
    this(database, "");
  }

  /**
   * @param more of the mapping
   */
  Office(Database database, String more) {
    this.database = database;
    this.mapping = MAPPING + more;
    this.provisioner = process();
  }

  private Provisioner process() {
    return Provisioner.paused(
        "office",
        database,
        pbx,
        TestMapping.from(Section.of(mapping)),
        ProvisioningPolicy.from(Section.of(policy)),
        seal,
        clock);
  }

  /** Secrets may wait in the store from now on. */
  void sealSecrets() {
    seal = Optional.of(SecretSeal.of(Secret.of("k".repeat(SecretSeal.SHORTEST_KEY))));
    set(policy);
  }

  /** Serves on with these settings. */
  void set(String settings) {
    policy = settings;
    provisioner.close();
    provisioner = process();
  }

  /** Serves on with these settings of the mapping, too. */
  void map(String settings) {
    var usual =
        settings.contains("extensions:") ? MAPPING.replaceAll("extensions:.*", "") : MAPPING;
    mapping = usual + settings;
    set(policy);
  }

  Provisioner provisioner() {
    return provisioner;
  }

  Database database() {
    return database;
  }

  /** The journal at work until nothing is open but what waits for a person. */
  void rest() {
    for (int round = 0; round < 20; round++) {
      later(Duration.ofMinutes(11));
    }
  }

  /** The journal's next round, so much later. */
  void later(Duration by) {
    clock.advance(by);
    provisioner.recover();
  }

  static void putOff(Runnable request) {
    assertThatThrownBy(request::run).isInstanceOf(TryLater.class);
  }

  /** The process dies at what was spoilt so, and another one serves on. */
  void crash(Runnable request) {
    assertThatThrownBy(request::run).isInstanceOf(Crash.class);
    revived();
  }

  /** Another process serves on. */
  void revived() {
    pbx.revive();
    provisioner = process();
  }

  /** In another thread, as another request would be. */
  static void elsewhere(Runnable request) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(request).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  Entry user(String userName) {
    return user(userName, "");
  }

  /**
   * @param more the rest of the body, from a comma on
   */
  Entry user(String userName, String more) {
    var body = json("{'userName':'" + userName + "'" + more + "}");
    return provisioner.create(EntryType.USER, IDP, body);
  }

  Entry group(String name, Entry... users) {
    return group(name, Stream.of(users).map(Entry::id).toArray(String[]::new));
  }

  Entry group(String name) {
    return group(name, new String[0]);
  }

  /**
   * @param target empty: none is said
   */
  Entry groupOf(String name, String kind, String target, Entry... users) {
    var about = "'kind':'" + kind + "'" + (target.isEmpty() ? "" : ",'target':'" + target + "'");
    var members = of(Stream.of(users).map(Entry::id).toArray(String[]::new));
    var body =
        "{'displayName':'%s','members':%s,'%s':{%s}}"
            .formatted(name, members, ResourceTypes.PBX_GROUP, about);
    return provisioner.create(EntryType.GROUP, IDP, json(body));
  }

  /**
   * @param members ids or externalIds
   */
  Entry group(String name, String... members) {
    return provisioner.create(
        EntryType.GROUP, IDP, json("{'displayName':'" + name + "','members':" + of(members) + "}"));
  }

  static String members(String op, Entry... users) {
    return members(op, Stream.of(users).map(Entry::id).toArray(String[]::new));
  }

  static String members(String op, String... values) {
    return "{'op':'" + op + "','path':'members','value':" + of(values) + "}";
  }

  private static String of(String... values) {
    return Stream.of(values).map(id -> "{'value':'" + id + "'}").toList().toString();
  }

  Entry patch(Entry entry, String operation) {
    return patch(IDP, entry, ANY, operation);
  }

  Entry patch(Sender sender, Entry entry, IfMatch match, String operation) {
    var body = json("{'Operations':[" + operation + "]}");
    return provisioner.patch(entry.type(), sender, entry.id(), match, body);
  }

  void delete(Entry entry) {
    provisioner.delete(entry.type(), IDP, entry.id(), ANY);
  }

  Entry read(Entry entry) {
    return find(entry).orElseThrow();
  }

  Optional<Entry> find(Entry entry) {
    return database.read(handle -> EntryStore.find(handle, entry.id()));
  }

  Set<String> members(Entry group) {
    var members = new TreeSet<String>();
    database.run(handle -> Memberships.stream(handle, group.id(), it -> members.add(it.id())));
    return members;
  }

  long openPlans() {
    return database.read(handle -> Journal.open(handle, "office"));
  }

  String state(Entry entry) {
    var urn =
        switch (entry.type()) {
          case USER -> ResourceTypes.PBX_USER;
          case GROUP -> ResourceTypes.PBX_GROUP;
          case ROLE -> ResourceTypes.PBX_ROLE;
        };
    return read(entry).resource().path(urn).path("provisioning").path("state").asText();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    provisioner.close();
    database.close();
  }
}
