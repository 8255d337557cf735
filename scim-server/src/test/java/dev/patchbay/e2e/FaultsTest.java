package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.e2e.Operation.Subject;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One call to the PBX goes wrong: what the identity provider is told, and where both sides end when
 * it asks the same again.
 */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class FaultsTest {
  private final AtomicInteger count = new AtomicInteger();
  @Parameter TestStore store; // JUnit wants one; it is set only after start
  private RunningBridge bridge;
  private Subject subject;

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    bridge = RunningBridge.impatient(store, directory);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  @BeforeEach
  void aNewSubject() {
    subject = nextSubject();
  }

  private Subject nextSubject() {
    return new Subject(bridge, "user" + count.incrementAndGet());
  }

  @ParameterizedTest(name = "{0} when the pbx answers 400")
  @EnumSource
  void whatThePbxRefusesIsRefused(Operation operation) {
    Answer answer = failing(operation, new Fault.Status(400));

    answer.isError(400, "invalidValue");
    operation.assertNotDone(subject);
    assertConverges(operation);
  }

  @ParameterizedTest(name = "{0} when the pbx answers 409")
  @EnumSource
  void whatThePbxCallsAConflictIsOne(Operation operation) {
    Answer answer = failing(operation, new Fault.Status(409));

    answer.isError(409, "uniqueness");
    operation.assertNotDone(subject);
    assertConverges(operation);
  }

  @ParameterizedTest(name = "{0} when the pbx answers 404")
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DELETE_USER", "REMOVE_MEMBER"})
  void a404OfThePbxIsNeverPassedOn(Operation operation) {
    Answer answer = failing(operation, new Fault.Status(404));

    // Some senders take a 404 for "deleted" and create the person again.
    switch (operation) {
      case CREATE_USER, CREATE_GROUP -> answer.isError(400, "invalidValue");
      default -> answer.isError(409);
    }
    operation.assertNotDone(subject);
    assertConverges(operation);
  }

  @ParameterizedTest(name = "{0} when the pbx answers 404 once")
  @EnumSource(names = {"DELETE_USER", "REMOVE_MEMBER"})
  void whatThePbxWronglySaysIsGoneIsTakenAway(Operation operation) {
    Answer answer = failing(operation, new Fault.Status(404));

    answer.isDone();
    operation.assertDone(subject);
    bridge.assertBothSidesAgree();
  }

  @ParameterizedTest(name = "{0} when the pbx answers 404 again and again")
  @EnumSource(names = {"DELETE_USER", "REMOVE_MEMBER"})
  void whatThePbxKeepsSayingIsGoneAndIsNotIsToBeAskedAgain(Operation operation) {
    Answer answer = failing(operation, new Fault.Status(404), 4);

    answer.isRetry(503);
    operation.assertNotDone(subject);
    assertConverges(operation);
  }

  @ParameterizedTest(name = "{0} of what is not on the pbx any more")
  @EnumSource(names = {"DELETE_USER", "REMOVE_MEMBER"})
  void whatIsGoneFromThePbxIsGone(Operation operation) {
    operation.prepare(subject);
    operation.doOnPbx(subject);

    Answer answer = operation.send(subject);

    answer.isDone();
    operation.assertDone(subject);
    bridge.assertBothSidesAgree();
  }

  @ParameterizedTest(name = "{0} when the pbx answers 429")
  @EnumSource
  void aThrottlingPbxThrottlesTheSender(Operation operation) {
    Answer answer = failing(operation, new Fault.Status(429));

    answer.isRetry(429);
    operation.assertNotDone(subject);
    assertConverges(operation);
  }

  /** What leaves it open whether the PBX did it. */
  static Stream<Fault> lost() {
    return Stream.of(
        new Fault.Status(500),
        new Fault.Status(503),
        new Fault.Reset(),
        new Fault.DropAfterCommit(),
        new Fault.Delay(RunningBridge.BEYOND_PATIENCE));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void withoutAClearAnswerTheSenderIsAskedToComeBack(Fault fault) {
    List<Asked> all = allFailing(List.of(fault));

    assertThat(all)
        .allSatisfy(
            asked -> {
              asked.answer().isRetry(503);
              asked.operation().assertNotDone(asked.subject());
              assertAgainUntilDone(asked.operation(), asked.subject());
            });
    bridge.settled();
    assertThat(all).allSatisfy(asked -> asked.operation().assertDone(asked.subject()));
    bridge.assertBothSidesAgree();
  }

  @Test
  void whatWasAskedOnceIsSettledWithoutTheSender() {
    List<Asked> all = allFailing(lost().toList());

    bridge.settled();

    assertThat(all)
        .allSatisfy(
            asked -> {
              if (asked.operation().takesAway()) {
                asked.operation().assertDone(asked.subject());
              } else {
                asked.operation().assertNotDone(asked.subject());
              }
            });
    bridge.assertBothSidesAgree();
  }

  private record Asked(Operation operation, Subject subject, Answer answer) {}

  /** Every operation with every fault, all at once: most of the time is waiting. */
  private List<Asked> allFailing(List<Fault> faults) {
    var operations = new ArrayList<Operation>();
    var subjects = new ArrayList<Subject>();
    var rules = new ArrayList<FaultRule>();
    for (Fault fault : faults) {
      for (Operation operation : Operation.values()) {
        Subject on = nextSubject();
        operation.prepare(on);
        operations.add(operation);
        subjects.add(on);
        rules.add(FaultRule.on("POST", operation.pbxPath(on), fault).times(1));
      }
    }
    bridge.emulator().faults().replace(rules);
    List<Answer> answers =
        Together.send(operations.size(), i -> operations.get(i).send(subjects.get(i)));
    assertThat(bridge.emulator().faults().rules()).as("faults not met").isEmpty();
    return IntStream.range(0, operations.size())
        .mapToObj(i -> new Asked(operations.get(i), subjects.get(i), answers.get(i)))
        .toList();
  }

  /** The answer when the one call of the operation goes wrong once. */
  private Answer failing(Operation operation, Fault fault) {
    return failing(operation, fault, 1);
  }

  private Answer failing(Operation operation, Fault fault, int times) {
    operation.prepare(subject);
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", operation.pbxPath(subject), fault).times(times));
    Answer answer = operation.send(subject);
    assertThat(bridge.emulator().faults().rules()).as("the fault was met").isEmpty();
    return answer;
  }

  private void assertConverges(Operation operation) {
    assertAgainUntilDone(operation, subject);
    bridge.settled();
    operation.assertDone(subject);
    bridge.assertBothSidesAgree();
  }

  /** Asks the same again, as long as it is told to. */
  private static void assertAgainUntilDone(Operation operation, Subject on) {
    Answer again =
        await(operation.name())
            .atMost(Duration.ofSeconds(10))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> operation.send(on), answer -> !answer.later());

    boolean goneMeanwhile = operation == Operation.DELETE_USER && again.status() == 404;
    assertThat(goneMeanwhile || again.status() / 100 == 2).as(again.text()).isTrue();
  }
}
