package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.directory.EntryType;
import dev.patchbay.provisioning.History.Answer;
import dev.patchbay.provisioning.Interleaving.Op;
import dev.patchbay.provisioning.Interleaving.Step;
import dev.patchbay.provisioning.Interleaving.When;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten writes at once that all name the version they saw: one of them is done. */
abstract class OneVersionContract {
  private static final int WRITERS = 10;

  /** How often the ten meet; a comparison outside the write is found out within a few. */
  private static final int TIMES = 10;

  private static final Set<Refusal.Kind> TOO_LATE =
      Set.of(Refusal.Kind.PRECONDITION_FAILED, Refusal.Kind.NOT_FOUND);

  private WritersAtOnce writers;

  abstract WritersAtOnce writers(Path directory);

  /** Drops what they wrote, behind them. */
  abstract void drop();

  @BeforeEach
  void open(@TempDir Path directory) {
    writers = writers(directory);
  }

  @AfterEach
  void close() {
    writers.close();
    drop();
  }

  @Test
  void ofTenPatchesOneIsDone() {
    onlyOne(EntryType.USER, i -> new Op.Assign("title", "title " + i));
    onlyOne(EntryType.GROUP, i -> new Op.Assign("displayName", "name " + i));
  }

  @Test
  void ofTenReplacementsOneIsDone() {
    onlyOne(EntryType.USER, i -> new Op.Put(Map.of("title", "title " + i), Optional.empty()));
    onlyOne(EntryType.GROUP, i -> new Op.Put(Map.of("displayName", "name " + i), Optional.empty()));
  }

  @Test
  void ofTenDeletionsOneIsDone() {
    onlyOne(EntryType.USER, i -> new Op.Delete());
    onlyOne(EntryType.GROUP, i -> new Op.Delete());
  }

  @Test
  void ofTenDifferentWritesOneIsDone() {
    onlyOne(EntryType.USER, OneVersionContract::different);
    onlyOne(EntryType.GROUP, i -> i % 3 == 0 ? new Op.Add(Set.of("ada")) : different(i));
  }

  private static Op different(int i) {
    var name = Map.of("displayName", "name " + i);
    return switch (i % 3) {
      case 0 -> new Op.Delete();
      case 1 -> new Op.Put(name, Optional.empty());
      default -> new Op.Assign("displayName", "other " + i);
    };
  }

  @Test
  void membersAddedAndRemovedAtOnceAreInOrOutOnBothSides() {
    var people = List.of("ada", "bob", "eve");

    for (int time = 0; time < TIMES; time++) {
      var answers =
          writers.together(
              EntryType.GROUP,
              IntStream.range(0, WRITERS)
                  .mapToObj(i -> change(Set.of(people.get(i % 3)), i))
                  .map(op -> new Step(op, When.ALWAYS))
                  .toList());

      assertThat(answers).allMatch(Answer.Done.class::isInstance);
    }
  }

  private static Op change(Set<String> members, int i) {
    return i % 2 == 0 ? new Op.Add(members) : new Op.Remove(members);
  }

  private void onlyOne(EntryType type, IntFunction<Op> ops) {
    for (int time = 0; time < TIMES; time++) {
      var steps = IntStream.range(0, WRITERS).mapToObj(ops).map(op -> new Step(op, When.AT_FIRST));
      var answers = writers.together(type, steps.toList());

      assertThat(answers).as("nobody waited in vain").noneMatch(Answer.Later.class::isInstance);
      assertThat(answers.stream().filter(it -> !(it instanceof Answer.Refused)))
          .as("done of " + answers)
          .hasSize(1);
      assertThat(refusals(answers)).allMatch(TOO_LATE::contains);
    }
  }

  private static Stream<Refusal.Kind> refusals(List<Answer> answers) {
    return answers.stream()
        .flatMap(
            it ->
                it instanceof Answer.Refused(Refusal.Kind kind) ? Stream.of(kind) : Stream.empty());
  }
}
