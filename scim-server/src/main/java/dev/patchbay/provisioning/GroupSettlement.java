package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome table of docs/explanation/write-protocol.md for a group, row by row: a member call
 * that is done stays done, whatever became of the others. Decides only; the caller writes it.
 *
 * <p>One table in one place, as {@link UserSettlement}.
 */
final class GroupSettlement {
  private final NamedTarget target;
  private final ProvisioningPolicy policy;
  private final Duration quietTime;

  GroupSettlement(NamedTarget target, ProvisioningPolicy policy, Duration quietTime) {
    this.target = target;
    this.policy = policy;
    this.quietTime = quietTime;
  }

  /** What commit 2 writes of the group and of its rows. */
  record GroupSettled(Settled settled, List<Membership> rows) {}

  /** Why a run did not do everything. */
  private record Trouble(
      Optional<RuntimeException> answer, boolean unanswered, Optional<String> reason) {
    static final Trouble NONE = new Trouble(Optional.empty(), false, Optional.empty());
  }

  GroupSettled settle(GroupRun run, GroupOutcome outcome, Instant now) {
    if (outcome.group() instanceof PlanOutcome.Gone && !run.deleting()) {
      return orphaned(run, now);
    }
    var trouble = trouble(run, outcome);
    if (trouble.reason().isEmpty() && run.deleting()) {
      return new GroupSettled(Settled.forgotten(run.entry(), Optional.empty()), List.of());
    }
    if (run.deleting()
        && outcome.group() instanceof PlanOutcome.Rejected no
        && !target.deletionStands()) {
      return stays(run, no, now);
    }
    // A deletion is answered as done when it is: nothing is left to show what is pending.
    boolean begun = !outcome.calls().isEmpty() && !run.deleting();
    boolean created = run.creating() && outcome.group().applied().ref().isPresent();
    if (run.creating() && !run.deleting() && !created && nothingDone(outcome)) {
      return new GroupSettled(Settled.forgotten(run.entry(), trouble.answer()), List.of());
    }
    boolean accepted =
        trouble.reason().isEmpty() || (created && !undone(run, trouble)) || accepts(trouble, begun);
    return run.kind() == Run.Kind.RECOVERY
        ? recovered(run, outcome, trouble, now)
        : requested(run, outcome, trouble, accepted, now);
  }

  /** Whether nobody is to have a group of which something was refused. */
  private boolean undone(GroupRun run, Trouble trouble) {
    return policy.undoesPartialCreates()
        && run.creating()
        && !run.deleting()
        && trouble.answer().filter(Refusal.class::isInstance).isPresent();
  }

  /** Nobody is wanted in a group that goes again, whoever is in it already. */
  private List<Membership> wanted(GroupRun run, Trouble trouble, List<Membership> rows) {
    return undone(run, trouble)
        ? rows.stream().map(row -> row.wishing(false).desiring(false)).toList()
        : rows;
  }

  /** It is gone and not made again: what takes away is done, all else refused. */
  private GroupSettled orphaned(GroupRun run, Instant now) {
    var rows = run.rows().stream().map(row -> dropped(row).known(false)).toList();
    var entry = run.entry().with(Applied.NOTHING);
    var shown = report(entry, Report.State.ORPHANED, Optional.empty(), now);
    boolean asksForMore =
        run.kind() == Run.Kind.REQUEST
            && (run.rows().stream().anyMatch(row -> row.wish() && !row.desired())
                || !run.wish().equals(Optional.of(run.entry().resource())));
    var settled =
        asksForMore
            ? Settled.refused(shown, Optional.empty(), gone())
            : Settled.accepted(shown, Optional.empty());
    return new GroupSettled(settled, rows);
  }

  private static Refusal gone() {
    return new Refusal(Refusal.Kind.CONFLICT, "the group is gone from the pbx");
  }

  /** The PBX keeps it, and so do we: nobody who was refused expects it to go later. */
  private GroupSettled stays(GroupRun run, PlanOutcome.Rejected no, Instant now) {
    var entry = run.entry().with(no.applied()).with(Life.LIVE);
    var shown = report(entry, Report.State.SYNCED, Optional.empty(), now);
    var refusal =
        new Refusal(
            Refusal.Kind.CONFLICT, no.cause().getMessage() + "; it may be in use on the pbx");
    var settled =
        run.kind() == Run.Kind.RECOVERY
            ? Settled.accepted(shown, Optional.empty())
            : Settled.refused(shown, Optional.empty(), refusal);
    return new GroupSettled(settled, List.of());
  }

