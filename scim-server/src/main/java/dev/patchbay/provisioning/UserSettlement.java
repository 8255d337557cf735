package dev.patchbay.provisioning;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.plan.Asked;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The outcome table of docs/explanation/write-protocol.md for a user: what is wanted, what is known
 * and what stays open after a run, and the answer. Decides only; the caller writes it.
 *
 * <p>One table in one place, long as it is: a row can be judged only beside the others.
 */
final class UserSettlement {
  /** For asking whether a create would be planned; never sent. */
  private static final PbxSecrets NO_SECRETS =
      new PbxSecrets(Secret.of(""), Secret.of(""), Secret.of(""));

  /** So often a refused create is looked for before it counts as refused. */
  private static final int LOOKS = 2;

  private final Planner planner;
  private final UserTarget target;
  private final ProvisioningPolicy policy;
  private final Duration quietTime;

  UserSettlement(
      Planner planner, UserTarget target, ProvisioningPolicy policy, Duration quietTime) {
    this.planner = planner;
    this.target = target;
    this.policy = policy;
    this.quietTime = quietTime;
  }

  Settled settle(Run run, ProvisioningPlan plan, PlanOutcome outcome, Instant now) {
    return switch (run.kind()) {
      case URGENT -> urgent(run, outcome, now);
      case RECOVERY -> recovered(run, plan, outcome, now);
      case REQUEST -> requested(run, plan, outcome, now);
    };
  }

  private Settled requested(Run run, ProvisioningPlan plan, PlanOutcome outcome, Instant now) {
    return switch (outcome) {
      case PlanOutcome.Completed done -> completed(run, plan, done, now);
      case PlanOutcome.Gone gone -> orphaned(run, now);
      case PlanOutcome.Overtaken stopped ->
          stopped.done().isEmpty() || secretUnsent(run, stopped.done())
              ? refused(run, stopped.applied(), now, busy(), Direction.BACK, Optional.empty())
              : pending(run, stopped, now, "its claim ended", Optional.empty());
      case PlanOutcome.Deferred late -> deferred(run, late, now);
      case PlanOutcome.Unanswered lost -> unanswered(run, lost, now);
      case PlanOutcome.Rejected no -> rejected(run, plan, no, now);
    };
  }

  private Settled completed(
      Run run, ProvisioningPlan plan, PlanOutcome.Completed done, Instant now) {
    if (run.retains(policy)) {
      return retained(run, done.applied(), now);
    }
    if (run.deleting()) {
      return Settled.forgotten(run.entry().with(done.applied()), Optional.empty());
    }
    return switch (plan.awaiting()) {
      case NOTHING -> accepted(run, done.applied(), done.done(), now, Set.of(), resend(run));
      case AN_ID -> awaiting(run, done, now);
      case IN_VAIN -> {
        var binding = EnumSet.of(PbxField.MICROSOFT365);
        yield accepted(run, done.applied(), done.done(), now, binding, AwaitedIds.IN_VAIN);
      }
    };
  }

  /** All is done but to bind the user to an id that somebody else gives up first. */
  private Settled awaiting(Run run, PlanOutcome.Completed done, Instant now) {
    var settled = accepted(run, done.applied(), done.done(), now, Set.of(), AwaitedIds.WAITS);
    return waiting(run)
        ? settled
        : Settled.accepted(
            settled.entry(),
            settled.open().map(open -> open.waiting(now.plus(AwaitedIds.LOOK), AwaitedIds.WAITS)));
  }

  /** Disabled and in no group: nobody's, until the person comes back or the time is over. */
  private static Settled retained(Run run, Applied applied, Instant now) {
    var entry = run.entry().with(applied);
    var since = entry.life().creating() ? entry.accepted(entry.resource(), now) : entry;
    var inactive = since.resource().deepCopy().put("active", false);
    var said = LostSecrets.said(entry);
    var shown = Report.of(EntryType.USER, inactive, Report.State.SYNCED, said, now);
    return Settled.accepted(since.with(Life.RETAINED).with(shown), Optional.empty());
  }

