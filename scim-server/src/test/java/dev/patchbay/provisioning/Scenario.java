package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Secret;
import dev.patchbay.database.SteppedStore;
import dev.patchbay.provisioning.CrashWorld.Answer;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.provisioning.Points.Point;
import dev.patchbay.provisioning.ProvisioningPolicy.OnUnavailable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * One or two writes to the office, and what the client does about an answer that is none.
 *
 * @param before writes without faults that make the office what it is
 * @param second a wish after the first, or meanwhile
 */
record Scenario(
    OnUnavailable policy,
    List<Write> before,
    Write first,
    Repeat repeat,
    Optional<Second> second,
    Setting setting) {
  /** What is unusual about the office. */
  enum Setting {
    USUAL,
    /** A call that was given up may act after the quiet time. */
    QUIET_TIME_TOO_SHORT,
    /** Passwords may wait in the store. */
    SECRET_KEY,
    /** Another process takes over where this one stands still. */
    TWO_PROCESSES,
    /** So they may, and each call takes nearly as long as it may. */
    SLOW_PBX,
    /** Deleted users are kept on the PBX, disabled. */
    RETAINING
  }

  /** When the last request is repeated that was not answered, or answered 503. */
  enum Repeat {
    NEVER,
    /** Before the quiet time has passed. */
    AT_ONCE,
    /** After the quiet time, before the journal got to it. */
    LATER,
    /** After the journal came to rest. */
    LAST
  }

  /** When the second write comes. */
  enum When {
    AT_ONCE,
    /** When a quiet time that the first left is nearly over. */
    IN_QUIET_TIME,
    LATER,
    RESTED,
    /** While a call of the first is under way. */
    MEANWHILE
  }

  record Second(Write write, When when, Sender sender) {
    @Override
    public String toString() {
      return write + " " + when + " by " + sender.source();
    }
  }

  static Scenario of(OnUnavailable policy, Write write, Repeat repeat) {
    return new Scenario(policy, List.of(), write, repeat, Optional.empty(), Setting.USUAL);
  }

  /** The same with another policy. */
  Scenario with(OnUnavailable other) {
    return new Scenario(other, before, first, repeat, second, setting);
  }

  static Scenario of(Write first, Write second, When when, Sender sender) {
    return new Scenario(
        OnUnavailable.REFUSE,
        List.of(),
        first,
        Repeat.NEVER,
        Optional.of(new Second(second, when, sender)),
        Setting.USUAL);
  }

  /** The same after these writes. */
  Scenario after(Write... writes) {
    return new Scenario(policy, List.of(writes), first, repeat, second, setting);
  }

  /** The same in an office that is not the usual one. */
  Scenario in(Setting other) {
    return new Scenario(policy, before, first, repeat, second, other);
  }

  boolean then(Write write) {
    return second.filter(it -> it.write() == write).isPresent();
  }

  boolean meanwhile() {
    return second.filter(it -> it.when() == When.MEANWHILE).isPresent();
  }

  @Override
  public String toString() {
    return before.stream().map(it -> it + ", ").collect(Collectors.joining())
        + first
        + second.map(it -> " then " + it).orElse("")
        + (repeat == Repeat.NEVER ? "" : " repeated " + repeat)
        + (policy == OnUnavailable.QUEUE ? " queued" : "")
        + (setting == Setting.USUAL ? "" : " " + setting);
  }

  /** Runs it with these faults; the points it came by. */
  List<Point> run(SteppedStore store, CrashWorld.Kept office, Map<Integer, Fault> faults) {
    try (var world = CrashWorld.of(store, office, settings(), seal())) {
      for (Write write : before) {
        assertThat(world.send(write, CrashWorld.IDP)).as("before").isEqualTo(Answer.ACCEPTED);
      }
      if (setting == Setting.QUIET_TIME_TOO_SHORT) {
        world.pbx().actLateAfter(CrashWorld.QUIET.multipliedBy(20));
      }
      if (setting == Setting.SLOW_PBX) {
        world.slow();
      }
      return new Running(world).run(faults);
    }
  }

  private String settings() {
    var word = "on-unavailable: " + policy.name().toLowerCase(Locale.ROOT);
    return setting == Setting.RETAINING ? word + "\ndelete: disable" : word;
  }

  private Optional<SecretSeal> seal() {
    return setting == Setting.SECRET_KEY || setting == Setting.SLOW_PBX
        ? Optional.of(SecretSeal.of(Secret.of("k".repeat(SecretSeal.SHORTEST_KEY))))
        : Optional.empty();
  }

  private final class Running {
    private final CrashWorld world;
    private final Expectations expectations;
    private final Map<String, String> met = new TreeMap<>();
    private final Set<Write> sent = EnumSet.noneOf(Write.class);
    private Points points;

    Running(CrashWorld world) {
      this.world = world;
      this.expectations = new Expectations(world.look().directory());
      this.points = world.spoilt(Map.of(), () -> {});
    }

    List<Point> run(Map<Integer, Fault> faults) {
      points = world.spoilt(faults, this::meet);
      var answer = send(first, CrashWorld.IDP, met);
      var last = first;
      if (second.isPresent() && !meanwhile()) {
        last = second.get().write();
        pause(second.get().when());
        answer = send(last, second.get().sender(), Map.of());
      }
      answer = repeated(last, answer);
      world.rest();
      var passed = List.copyOf(points.passed());
      points = world.spoilt(Map.of(), () -> {});
      world.rest();
      var checks = new CrashChecks(world, world.look());
      checks.atRest();
      if (second.isEmpty() && !world.pbx().refusesSome()) {
        checks.password(first, answer);
      }
      if (!world.pbx().refusesSome()) {
        expectations.check(world.look().directory(), faults.containsValue(Fault.REJECTED));
        converges(last);
      }
      return passed;
    }

    private void meet() {
      var write = second.orElseThrow();
      met.putAll(write.write().facts());
      elsewhere(
          () -> {
            var before = world.look().directory();
            var answer = world.send(write.write(), write.sender());
            var after = world.pbx().dead() ? before : world.look().directory();
            expectations.answered(write.write(), answer, points.refused(), before, after, Map.of());
          });
    }

    private Answer send(Write write, Sender sender, Map<String, String> overlapped) {
      var before = world.look().directory();
      var answer = world.send(write, sender);
      world.revive();
      var after = world.look();
      boolean refused = points.refused();
      expectations.answered(write, answer, refused, before, after.directory(), overlapped);
      var checks = new CrashChecks(world, after);
      checks.atAnyTime();
      boolean said = write.password().isEmpty() && !write.cancels();
      if (sent.add(write) && refused && answer == Answer.REFUSED && said) {
        checks.notDone(write);
      }
      return answer;
    }

    private void pause(When when) {
      switch (when) {
        case AT_ONCE, MEANWHILE -> {}
        case IN_QUIET_TIME -> world.advance(CrashWorld.QUIET.minusSeconds(2));
        case LATER -> world.advance(CrashWorld.QUIET.multipliedBy(3));
        case RESTED -> world.rest();
      }
    }

    private Answer repeated(Write write, Answer first) {
      var answer = first;
      for (int again = 0; again < 9 && unsaid(answer) && repeat != Repeat.NEVER; again++) {
        switch (repeat) {
          case NEVER -> {}
          case AT_ONCE -> world.advance(again == 0 ? Duration.ZERO : Duration.ofSeconds(20));
          case LATER -> world.advance(CrashWorld.QUIET.multipliedBy(3));
          case LAST -> world.rest();
        }
        answer = send(write, CrashWorld.IDP, Map.of());
      }
      if (repeat != Repeat.NEVER && !world.pbx().refusesSome()) {
        assertThat(answer).as("repeated").isIn(Answer.ACCEPTED, Answer.REFUSED);
      }
      return answer;
    }

    private static boolean unsaid(Answer answer) {
      return switch (answer) {
        case TRY_LATER, NONE, UNDONE -> true;
        case ACCEPTED, REFUSED -> false;
      };
    }

    /** What is asked for again is done in the end. */
    private void converges(Write last) {
      var answer = send(last, CrashWorld.IDP, Map.of());
      world.rest();
      assertThat(answer).as("the next attempt").isIn(Answer.ACCEPTED, Answer.REFUSED);
      new CrashChecks(world, world.look()).atRest();
      var look = world.look();
      var owners = last.facts().keySet().stream().map(it -> it.replaceFirst("\\..*", ""));
      boolean moot =
          last.creates()
              || (!last.deletes() && owners.anyMatch(it -> !look.shown().containsKey(it)));
      if (!look.blocked() && !(moot && answer == Answer.REFUSED)) {
        var wanted = new TreeMap<>(last.facts());
        wanted.keySet().removeIf(fact -> fact.endsWith(".password"));
        wanted.keySet().removeIf(fact -> Expectations.named(fact, look.directory()));
        wanted.forEach(
            (fact, value) ->
                assertThat(look.directory().getOrDefault(fact, Expectations.unsaid(fact)))
                    .as("asked for again: " + fact)
                    .isEqualTo(value));
      }
    }

    /** In another thread, as another request would be. */
    private void elsewhere(Runnable request) {
      var task = new FutureTask<>(request, true);
      var thread = Thread.ofVirtual().start(task);
      try {
        thread.join();
        var unused = task.get();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } catch (ExecutionException e) {
        throw new AssertionError("of the second write", e.getCause());
      }
    }
  }
}
