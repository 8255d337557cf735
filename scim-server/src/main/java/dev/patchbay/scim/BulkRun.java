package dev.patchbay.scim;

import dev.patchbay.directory.Entry;
import dev.patchbay.scim.BulkOutcome.Failed;
import dev.patchbay.scim.BulkPlan.Part;
import dev.patchbay.scim.BulkPlan.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * Carries a plan out: one thread decides, each step that writes has a thread of its own. What is
 * begun is waited for, since its outcome must be told; what cannot begin in time is told so.
 */
final class BulkRun {
  private final BulkRequest request;
  private final List<Step> steps;
  private final BulkSettings settings;
  private final Clock clock;
  private final Writer writer;
  private final Function<Throwable, ScimError> errors;

  private final Instant start;
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Map<Integer, BulkOutcome> outcomes = new TreeMap<>();
  private final BulkTasks tasks;
  private final List<List<Integer>> followers = new ArrayList<>();
  private final int[] waitsFor;
  private final BitSet begun = new BitSet();
  private final Queue<Integer> ready = new PriorityQueue<>();
  private final Queue<Integer> rests = new PriorityQueue<>();
  private Duration slowest = Duration.ZERO;
  private int running;
  private int failures;

  /** Does one write; a DELETE leaves no entry. */
  interface Writer {
    Optional<Entry> write(String endpoint, Write write);
  }

  private record Ended(int place, BulkOutcome outcome, Duration took) {}

  /**
   * Prepares a run.
   *
   * @param errors what the sender is told of a failure
   */
  BulkRun(
      BulkRequest request,
      BulkPlan plan,
      BulkSettings settings,
      Clock clock,
      Writer writer,
      Function<Throwable, ScimError> errors) {
    this.request = request;
    this.steps = plan.steps();
    this.settings = settings;
    this.clock = clock;
    this.writer = writer;
    this.errors = errors;
    this.start = clock.instant();
    this.tasks = new BulkTasks(request, outcomes, errors);
    this.waitsFor = new int[steps.size()];
    steps.forEach(it -> followers.add(new ArrayList<>()));
    for (int place = 0; place < steps.size(); place++) {
      waitsFor[place] = steps.get(place).after().size();
      for (int before : steps.get(place).after()) {
        followers.get(before).add(place);
      }
      enqueueIfFree(place);
    }
  }

  /** How each operation ended, by its place in the request; without those never to be begun. */
  Map<Integer, BulkOutcome> run() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var next = next(); next.isPresent() || running > 0; next = next()) {
        if (next.isPresent()) {
          begin(next.get(), threads);
        } else {
          settle(ended.take());
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt(); // what was under way has ended by now
    }
    ended.forEach(this::settle);
    leaveTheRest();
    return outcomes;
  }

  /** A step that may begin now; the rest of what is begun goes first, whatever errors there are. */
  private Optional<Integer> next() {
    if (running >= settings.parallel() || outOfTime()) {
      return Optional.empty();
    }
    return rests.isEmpty() && running < errorsLeft()
        ? Optional.ofNullable(ready.poll())
        : Optional.ofNullable(rests.poll());
  }

  /** As many may be under way as may still fail: so there are never more errors than allowed. */
  private int errorsLeft() {
    return request.failOnErrors().map(it -> it - failures).orElse(Integer.MAX_VALUE);
  }

  /** Whether a step as slow as the slowest yet would end too late; the first one may begin. */
  private boolean outOfTime() {
    var passed = Duration.between(start, clock.instant());
    return passed.plus(slowest).compareTo(settings.answerWithin()) > 0;
  }

  private void begin(int place, ExecutorService threads) {
    begun.set(place);
    running++;
    switch (tasks.of(steps.get(place))) {
      case BulkTask.Over over -> settle(new Ended(place, over.outcome(), Duration.ZERO));
      case BulkTask.Writes writes -> threads.execute(() -> ended.add(write(place, writes)));
    }
  }

  private Ended write(int place, BulkTask.Writes task) {
    var from = clock.instant();
    BulkOutcome outcome;
    try {
      outcome = task.done(writer.write(task.endpoint(), task.write()));
    } catch (Throwable failure) { // whatever it is, the sender waits for it
      outcome = task.failed(errors.apply(failure));
    }
    return new Ended(place, outcome, Duration.between(from, clock.instant()));
  }

  private void settle(Ended end) {
    running--;
    var step = steps.get(end.place());
    slowest = end.took().compareTo(slowest) > 0 ? end.took() : slowest;
    var before = Optional.ofNullable(outcomes.put(step.operation(), end.outcome()));
    boolean failedBefore = before.filter(Failed.class::isInstance).isPresent();
    failures += end.outcome() instanceof Failed && !failedBefore ? 1 : 0;
    for (int follower : followers.get(end.place())) {
      waitsFor[follower]--;
      enqueueIfFree(follower);
    }
  }

  private void enqueueIfFree(int place) {
    if (waitsFor[place] == 0) {
      (steps.get(place).part() == Part.REST ? rests : ready).add(place);
    }
  }

  /** After too many errors what never began is not spoken of; otherwise it is to be sent again. */
  private void leaveTheRest() {
    boolean stopped = errorsLeft() <= 0;
    for (int place = begun.nextClearBit(0);
        place < steps.size();
        place = begun.nextClearBit(place + 1)) {
      var step = steps.get(place);
      var before = Optional.ofNullable(outcomes.get(step.operation()));
      if (before.isEmpty() && !stopped) {
        outcomes.put(step.operation(), tasks.late(step));
      } else if (before.filter(BulkOutcome.Done.class::isInstance).isPresent()) {
        outcomes.put(step.operation(), stopped ? tasks.stopped(step) : tasks.late(step));
      }
    }
  }
}