  /** Whether the wish stays wanted although not all of it is done. */
  private boolean accepts(Trouble trouble, boolean begun) {
    if (trouble.answer().isEmpty()) {
      return true; // only what an earlier wish left over is in trouble
    }
    return trouble.answer().get() instanceof TryLater && (begun || queues());
  }

  private boolean queues() {
    return policy.onUnavailable() == ProvisioningPolicy.OnUnavailable.QUEUE;
  }

  private boolean nothingDone(GroupOutcome outcome) {
    return outcome.group() instanceof PlanOutcome.Rejected
        || (outcome.group() instanceof PlanOutcome.Deferred && !queues());
  }

  private GroupSettled requested(
      GroupRun run, GroupOutcome outcome, Trouble trouble, boolean accepted, Instant now) {
    boolean partly =
        !run.deleting()
            && !undone(run, trouble)
            && outcome.group() instanceof PlanOutcome.Completed
            && !outcome.calls().isEmpty()
            && trouble.answer().filter(Refusal.class::isInstance).isPresent();
    var rows = wanted(run, trouble, rows(run, outcome, accepted));
    var entry =
        (accepted || partly
                ? wished(run, changed(rows, run), now)
                : kept(run, changed(rows, run), now))
            .with(outcome.group().applied());
    var direction = accepted ? Direction.FORWARD : Direction.BACK;
    boolean later = accepted && trouble.answer().filter(TryLater.class::isInstance).isPresent();
    var answer =
        later || (accepted && run.creating())
            ? Optional.<RuntimeException>empty()
            : trouble.answer();
    return settled(run, entry, rows, direction, trouble, answer, now);
  }

  private GroupSettled recovered(GroupRun run, GroupOutcome outcome, Trouble trouble, Instant now) {
    if (trouble.reason().isEmpty()) {
      var rows = rows(run, outcome, true);
      var entry = wished(run, changed(rows, run), now).with(outcome.group().applied());
      return settled(run, entry, rows, Direction.FORWARD, trouble, Optional.empty(), now);
    }
    boolean refused = trouble.answer().filter(Refusal.class::isInstance).isPresent();
    boolean back =
        undone(run, trouble) || (refused && !answered(run) && !run.creating() && !run.deleting());
    var open = back ? run.open().orElseThrow().back() : run.open().orElseThrow();
    int attempts = outcome.calls().isEmpty() ? open.attempts() + 1 : 0;
    var due = now.plus(Backoff.pause(open, attempts));
    var rested = open.resting(attempts, due, trouble.reason());
    var work = trouble.unanswered() ? rested.givenUp(now, quietTime) : rested;
    boolean created =
        run.creating()
            && !run.deleting()
            && !back
            && outcome.group() instanceof PlanOutcome.Completed;
    var rows =
        wanted(run, trouble, created ? rows(run, outcome, true) : unsettled(run, outcome, back));
    var moved = changed(rows, run);
    var entry =
        (created ? wished(run, moved, now) : kept(run, moved, now)).with(outcome.group().applied());
    boolean blocked = (refused && !back) || rested.isGivenUp();
    var state = blocked ? Report.State.BLOCKED : Report.State.PENDING;
    var shown = report(entry, state, trouble.reason(), now);
    return new GroupSettled(Settled.accepted(shown, Optional.of(work)), rows);
  }

  /** Whether everything the run wants was accepted; else its process ended before the answer. */
  private static boolean answered(GroupRun run) {
    var resource = run.entry().resource();
    return run.wish().map(wish -> Report.same(run.entry().type(), wish, resource)).orElse(true)
        && run.rows().stream().allMatch(row -> row.wish() == row.desired());
  }

  /** Every row of a recovery that did not end: only what is done changes what is wanted. */
  private static List<Membership> unsettled(GroupRun run, GroupOutcome outcome, boolean back) {
    var rows = new LinkedHashMap<String, Membership>();
    run.rows().forEach(row -> rows.put(row.userId(), back ? dropped(row) : row));
    for (MemberOutcome member : outcome.members()) {
      switch (member) {
        case MemberOutcome.Done done -> {
          var held = done.row();
          rows.put(held.userId(), run.deleting() ? held : held.desiring(held.wish()));
        }
        case MemberOutcome.Unanswered lost ->
            rows.computeIfPresent(lost.row().userId(), (id, row) -> row.doubtful());
        case MemberOutcome.Refused no -> {}
        case MemberOutcome.Deferred late -> doubt(rows, late.row());
        case MemberOutcome.Waits waits -> doubt(rows, waits.row());
      }
    }
    return List.copyOf(rows.values());
  }