  /** What to say where secrets were lost, also sealed ones that nobody can unseal any more. */
  private static Optional<String> resend(Run run) {
    return waiting(run) ? Optional.empty() : LostSecrets.said(run);
  }

  /** Whether an earlier wish left secrets sealed, which only recovery unseals and sets. */
  private static boolean waiting(Run run) {
    return run.kind() != Run.Kind.RECOVERY && !secrets(run) && sealed(run);
  }

  /** Whether the secrets of this wish, which are refused, came while others waited. */
  private static boolean earlierWaits(Run run) {
    return run.kind() != Run.Kind.RECOVERY
        && secrets(run)
        && run.open().orElseThrow().secrets().refused() instanceof SecretSlot.Sealed;
  }

  private static boolean secrets(Run run) {
    return run.wish().filter(Wish::hasSecrets).isPresent();
  }

  /** The PBX lost the user and it is not made again: what takes away is done, all else refused. */
  private Settled orphaned(Run run, Instant now) {
    if (run.deleting()) {
      return Settled.forgotten(run.entry().with(Applied.NOTHING), Optional.empty());
    }
    boolean refused =
        run.kind() == Run.Kind.REQUEST
            && run.action() != Action.GRANT // whoever comes back has it from the first moment
            && (secrets(run) || run.wish().orElseThrow().resource().path("active").asBoolean(true));
    var entry = (refused ? kept(run, now) : wished(run, now)).with(Applied.NOTHING);
    var shown =
        Report.of(EntryType.USER, entry.resource(), Report.State.ORPHANED, Optional.empty(), now);
    return refused
        ? Settled.refused(entry.with(shown), Optional.empty(), gone())
        : Settled.accepted(entry.with(shown), Optional.empty());
  }

  private Settled deferred(Run run, PlanOutcome.Deferred late, Instant now) {
    boolean begun = !late.done().isEmpty();
    if (secretUnsent(run, late.done()) || (!begun && !queues(run))) {
      var answer = Answers.later(late.cause());
      return refused(run, late.applied(), now, answer, Direction.FORWARD, Optional.empty());
    }
    return pending(run, late, now, late.cause().getMessage(), Optional.empty());
  }

  private Settled unanswered(Run run, PlanOutcome.Unanswered lost, Instant now) {
    boolean first = lost.done().isEmpty() || !lost.at().repeatable();
    if (secretUnsent(run, lost.done()) || (first && !queues(run))) {
      var answer = Answers.later(lost.cause(), quietTime);
      return refused(run, lost.applied(), now, answer, Direction.BACK, Optional.of(now));
    }
    return pending(run, lost, now, lost.cause().getMessage(), Optional.of(now));
  }

  private Settled rejected(Run run, ProvisioningPlan plan, PlanOutcome.Rejected no, Instant now) {
    var touched = PlannedCall.touches(no.at());
    boolean ownCall = plan.leftOver().isEmpty() || plan.own().contains(no.at());
    boolean nothingBack = run.entry().life() == Life.REVIVING && no.done().isEmpty();
    boolean created = run.creating() && no.applied().ref().isPresent() && !nothingBack;
    if (created && policy.undoesPartialCreates()) {
      var answer = Answers.refusal(no.cause(), "so that what was made of it is taken back");
      return refused(run, no.applied(), now, answer, Direction.BACK, Optional.empty());
    }
    if (created || !ownCall) {
      var why = Optional.of(no.cause().getMessage());
      return accepted(run, no.applied(), no.done(), now, touched, why);
    }
    if (run.creating() && no.applied().ref().isEmpty()) {
      return Settled.forgotten(run.entry(), Optional.of(Answers.refusal(no.cause())));
    }
    if (no.done().isEmpty()) {
      var answer = Answers.refusal(no.cause());
      return refused(run, no.applied(), now, answer, Direction.BACK, Optional.empty());
    }
    return partly(run, no, now);
  }

