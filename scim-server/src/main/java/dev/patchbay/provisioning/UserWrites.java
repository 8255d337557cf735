package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Changes and deletions of users: taking the entry, keeping what takes away, and recovery. */
final class UserWrites {
  private final Tenant tenant;
  private final UserTarget target;
  private final UserRunner runner;
  private final Probe probe;
  private final UserRunner.Before membershipsGone;
  private final UserLinks links;
  private final InboundBrake brake;

  /**
   * @param membershipsGone takes a deleted user out of its groups; empty once it is in none
   */
  UserWrites(
      Tenant tenant,
      UserTarget target,
      UserRunner runner,
      UserRunner.Before membershipsGone,
      UserLinks links) {
    this.links = links;
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
    this.probe = new Probe(tenant.adapter());
    this.membershipsGone = membershipsGone;
    this.brake = new InboundBrake(tenant);
  }

  /** A request: the attributes it names, by label, and what it makes of a resource. */
  record Change(
      String action,
      String source,
      String id,
      IfMatch ifMatch,
      Predicate<String> names,
      UnaryOperator<ObjectNode> request) {}

  Entry change(Change change) {
    return waiting(change, () -> changeHeld(change));
  }

  void delete(String source, String id, IfMatch ifMatch) {
    var delete = new Change("delete", source, id, ifMatch, name -> false, UnaryOperator.identity());
    waiting(delete, () -> deleteHeld(delete));
  }

  /** An attempt under the entry's lock; empty when it is busy for a while. */
  private interface Attempt {
    Optional<Entry> run();
  }

  /** Repeats the attempt until the time to wait is used up; then keeps what takes away. */
  private Entry waiting(Change change, Attempt attempt) {
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .until(
            left -> {
              try (var held = tenant.locks().take(change.id(), left)) {
                return attempt.run();
              } catch (EntryLocks.Busy busy) {
                return Optional.empty();
              }
            })
        .orElseThrow(() -> keepWhatTakesAway(change));
  }

  private Optional<Entry> changeHeld(Change change) {
    var taken = read(change).stays(tenant).at(change.ifMatch(), change.source());
    var base = base(taken);
    var wish = wish(change.request().apply(base));
    var kept = target.offBoardingPart(base, wish.resource());
    var run =
        new Run(
            Run.Kind.REQUEST,
            change.action(),
            change.source(),
            taken.entry(),
            taken.open(),
            base,
            kept,
            Optional.of(wish),
            target.asked(base, wish.resource(), taken.entry().applied(), change.names()));
    return drive(run);
  }

  private Optional<Entry> deleteHeld(Change change) {
    var taken = read(change).at(change.ifMatch(), change.source());
    var desired = taken.entry().resource();
    return drive(run(change, taken, desired, desired, Optional.empty()));
  }

  /** Runs now, or inside the quiet time what may be sent then; empty: wait for its end. */
  private Optional<Entry> drive(Run run) {
    if (tenant.leased(run.open())) {
      return Optional.empty();
    }
    if (brake.holds(run)) {
      return Optional.of(held(run));
    }
    if (tenant.quietLeft(run.open()).isPresent()) {
      return run.takesAway() ? Optional.of(urgent(run)) : Optional.empty();
    }
    return Optional.of(runner.drive(certain(run), this::before));
  }

  /** What takes away is wanted from now on, and waits for an operator. */
  private Entry held(Run run) {
    var entry =
        tenant
            .database()
            .write(
                handle -> {
                  tenant.requireUnchanged(handle, run.entry().id(), run.open());
                  if (run.takesAway() && run.entry().life() == Life.LIVE) {
                    keep(handle, run);
                    brake.hold(handle, run.entry().id());
                  }
                  return Taken.visible(handle, tenant.name(), EntryType.USER, run.entry().id())
                      .entry();
                });
    boolean all =
        run.wish()
            .filter(
                wish ->
                    !wish.hasSecrets() && Report.same(EntryType.USER, wish.resource(), run.kept()))
            .isPresent();
    if (all) {
      return entry;
    }
    throw TryLater.unavailable(Duration.ofMinutes(5), InboundBrake.WHY.orElseThrow());
  }

  private Entry urgent(Run run) {
    var urgent =
        new Run(
            Run.Kind.URGENT,
            run.action(),
            run.source(),
            run.entry(),
            run.open(),
            run.base(),
            run.kept(),
            run.wish(),
            run.moved());
    return runner.drive(urgent, begun -> Optional.empty());
  }

  private Optional<PlanOutcome> before(Run begun) {
    return begun.deleting() ? membershipsGone.apply(begun) : Optional.empty();
  }

  /** The run with its doubts read from the PBX; when that fails, what takes away is kept first. */
  private Run certain(Run run) {
    if (run.entry().applied().certain()) {
      return run;
    }
    try {
      return run.with(run.entry().with(probed(run.entry(), run.open())));
    } catch (PbxException.Unavailable e) {
      if (run.takesAway()) {
        keepNow(run);
      }
      throw Answers.later(e);
    }
  }

