package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.app.OpenBridge;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.RecordedCall;
import dev.patchbay.emulator.portsip.PasswordPolicy;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight clients take all numbers of a pool while the PBX refuses, loses answers and has strangers
 * on some of them, and some people leave or are given up. Then each number is somebody's, resting
 * or a stranger's.
 */
@OnEachStore
class PoolProofTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final int CLIENTS = 8;
  private static final int FIRST = 20_000;
  private static final Set<String> RESERVED = numbers(FIRST + 10, FIRST + 29);

  /** Of a hundred people, so many leave at once. */
  private static final int LEAVE = 10;

  /** Of a hundred people whose client is told to come later, so many are given up. */
  private static final int GIVEN_UP = 30;

  private final TestStore store;
  private final Set<String> answered = new HashSet<>();
  private final Set<String> handedOutTwice = new TreeSet<>();
  private final AtomicInteger people = new AtomicInteger();
  private final Random random = new Random(7);
  @TempDir private Path folder;
  private PortSipEmulator pbx;
  private OpenBridge bridge;

  PoolProofTest(TestStore store) {
    this.store = store;
  }

  private static Set<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @AfterEach
  void close() {
    bridge.close();
    pbx.close();
  }

  @Test
  void twoHundred() throws Exception {
    proof(200);
  }

  @Test
  @Tag("long") // 1 to 2.5 minutes on each store
  void tenThousand() throws Exception {
    proof(10_000);
  }

  private void proof(int creates) throws Exception {
    var pool = numbers(FIRST, FIRST + creates + RESERVED.size() - 1);
    pool.removeAll(RESERVED);
    open(creates + RESERVED.size());
    var strangers = strangers(pool);
    pbx.faults().replace(troubles(creates));

    Together.send(CLIENTS, client -> createAll(creates));
    pbx.faults().replace();
    awaitNoOpenWork();
    takeTheRest(pool.size());
    awaitNoOpenWork();

    assertThat(handedOutTwice).as("given to two people").isEmpty();
    assertOneNameANumber();
    assertAllAccountedFor(pool, strangers);
  }

  private void open(int size) throws IOException {
    pbx =
        PortSipEmulator.start(
            PortSipEmulatorOptions.defaults().withPasswordPolicy(PasswordPolicy.simple()));
    var yaml =
        """
        listen: { port: 0 }
        store: %s
        tenants:
          office:
            tokens: [ { name: idp, hash: "%s" } ]
            pbx: { dialect: portsip, base-url: "%s", token: env:PBX_TOKEN, quiet-time: 50ms,
              call-limit: 10s, requests-per-minute: 0, max-parallel: 16,
              resilience: { window: 1000, attempts: 1 } }
            mapping: { email-fallback: "{pbxUserName}@example.invalid",
              extensions: { pools: { default: { ranges: ["%d-%d"], reserved: ["%d-%d"] } } } }
        """
            .formatted(
                store.yaml(folder),
                TokenHash.of(TOKEN).text(),
                pbx.uri(),
                FIRST,
                FIRST + size - 1,
                FIRST + 10,
                FIRST + 29);
    bridge = OpenBridge.with(folder, yaml, Map.of("PBX_TOKEN", pbx.token()));
  }

  private ScimClient scim() {
    return new ScimClient(Http.of(bridge.scimUrl("office"), TOKEN.reveal()));
  }

  /** One number of fifty, of somebody no identity provider knows. */
  private Set<String> strangers(Set<String> pool) {
    var numbers = pool.stream().filter(number -> Integer.parseInt(number) % 50 == 7).toList();
    numbers.forEach(number -> PbxView.of(pbx).stranger("stranger" + number, number));
    return Set.copyOf(numbers);
  }

  /** What becomes of one create after the other: most are done. */
  private List<FaultRule> troubles(int creates) {
    var each =
        List.of(
            new Fault.Status(400),
            new Fault.Status(409),
            new Fault.Status(503),
            new Fault.Reset(),
            new Fault.DropAfterCommit());
    var done = new Fault.Delay(Duration.ZERO);
    return IntStream.range(0, creates)
        .mapToObj(i -> random.nextInt(100) < 15 ? each.get(random.nextInt(each.size())) : done)
        .map(fault -> FaultRule.on("POST", "/api/users", fault).times(1))
        .toList();
  }

  private Answer createAll(int creates) {
    Answer last = create(people.incrementAndGet());
    for (int n = people.incrementAndGet(); n <= creates; n = people.incrementAndGet()) {
      last = create(n);
    }
    return last;
  }

  private Answer create(int number) {
    var chance = new Random(number);
    Answer answer = scim().createUser("user" + number);
    while (answer.later() && chance.nextInt(100) >= GIVEN_UP) {
      answer = scim().createUser("user" + number);
    }
    if (answer.status() == 201) {
      note(extension(answer.json()));
      if (chance.nextInt(100) < LEAVE) {
        scim().delete("/Users/" + answer.id()).is(204);
      }
    } else {
      assertThat(answer.status()).as(answer.text()).isIn(400, 409, 503);
    }
    return answer;
  }

  private synchronized void note(String number) {
    if (!answered.add(number)) {
      handedOutTwice.add(number);
    }
  }

  private static String extension(JsonNode user) {
    return user.path(RunningBridge.PBX_URN).path("extensionNumber").asText();
  }

  /** Until the pool says that it has no number left. */
  private void takeTheRest(int atMost) {
    for (int i = 0; i < atMost; i++) {
      Answer answer = scim().createUser("later" + i);
      if (answer.status() == 409) {
        assertThat(answer.at("/detail")).contains("extension pool exhausted");
        return;
      }
      note(extension(answer.is(201).json()));
    }
    throw new AssertionError("a pool of " + atMost + " numbers gave more");
  }

  private void awaitNoOpenWork() {
    await("the journal to finish")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> rows("SELECT entry_id FROM journal").isEmpty());
  }

  /** A create may come twice, to be sure; never is a number tried that is not to be given. */
  private void assertOneNameANumber() throws JsonProcessingException {
    var names = new HashMap<String, Set<String>>();
    for (RecordedCall call : creates()) {
      JsonNode user = JSON.readTree(call.body().orElseThrow());
      assertThat(RESERVED).doesNotContain(user.path("extension_number").asText());
      if (call.status() / 100 == 2) {
        names
            .computeIfAbsent(user.path("extension_number").asText(), number -> new TreeSet<>())
            .add(user.path("name").asText());
      }
    }
    assertThat(names.values()).allMatch(all -> all.size() == 1);
  }

  private List<RecordedCall> creates() {
    return pbx.calls().calls().stream().filter(it -> it.line().equals("POST /api/users")).toList();
  }

  private Set<String> everOnPbx() throws JsonProcessingException {
    var numbers = new TreeSet<String>();
    for (RecordedCall call : creates()) {
      if (call.status() / 100 == 2) {
        numbers.add(JSON.readTree(call.body().orElseThrow()).path("extension_number").asText());
      }
    }
    return numbers;
  }

  private void assertAllAccountedFor(Set<String> pool, Set<String> strangers) throws Exception {
    var held = rows(numbersThat("entry_id is not null"));
    var resting = rows(numbersThat("free_at > " + System.currentTimeMillis()));
    var others = rows(numbersThat("entry_id is null and free_at is null"));
    var onPbx =
        PbxView.of(pbx).users().stream()
            .map(user -> user.path("extension_number").asText())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(held).as("held, and shown by SCIM").isEqualTo(inScim());
    assertThat(union(held, strangers)).as("on the pbx").isEqualTo(onPbx);
    assertThat(others).as("taken for strangers'").isEqualTo(strangers);
    var left = everOnPbx();
    left.removeAll(onPbx);
    assertThat(resting).as("resting").containsAll(left);
    assertThat(held).doesNotContainAnyElementsOf(resting);
    assertThat(union(union(held, resting), others)).as("all numbers").isEqualTo(pool);
    // The test is one: people have left, been refused and been given up, and many are there.
    assertThat(resting.size()).isBetween(pool.size() / 40, pool.size() / 4);
  }

  private static String numbersThat(String condition) {
    return "SELECT value FROM reservation WHERE kind = 'extension' AND " + condition;
  }

  private Set<String> inScim() {
    var numbers = new TreeSet<String>();
    var users = new ArrayList<JsonNode>();
    JsonNode page;
    do {
      page = scim().get("/Users?count=500&startIndex=" + (users.size() + 1)).is(200).json();
      page.path("Resources").forEach(users::add);
    } while (users.size() < page.path("totalResults").asInt());
    users.forEach(user -> assertThat(numbers.add(extension(user))).as("twice in SCIM").isTrue());
    return numbers;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    var all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  private Set<String> rows(String sql) {
    var found = new TreeSet<String>();
    try (var connection = store.connection(folder);
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