  /** A later call was refused: what took effect is wanted, the rest of the wish is dropped. */
  private Settled partly(Run run, PlanOutcome.Rejected no, Instant now) {
    var wish = run.wish().orElseThrow().resource();
    var wanted = target.wanted(wish, no.applied());
    var dropped = EnumSet.noneOf(PbxField.class);
    dropped.addAll(run.moved());
    wanted.ifPresent(user -> dropped.removeIf(field -> no.applied().holds(field, user.get(field))));
    var held = target.offBoardingPart(target.putBack(run.base(), wish, dropped), wish);
    var names =
        no.done().stream()
            .filter(call -> Collections.disjoint(PlannedCall.touches(call), putBack(dropped)))
            .map(PbxCall::name)
            .collect(Collectors.joining(", "));
    var answer =
        names.isEmpty()
            ? Answers.refusal(no.cause())
            : Answers.refusal(no.cause(), "these took effect: " + names);
    var entry = run.entry().accepted(held, now).with(no.applied());
    var why = Optional.of(no.cause().getMessage());
    return finish(run, entry, now, Direction.BACK, why, Optional.of(answer));
  }

  /** Of what is dropped, what is dropped as a whole: a phone that was given goes again. */
  private static Set<PbxField> putBack(Set<PbxField> dropped) {
    var parts = EnumSet.copyOf(PbxField.PARTS);
    parts.retainAll(dropped);
    return parts;
  }

  /** The wish is what the directory says from now on; what is not done stays open or blocked. */
  private Settled accepted(
      Run run,
      Applied applied,
      List<PbxCall> done,
      Instant now,
      Set<PbxField> refused,
      Optional<String> reason) {
    var blocked = EnumSet.noneOf(PbxField.class);
    run.open().ifPresent(open -> blocked.addAll(open.blocked()));
    blocked.removeAll(run.moved());
    blocked.addAll(refused);
    var entry = wished(run, now).with(applied);
    if (synced(entry, Set.of()) && !waiting(run)) {
      return Settled.accepted(reported(entry, Report.State.SYNCED, reason, now), Optional.empty());
    }
    var state = blocked.isEmpty() ? Report.State.PENDING : Report.State.BLOCKED;
    var why = reason.or(() -> run.open().flatMap(JournalEntry::reason));
    var open =
        work(run, entry, now, Direction.FORWARD, blocked, why, Optional.empty())
            .accepted(entry.version())
            .with(left(run, done));
    return Settled.accepted(
        reported(entry, state, why, now), Optional.of(due(run, open, synced(entry, blocked), now)));
  }

  /** What is blocked waits for a person; what takes away is tried again all the same. */
  private static JournalEntry due(Run run, JournalEntry open, boolean rests, Instant now) {
    if (open.blocked().isEmpty()) {
      return open;
    }
    if (rests && !waiting(run)) {
      return open.resting(open.reason());
    }
    int attempts = run.open().map(JournalEntry::attempts).orElse(0) + 1;
    return open.resting(attempts, now.plus(Backoff.pause(open, attempts)), open.reason());
  }

  private Settled pending(
      Run run, PlanOutcome stopped, Instant now, String reason, Optional<Instant> givenUp) {
    var entry = wished(run, now).with(stopped.applied());
    var blocked = EnumSet.noneOf(PbxField.class);
    run.open().ifPresent(work -> blocked.addAll(work.blocked()));
    blocked.removeAll(run.moved());
    var open =
        work(run, entry, now, Direction.FORWARD, blocked, Optional.of(reason), givenUp)
            .accepted(entry.version())
            .with(left(run, stopped.done()));
    return Settled.accepted(
        reported(entry, Report.State.PENDING, Optional.of(reason), now), Optional.of(open));
  }