  /** Keeps what takes away while the doubts cannot be read; whoever was faster has kept more. */
  private void keepNow(Run run) {
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, run.entry().id(), run.open());
              keep(handle, run);
            });
  }

  private Applied probed(Entry entry, Optional<JournalEntry> open) {
    var since = open.map(JournalEntry::openedAt).orElse(entry.createdAt());
    return probe.user(entry.applied(), entry.resource(), since);
  }

  /** Takes up open work whose time has come; nobody waits for an answer. */
  void recover(String id) {
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      RecoveryClaim.take(tenant, id).ifPresent(this::recover);
    } catch (EntryLocks.Busy busy) {
      // whoever holds it does what is to do
    }
  }

  private void recover(RecoveryClaim claim) {
    try {
      recovered(claim);
    } catch (RuntimeException e) {
      claim.release(tenant);
      throw e;
    }
  }

  private void recovered(RecoveryClaim claim) {
    var entry = claim.entry();
    var open = claim.open();
    boolean back = open.direction() == Direction.BACK;
    if (back && entry.life() == Life.CREATING && links.undone(entry, open)) {
      return;
    }
    boolean goes =
        open.wish().isEmpty()
            || entry.life() == Life.DELETED
            || entry.life() == Life.DELETING
            || (back && entry.life() == Life.CREATING);
    var wanted = back ? entry.resource() : open.wish().orElse(entry.resource());
    Applied applied;
    try {
      applied = entry.applied().certain() ? entry.applied() : probed(entry, Optional.of(open));
    } catch (PbxException.Unavailable e) {
      claim.postpone(tenant, e.getMessage());
      return;
    }
    var run =
        new Run(
            Run.Kind.RECOVERY,
            "recover",
            open.source(),
            entry.with(applied),
            Optional.of(open),
            entry.resource(),
            entry.resource(),
            goes ? Optional.empty() : Optional.of(Wish.of(wanted)),
            Set.of());
    runner.drive(run, this::before);
  }

  private Taken read(Change change) {
    return tenant.database().read(handle -> read(handle, change));
  }

  private Taken read(Handle handle, Change change) {
    return Taken.visible(handle, tenant.name(), EntryType.USER, change.id());
  }

  /** What a new request starts from: desired with the off-boarding part of any open wish. */
  private ObjectNode base(Taken taken) {
    var desired = taken.entry().resource();
    return taken
        .open()
        .flatMap(JournalEntry::wish)
        .map(wish -> target.offBoardingPart(desired, wish))
        .orElse(desired);
  }

  private Wish wish(ObjectNode resource) {
    var wish = Wish.of(resource);
    var name = UserTarget.pbxName(wish.resource());
    var extension = UserTarget.extension(wish.resource());
    if (!wish.hasSecrets()) {
      return wish;
    }
    var secrets = secrets();
    return new Wish(
        wish.resource(),
        secrets.newPassword(wish.password(), name, extension),
        secrets.newExtensionPassword(wish.extensionPassword(), name, extension),
        secrets.newVoicemailPin(wish.voicemailPin()));
  }

  private AccountSecrets secrets() {
    try {
      return tenant.secrets();
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e); // the PBX was never asked what it wants of passwords
    }
  }

  /** Nobody let us have the entry in time: what takes away is written into the open work. */
  private TryLater keepWhatTakesAway(Change change) {
    boolean delete = change.action().equals("delete");
    var left =
        tenant
            .database()
            .write(
                handle -> {
                  var taken = read(handle, change).at(change.ifMatch(), change.source());
                  if (taken.entry().life() == Life.DELETING && !delete) {
                    return tenant.quietLeft(taken.open());
                  }
                  var base = base(taken);
                  var wish = delete ? base : Wish.of(change.request().apply(base)).resource();
                  var kept = delete ? base : target.offBoardingPart(base, wish);
                  if (delete || !kept.equals(taken.entry().resource())) {
                    var wanted = delete ? Optional.<Wish>empty() : Optional.of(Wish.of(kept));
                    keep(handle, run(change, taken, base, kept, wanted));
                  }
                  return tenant.quietLeft(taken.open());
                });
    return TryLater.unavailable(
        left.orElse(Duration.ofSeconds(1)), "another write to it is under way");
  }

  /** Writes the off-boarding part into desired and into the open work, in one transaction. */
  private void keep(Handle handle, Run run) {
    var entry = run.entry();
    var inactive = entry.resource().deepCopy().put("active", false);
    var changed =
        run.deleting()
            ? entry.accepted(inactive, tenant.now()).with(Life.DELETING)
            : entry.accepted(run.kept(), tenant.now());
    var why = Optional.of("kept until the phone system can be asked");
    var open = run.open().orElseGet(() -> runner.opened(run).resting(0, tenant.now(), why));
    if (!EntryStore.update(handle, runner.pending(changed))) {
      throw new EntryLocks.Busy();
    }
    Journal.save(
        handle,
        open.wishing(run.deleting() ? Optional.empty() : Optional.of(run.kept()), tenant.now()));
  }

  private static Run run(
      Change change, Taken taken, ObjectNode base, ObjectNode kept, Optional<Wish> wish) {
    return new Run(
        Run.Kind.REQUEST,
        change.action(),
        change.source(),
        taken.entry(),
        taken.open(),
        base,
        kept,
        wish,
        Set.of());
  }
}
