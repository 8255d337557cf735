package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Membership changes of one group that wait for each other, each for its own answer. */
@OnEachStore
class JointChangesTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final int WAITING = 5;

  private final TestStore store;
  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryPbx pbx = new InMemoryPbx(clock, Duration.ofMinutes(1));
  private Database database;
  private Provisioner provisioner;
  private Entry first;
  private List<Entry> others;
  private Entry group;

  JointChangesTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    database = store.open(directory);
    provisioner = waiting(Duration.ofSeconds(20));
    first = create(EntryType.USER, "{'userName':'first'}");
    others =
        IntStream.range(0, WAITING)
            .mapToObj(i -> create(EntryType.USER, "{'userName':'other" + i + "'}"))
            .toList();
    group = create(EntryType.GROUP, "{'displayName':'Sales'}");
  }

  private Provisioner waiting(Duration busyWait) {
    return Provisioner.paused(
        "office",
        database,
        pbx,
        TestMapping.from(Section.of(MAPPING)),
        ProvisioningPolicy.from(Section.of("busy-wait: " + busyWait)),
        clock);
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
  }

  @Test
  void additionsThatWaitForAGroupBecomeOnePlan() {
    var answers = meeting(PbxCall.AddMember.class, "add");

    assertThat(answers).containsOnly(Optional.empty());
    assertThat(members()).hasSize(1 + WAITING);
    assertThat(pbx.groupMembers().get("Sales")).hasSize(1 + WAITING);
    assertThat(plans()).as("one for the first and one for all that waited").isEqualTo(2);
    assertThat(openPlans()).isZero();
  }

  @Test
  void whoIsRefusedAmongThemHearsItAlone() {
    spoil(PbxCall.AddMember.class, 2, Fault.REJECTED);
    spoil(PbxCall.AddMember.class, 2, Fault.REJECTED); // asked once more, alone

    var answers = meeting(PbxCall.AddMember.class, "add");

    assertThat(answers.get(2)).containsInstanceOf(Refusal.class);
    assertThat(answers).filteredOn(Optional::isEmpty).hasSize(WAITING - 1);
    assertThat(members()).hasSize(WAITING).doesNotContain(others.get(2).id());
    assertThat(pbx.groupMembers().get("Sales")).hasSize(WAITING);
    assertThat(openPlans()).isZero();
  }

  @Test
  void anAdditionWithoutAnAnswerIsPendingAndComes() {
    spoil(PbxCall.AddMember.class, 2, Fault.LOST_BEFORE);

    var answers = meeting(PbxCall.AddMember.class, "add");
    assertThat(answers).containsOnly(Optional.empty());
    rest();

    assertThat(members()).hasSize(1 + WAITING);
    assertThat(pbx.groupMembers().get("Sales")).hasSize(1 + WAITING);
  }

  @Test
  void anUnreachablePbxIsToldToEach() {
    var answers = meeting(PbxCall.AddMember.class, "add", () -> pbx.down(true));

    assertThat(answers).allMatch(it -> it.orElseThrow() instanceof TryLater);
    pbx.down(false);
    rest();
    assertThat(members()).as("what was answered 503").isEmpty();
    assertThat(pbx.groupMembers().get("Sales")).isEmpty();
  }

  @Test
  void nobodyWaitsForeverWhenTheStoreIsGone() {
    var answers = meeting(PbxCall.AddMember.class, "add", database::close);

    assertThat(answers).allMatch(it -> it.orElseThrow() instanceof ConnectionException);
  }

  @Test
  void aRefusedRemovalIsNotToldAsDone() {
    var all = Stream.concat(Stream.of(first), others.stream());
    all.forEach(user -> patch(operation("add", user)));
    spoil(PbxCall.RemoveMember.class, 2, Fault.REJECTED);
    spoil(PbxCall.RemoveMember.class, 2, Fault.REJECTED);

    var answers = meeting(PbxCall.RemoveMember.class, "remove");

    assertThat(answers.get(2)).containsInstanceOf(Refusal.class);
    assertThat(answers).filteredOn(Optional::isEmpty).hasSize(WAITING - 1);
    assertThat(members()).as("a removal is kept whatever the PBX says").isEmpty();
    rest();
    assertThat(pbx.groupMembers().get("Sales")).isEmpty();
  }

  @Test
  void aRemovalThatWaitsTooLongIsKept() {
    patch(operation("add", first));
    provisioner.close();
    provisioner = waiting(Duration.ZERO);
    var answer = new CompletableFuture<Entry>();
    pbx.during(
        PbxCall.AddMember.class,
        () -> {
          send(operation("remove", first), answer);
          assertThat(outcome(answer)).containsInstanceOf(TryLater.class);
        });

    assertThatThrownBy(() -> patch(operation("add", others.getFirst())))
        .isInstanceOf(TryLater.class); // it is planned again, and its time is up
    rest();

    assertThat(members()).doesNotContain(first.id());
    assertThat(pbx.groupMembers().get("Sales")).doesNotContain(extension(first));
  }

  @Test
  void aRenamingAmongThemIsDoneToo() {
    var answers =
        meeting(
            PbxCall.AddMember.class,
            i ->
                i == 2
                    ? "{'op':'replace','path':'displayName','value':'Service'}"
                    : operation("add", others.get(i)),
            () -> {});

    assertThat(answers).containsOnly(Optional.empty());
    assertThat(members()).hasSize(WAITING);
    assertThat(pbx.groupMembers().get("Service")).hasSize(WAITING);
  }

  private List<Optional<Throwable>> meeting(Class<? extends PbxCall> call, String op) {
    return meeting(call, op, () -> {});
  }

  private List<Optional<Throwable>> meeting(
      Class<? extends PbxCall> call, String op, Runnable then) {
    return meeting(call, i -> operation(op, others.get(i)), then);
  }

  private interface Operations {
    String of(int place);
  }

  /** What each of the others hears who come while the first one's call is under way. */
  private List<Optional<Throwable>> meeting(
      Class<? extends PbxCall> call, Operations operations, Runnable then) {
    var answers =
        IntStream.range(0, WAITING).mapToObj(i -> new CompletableFuture<Entry>()).toList();
    pbx.during(
        call,
        () -> {
          for (int i = 0; i < WAITING; i++) {
            start(operations.of(i), answers.get(i));
          }
          then.run();
        });
    var op = call == PbxCall.RemoveMember.class ? "remove" : "add";
    try {
      patch(operation(op, first));
    } catch (TryLater | ConnectionException down) {
      // the PBX or the store went down under it
    }
    return answers.stream().map(JointChangesTest::outcome).toList();
  }

  private void start(String operation, CompletableFuture<Entry> answer) {
    var thread = send(operation, answer);
    await("its wait for the group").until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private Thread send(String operation, CompletableFuture<Entry> answer) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                answer.complete(patch(operation));
              } catch (Refusal | TryLater | ConnectionException no) {
                answer.completeExceptionally(no);
              }
            });
  }

  private static Optional<Throwable> outcome(CompletableFuture<Entry> answer) {
    return answer
        .handle((entry, failure) -> Optional.ofNullable(failure))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private void spoil(Class<? extends PbxCall> type, int place, Fault fault) {
    var extension = extension(others.get(place));
    pbx.spoil(
        call ->
            type.isInstance(call)
                && switch (call) {
                  case PbxCall.AddMember add -> add.extension().equals(extension);
                  case PbxCall.RemoveMember remove -> remove.extension().equals(extension);
                  default -> false;
                },
        fault);
  }

  private static String extension(Entry user) {
    return user.resource()
        .path("urn:ietf:params:scim:schemas:extension:pbx:2.0:User")
        .path("extensionNumber")
        .asText();
  }

  private void rest() {
    for (int round = 0; round < 20; round++) {
      clock.advance(Duration.ofMinutes(11));
      provisioner.recover();
    }
  }

  private static String operation(String op, Entry user) {
    return "{'op':'%s','path':'members','value':[{'value':'%s'}]}".formatted(op, user.id());
  }

  private Entry patch(String operation) {
    return provisioner.patch(
        EntryType.GROUP,
        IDP,
        group.id(),
        new IfMatch.Any(),
        json("{'Operations':[" + operation + "]}"));
  }

  private Entry create(EntryType type, String body) {
    return provisioner.create(type, IDP, json(body));
  }

  private Set<String> members() {
    var members = new TreeSet<String>();
    database.run(handle -> Memberships.stream(handle, group.id(), it -> members.add(it.id())));
    return members;
  }

  private long plans() {
    return database.read(handle -> ProvisioningLog.of(handle, group.id(), 100)).stream()
        .filter(line -> line.action().equals("patch"))
        .count();
  }

  private long openPlans() {
    return database.read(handle -> Journal.open(handle, "office"));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