  /** The wish is dropped, its off-boarding part excepted. */
  private Settled refused(
      Run run,
      Applied applied,
      Instant now,
      RuntimeException answer,
      Direction direction,
      Optional<Instant> givenUp) {
    if (run.creating() && applied.ref().isEmpty() && applied.certain()) {
      return Settled.forgotten(run.entry(), Optional.of(answer));
    }
    var entry = kept(run, now).with(applied);
    var towards = run.creating() ? Direction.BACK : direction;
    var why = reason(answer);
    if (givenUp.isPresent()) {
      // Open even if only a secret is in doubt: nothing contrary is sent before it cannot act.
      var open = work(run, entry, now, towards, blocked(run), why, givenUp);
      var shown = reported(entry, pending(open), why, now);
      return Settled.refused(shown, Optional.of(open), answer);
    }
    return finish(run, entry, now, towards, why, Optional.of(answer));
  }

  private static Set<PbxField> blocked(Run run) {
    return run.open().map(JournalEntry::blocked).orElse(Set.of());
  }

  /** What is known after the run: of what was sent inside a quiet time, nothing for certain. */
  Applied known(Run run, PlanOutcome outcome) {
    return switch (run.kind()) {
      case REQUEST, RECOVERY -> outcome.applied();
      case URGENT ->
          outcome instanceof PlanOutcome.Gone
              ? run.entry().applied() // no look counts before the quiet time has passed
              : sentAgain(outcome.applied(), outcome.done());
    };
  }

  /** Inside the quiet time: what takes away was sent, and will be sent or read again after it. */
  private Settled urgent(Run run, PlanOutcome outcome, Instant now) {
    boolean lost = outcome instanceof PlanOutcome.Unanswered;
    var entry = kept(run, now).with(known(run, outcome));
    boolean all =
        outcome instanceof PlanOutcome.Completed
            && !outcome.done().isEmpty()
            && run.wish()
                .filter(wish -> !wish.hasSecrets() && wish.resource().equals(run.kept()))
                .isPresent();
    var again = lost ? now : run.open().flatMap(JournalEntry::givenUpAt).orElse(now);
    var why = Optional.of("an earlier call is still unanswered");
    var blocked = run.open().map(JournalEntry::blocked).orElse(Set.of());
    var due = work(run, entry, now, Direction.FORWARD, blocked, why, Optional.of(again));
    var shown = reported(entry, Report.State.PENDING, why, now);
    return all
        ? Settled.accepted(shown, Optional.of(due.accepted(entry.version())))
        : Settled.refused(
            shown,
            Optional.of(due),
            TryLater.unavailable(quietTime, "kept; an earlier call is still unanswered"));
  }

  /** The call given up before may come after what was sent inside its quiet time. */
  private static Applied sentAgain(Applied applied, List<PbxCall> sent) {
    return PlannedCall.doubt(applied, sent);
  }

  private Settled recovered(Run run, ProvisioningPlan plan, PlanOutcome outcome, Instant now) {
    var open = run.open().orElseThrow();
    return switch (outcome) {
      case PlanOutcome.Completed done -> completed(run, plan, done, now);
      case PlanOutcome.Gone gone -> orphaned(run, now);
      case PlanOutcome.Overtaken stopped ->
          again(run, stopped.applied(), now, open.reason(), pending(open));
      case PlanOutcome.Deferred late ->
          again(run, late.applied(), now, Optional.of(late.cause().getMessage()), pending(open));
      case PlanOutcome.Unanswered lost -> {
        var why = Optional.of(lost.cause().getMessage());
        var settled = again(run, lost.applied(), now, why, pending(open));
        yield new Settled(
            settled.entry(),
            settled.open().map(work -> givenUp(work, now)),
            Optional.empty(),
            false);
      }
      case PlanOutcome.Rejected no -> refusedInRecovery(run, no, now);
    };
  }