  /** What was put off is in doubt if its outcome says so: a user's own work may be at it. */
  private static void doubt(Map<String, Membership> rows, Membership putOff) {
    if (putOff.maybe()) {
      rows.computeIfPresent(putOff.userId(), (id, row) -> row.doubtful());
    }
  }

  private GroupSettled settled(
      GroupRun run,
      Entry entry,
      List<Membership> rows,
      Direction direction,
      Trouble trouble,
      Optional<RuntimeException> answer,
      Instant now) {
    if (entry.life() == Life.LIVE && synced(entry, rows)) {
      var shown = report(entry, Report.State.SYNCED, Optional.empty(), now);
      return new GroupSettled(new Settled(shown, Optional.empty(), answer, false), rows);
    }
    var open = work(run, entry, direction, trouble, now);
    boolean blocked = trouble.answer().isPresent() && !(trouble.answer().get() instanceof TryLater);
    var state = blocked ? Report.State.BLOCKED : Report.State.PENDING;
    var shown = report(entry, state, trouble.reason(), now);
    return new GroupSettled(new Settled(shown, Optional.of(open), answer, false), rows);
  }

  private boolean synced(Entry entry, List<Membership> rows) {
    boolean group =
        entry.applied().certain()
            && target.plan(entry.applied(), Optional.of(entry.resource())).isEmpty();
    return group && rows.stream().allMatch(Membership::synced);
  }

  /** Every row of the run after it: what is known, and what is wanted from now on. */
  private static List<Membership> rows(GroupRun run, GroupOutcome outcome, boolean accepted) {
    Map<String, MemberOutcome> outcomes = new HashMap<>();
    outcome.members().forEach(member -> outcomes.put(member.row().userId(), member));
    var rows = new ArrayList<Membership>();
    for (Membership before : run.rows()) {
      var member = Optional.ofNullable(outcomes.get(before.userId()));
      var after = row(run, before, member, accepted);
      rows.add(run.deleting() ? after.desiring(before.desired()) : after);
    }
    return rows;
  }

  private static Membership row(
      GroupRun run, Membership before, Optional<MemberOutcome> outcome, boolean accepted) {
    if (before.holdsWish()) {
      return accepted || !before.wish() ? before.desiring(before.wish()) : dropped(before);
    }
    if (outcome.isEmpty()) {
      return accepted || !before.wish() ? before.desiring(before.wish()) : dropped(before);
    }
    return switch (outcome.get()) {
      case MemberOutcome.Done done -> done.row().desiring(done.row().wish());
      case MemberOutcome.Refused no ->
          before.wish() && !run.creating() && run.asked().contains(before.userId())
              ? dropped(before)
              : before.desiring(before.wish());
      case MemberOutcome.Unanswered lost ->
          (accepted || !before.wish() ? before.desiring(before.wish()) : dropped(before))
              .doubtful();
      case MemberOutcome.Deferred late ->
          doubted(
              late.row(),
              accepted || !before.wish() ? before.desiring(before.wish()) : dropped(before));
      case MemberOutcome.Waits waits -> doubted(waits.row(), before.desiring(before.wish()));
    };
  }

  private static Membership doubted(Membership outcome, Membership row) {
    return outcome.maybe() ? row.doubtful() : row;
  }

  /** The wish for this row is dropped: what the directory says is wanted again. */
  private static Membership dropped(Membership row) {
    return row.wishing(row.desired());
  }

