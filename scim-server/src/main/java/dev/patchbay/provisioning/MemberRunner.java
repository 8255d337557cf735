package dev.patchbay.provisioning;

import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Makes the member rows of one group true side by side, what takes away before what adds. */
final class MemberRunner {
  private final PbxAdapter adapter;
  private final Reachability reachability;

  MemberRunner(Tenant tenant) {
    this.adapter = tenant.adapter();
    this.reachability = tenant.reachability();
  }

  /** Makes one row true. */
  interface Send {
    MemberOutcome of(Membership row);
  }

  List<MemberOutcome> run(
      Send send,
      List<Membership> removals,
      List<Membership> additions,
      PlanRunner.Checkpoint checkpoint) {
    var stop = new AtomicReference<Optional<PbxException.Unavailable>>(Optional.empty());
    var outcomes = new ArrayList<MemberOutcome>();
    outcomes.addAll(run(send, removals, checkpoint, stop));
    outcomes.addAll(run(send, additions, checkpoint, stop));
    return outcomes;
  }

  private List<MemberOutcome> run(
      Send send,
      List<Membership> rows,
      PlanRunner.Checkpoint checkpoint,
      AtomicReference<Optional<PbxException.Unavailable>> stop) {
    if (rows.size() <= 1) {
      return rows.stream().map(row -> sent(send, row, checkpoint, stop)).toList();
    }
    var places = new Semaphore(adapter.capabilities().maxParallel());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sent = new ArrayList<Future<MemberOutcome>>();
      for (Membership row : rows) {
        Callable<MemberOutcome> call = () -> sent(send, row, checkpoint, stop);
        places.acquireUninterruptibly();
        sent.add(
            threads.submit(
                () -> {
                  try {
                    return call.call();
                  } finally {
                    places.release();
                  }
                }));
      }
      return sent.stream().map(MemberRunner::result).toList();
    }
  }

  private static MemberOutcome sent(
      Send send,
      Membership row,
      PlanRunner.Checkpoint checkpoint,
      AtomicReference<Optional<PbxException.Unavailable>> stop) {
    if (stop.get().isPresent()) {
      return new MemberOutcome.Deferred(row, stop.get().get());
    }
    if (checkpoint.late() || !checkpoint.holds()) {
      stop.set(Optional.of(stopped()));
      return new MemberOutcome.Deferred(row, stopped());
    }
    var outcome = send.of(row);
    // A PBX that stopped answering is not asked 10,000 times.
    if (outcome instanceof MemberOutcome.Unanswered) {
      stop.set(Optional.of(stopped()));
    } else if (outcome instanceof MemberOutcome.Deferred(var waiting, var cause)) {
      stop.set(Optional.of(cause));
    }
    return outcome;
  }

  /** One call for each member of a group of the PBX's. */
  Send calls(PbxRef group) {
    return row -> {
      try {
        adapter.apply(
            row.wish()
                ? new PbxCall.AddMember(group, row.pbxKey())
                : new PbxCall.RemoveMember(group, row.pbxKey()));
        return new MemberOutcome.Done(row.known(row.wish()));
      } catch (PbxException.Rejected e) {
        return new MemberOutcome.Refused(row, e);
      } catch (PbxException.OutcomeUnknown e) {
        return new MemberOutcome.Unanswered(row, e);
      } catch (PbxException.Unavailable e) {
        reachability.failed(e);
        return new MemberOutcome.Deferred(row, e);
      }
    };
  }

  static PbxException.Unavailable stopped() {
    return new PbxException.Unavailable(
        PbxException.Cause.UNREACHABLE, Duration.ofSeconds(1), "the rest goes on from the journal");
  }

  private static MemberOutcome result(Future<MemberOutcome> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      // A store that is away is one there, too: who asked is told to come back.
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a member call ended unexpectedly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while member calls were under way", e);
    }
  }
}