  private Settled refusedInRecovery(Run run, PlanOutcome.Rejected no, Instant now) {
    var why = Optional.of(no.cause().getMessage());
    if (run.creating() && no.applied().ref().isEmpty()) {
      return notCreated(run, no, why, now);
    }
    if (run.deleting()) {
      return again(run, no.applied(), now, why, Report.State.BLOCKED);
    }
    boolean answered =
        run.creating()
            ? !policy.undoesPartialCreates() // nobody was told of it
            : same(run.entry().resource(), run.wish().orElseThrow().resource());
    return answered
        ? accepted(run, no.applied(), no.done(), now, PlannedCall.touches(no.at()), why)
        : finish(run, run.entry().with(no.applied()), now, Direction.BACK, why, Optional.empty());
  }

  /**
   * Nobody was told of this create, so it may be dropped; but an earlier attempt may have come to
   * the PBX just before this one, which is then refused as its duplicate.
   */
  private Settled notCreated(Run run, PlanOutcome.Rejected no, Optional<String> why, Instant now) {
    boolean twin = SentCreates.mayBeTaken(no.cause().reason());
    if (!twin || run.open().orElseThrow().attempts() >= LOOKS) {
      return Settled.forgotten(run.entry(), Optional.empty());
    }
    var doubted = no.applied().doubtingExistence();
    var settled = again(run, doubted, now, why, Report.State.PENDING);
    return Settled.accepted(settled.entry(), settled.open().map(work -> givenUp(work, now)));
  }

  private static Report.State pending(JournalEntry open) {
    return open.blocked().isEmpty() ? Report.State.PENDING : Report.State.BLOCKED;
  }

  /** Nothing changes but what is known; the journal tries again, later each time. */
  private Settled again(
      Run run, Applied applied, Instant now, Optional<String> reason, Report.State state) {
    var open = run.open().orElseThrow();
    int attempts = open.attempts() + 1;
    var work = open.resting(attempts, now.plus(Backoff.pause(open, attempts)), reason);
    var entry = run.entry().with(applied);
    var shown = work.isGivenUp() ? Report.State.BLOCKED : state;
    return Settled.accepted(reported(entry, shown, reason, now), Optional.of(work));
  }

  /** Closes when the PBX provably holds what {@code entry} wants; leaves the rest open. */
  private Settled finish(
      Run run,
      Entry entry,
      Instant now,
      Direction direction,
      Optional<String> reason,
      Optional<RuntimeException> answer) {
    var blocked = blocked(run);
    boolean synced = entry.life() == Life.LIVE && synced(entry, Set.of());
    if (synced && !waiting(run) && !earlierWaits(run)) {
      var shown = reported(entry, Report.State.SYNCED, LostSecrets.said(run.entry()), now);
      return new Settled(shown, Optional.empty(), answer, false);
    }
    var towards = synced ? Direction.FORWARD : direction; // to what is there, and to its secrets
    var open = work(run, entry, now, towards, blocked, reason, Optional.empty());
    var state = blocked.isEmpty() ? Report.State.PENDING : Report.State.BLOCKED;
    return new Settled(reported(entry, state, reason, now), Optional.of(open), answer, false);
  }

  private boolean synced(Entry entry, Set<PbxField> blocked) {
    return entry.applied().certain()
        && planner
            .user(
                entry.applied(),
                target.wanted(entry.resource(), entry.applied()),
                Asked.everything(blocked),
                () -> NO_SECRETS)
            .isEmpty();
  }

  private Entry wished(Run run, Instant now) {
    if (run.deleting()) {
      return run.entry().with(run.retains(policy) ? Life.RETAINED : Life.DELETED);
    }
    var wish = run.wish().orElseThrow().resource();
    var entry = run.entry();
    if (entry.life().creating()) {
      return entry.with(Life.LIVE).with(wish);
    }
    boolean own = run.kind() != Run.Kind.RECOVERY && secrets(run);
    boolean moves = own || !same(entry.resource(), wish);
    return moves ? entry.accepted(wish, now) : entry.with(wish);
  }