  /** Whether reads show other members than before. */
  private static boolean changed(List<Membership> rows, GroupRun run) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).desired() != run.rows().get(i).desired()) {
        return true;
      }
    }
    return false;
  }

  private static Entry wished(GroupRun run, boolean rowsChanged, Instant now) {
    var entry = run.entry();
    if (run.deleting()) {
      return entry.with(Life.DELETED);
    }
    ObjectNode wish = run.wish().orElseThrow();
    if (entry.life() == Life.CREATING) {
      return entry.with(Life.LIVE).with(wish);
    }
    return rowsChanged || !Report.same(entry.type(), wish, entry.resource())
        ? entry.accepted(wish, now)
        : entry;
  }

  private static Entry kept(GroupRun run, boolean rowsChanged, Instant now) {
    var entry = run.entry();
    return rowsChanged && entry.life() == Life.LIVE ? entry.accepted(entry.resource(), now) : entry;
  }

  private Trouble trouble(GroupRun run, GroupOutcome outcome) {
    return switch (outcome.group()) {
      case PlanOutcome.Rejected no -> of(Answers.refusal(no.cause()), false);
      case PlanOutcome.Deferred late -> of(Answers.later(late.cause()), false);
      case PlanOutcome.Unanswered lost -> of(Answers.later(lost.cause(), quietTime), true);
      case PlanOutcome.Overtaken stopped -> of(UserRunner.overtaken(), false);
      case PlanOutcome.Gone gone -> of(gone(), false);
      case PlanOutcome.Completed done -> members(run, outcome);
    };
  }

  /** The worst that happened to a member call: refused, then unknown, then not sent. */
  private Trouble members(GroupRun run, GroupOutcome outcome) {
    var worst = Trouble.NONE;
    boolean unanswered = false;
    for (MemberOutcome member : outcome.members()) {
      var trouble = of(run, member);
      unanswered |= trouble.unanswered();
      worst = worse(worst, trouble);
    }
    worst = new Trouble(worst.answer(), unanswered, worst.reason());
    if (worst.answer().isPresent()
        && worst.answer().get() instanceof Refusal no
        && !outcome.calls().isEmpty()) {
      var told =
          new Refusal(
              no.kind(),
              no.detail() + "; these took effect: " + String.join(", ", outcome.calls()));
      return new Trouble(Optional.of(told), worst.unanswered(), worst.reason());
    }
    return worst;
  }

  private static Trouble worse(Trouble one, Trouble other) {
    return rank(other) > rank(one) ? other : one;
  }

  private static int rank(Trouble trouble) {
    if (trouble.answer().isEmpty()) {
      return trouble.reason().isPresent() ? 1 : 0;
    }
    return trouble.answer().get() instanceof Refusal ? 4 : trouble.unanswered() ? 3 : 2;
  }

  private Trouble of(GroupRun run, MemberOutcome member) {
    boolean own = run.asked().contains(member.row().userId());
    var trouble =
        switch (member) {
          case MemberOutcome.Done done -> Trouble.NONE;
          case MemberOutcome.Refused no -> of(Answers.refusal(no.cause()), false);
          case MemberOutcome.Unanswered lost -> of(Answers.later(lost.cause(), quietTime), true);
          case MemberOutcome.Deferred late -> of(Answers.later(late.cause()), false);
          case MemberOutcome.Waits waits ->
              new Trouble(Optional.empty(), false, Optional.of(waits.why()));
        };
    // What an earlier wish left over is not this request's refusal.
    return own ? trouble : new Trouble(Optional.empty(), trouble.unanswered(), trouble.reason());
  }

  private static Trouble of(RuntimeException answer, boolean unanswered) {
    return new Trouble(Optional.of(answer), unanswered, Optional.ofNullable(answer.getMessage()));
  }

  private JournalEntry work(
      GroupRun run, Entry entry, Direction direction, Trouble trouble, Instant now) {
    var open = run.open().orElseThrow();
    Optional<ObjectNode> wish =
        entry.life() == Life.CREATING
            ? run.wish()
            : Optional.of(entry.resource()).filter(resource -> !run.deleting());
    var work =
        new JournalEntry(
            open.entryId(),
            open.tenant(),
            wish,
            open.wishSeq(),
            direction,
            open.baseVersion(),
            open.source(),
            run.takesAway() || open.offBoarding(),
            Set.of(),
            trouble.reason(),
            Optional.empty(),
            0,
            now.plusSeconds(1),
            Optional.empty(),
            open.openedAt(),
            new SecretSlot.Empty());
    var told = direction == Direction.FORWARD ? work.accepted(entry.version()) : work;
    return trouble.unanswered() ? told.givenUp(now, quietTime) : told;
  }

  private static Entry report(
      Entry entry, Report.State state, Optional<String> reason, Instant now) {
    // What never came to be was not lost by the PBX.
    boolean gone =
        entry.applied().equals(Applied.NOTHING)
            && state == Report.State.BLOCKED
            && Report.everSynced(entry.type(), entry.resource());
    return entry.with(
        Report.of(
            entry.type(), entry.resource(), gone ? Report.State.ORPHANED : state, reason, now));
  }
}