  private static boolean same(ObjectNode before, ObjectNode wish) {
    return Report.same(EntryType.USER, before, wish);
  }

  private Entry kept(Run run, Instant now) {
    var entry = run.entry();
    if (entry.life() != Life.LIVE || same(entry.resource(), run.kept())) {
      return entry;
    }
    return entry.accepted(run.kept(), now);
  }

  private Entry reported(Entry entry, Report.State state, Optional<String> reason, Instant now) {
    boolean gone = entry.life() == Life.LIVE && entry.applied().ref().isEmpty();
    var shown = state == Report.State.SYNCED && gone ? Report.State.ORPHANED : state;
    var unfit =
        shown == Report.State.SYNCED
            ? target.unfit(entry.resource(), entry.applied())
            : Optional.<String>empty();
    var why = unfit.or(() -> reason);
    var bound = Report.binding(entry.resource(), entry.applied(), why, now);
    var resource = Report.phones(bound, entry.applied());
    var told = unfit.isPresent() ? Report.State.BLOCKED : shown;
    return entry.with(Report.of(EntryType.USER, resource, told, why, now));
  }

  private JournalEntry work(
      Run run,
      Entry entry,
      Instant now,
      Direction direction,
      Set<PbxField> blocked,
      Optional<String> reason,
      Optional<Instant> givenUp) {
    var open = run.open().orElseThrow();
    boolean own = run.kind() != Run.Kind.RECOVERY && secrets(run);
    Optional<ObjectNode> wish =
        entry.life().creating()
            ? run.wish().map(Wish::resource)
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
            blocked,
            reason,
            Optional.empty(),
            0,
            now.plusSeconds(1),
            Optional.empty(),
            open.openedAt(),
            own ? open.secrets().refused() : open.secrets());
    return givenUp.map(at -> givenUp(work, at)).orElse(work);
  }

  private JournalEntry givenUp(JournalEntry open, Instant at) {
    return open.givenUp(at, quietTime);
  }

  private boolean queues(Run run) {
    return policy.onUnavailable() == ProvisioningPolicy.OnUnavailable.QUEUE
        && (!secrets(run) || sealed(run));
  }

  private static boolean sealed(Run run) {
    return run.open().filter(open -> open.secrets() instanceof SecretSlot.Sealed).isPresent();
  }

  /** Whether the request brought a secret that was not set and cannot wait. */
  static boolean secretUnsent(Run run, List<PbxCall> done) {
    // A create that is done carried its secrets itself.
    boolean create = run.creating() && run.entry().applied().ref().isEmpty();
    return !create && !sealed(run) && unsent(run, done);
  }

  /** The secrets that are still to be set after these calls. */
  private static SecretSlot left(Run run, List<PbxCall> done) {
    return secrets(run) && !unsent(run, done)
        ? new SecretSlot.Empty()
        : run.open().orElseThrow().secrets();
  }

  /** Whether the wish has a secret that none of these calls carried. */
  private static boolean unsent(Run run, List<PbxCall> done) {
    if (run.wish().isEmpty() || done.stream().anyMatch(PbxCall.CreateUser.class::isInstance)) {
      return false;
    }
    var sent = done.stream().flatMap(call -> call.sets().stream()).collect(toSet());
    return !sent.containsAll(run.wish().get().secrets().keySet());
  }

  private static Optional<String> reason(RuntimeException answer) {
    return Optional.ofNullable(answer.getMessage());
  }

  private static Refusal gone() {
    return new Refusal(Refusal.Kind.CONFLICT, "the user is gone from the pbx");
  }

  private static TryLater busy() {
    return TryLater.unavailable(Duration.ofSeconds(1), "a newer write came in");
  }
}
