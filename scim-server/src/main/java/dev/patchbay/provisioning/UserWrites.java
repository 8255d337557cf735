package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Impossible;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Changes and deletions of users: taking the entry, keeping what takes away, and recovery. */
final class UserWrites {
  /** The fields that let somebody in, or do more. */
  private static final Set<PbxField> POWERS =
      Set.of(PbxField.ENABLED, PbxField.ROLE, PbxField.MICROSOFT365);

  private final Tenant tenant;
  private final UserTarget target;
  private final UserRunner runner;
  private final Probe probe;
  private final UserRunner.Before membershipsGone;
  private final UserLinks links;
  private final InboundBrake brake;
  private final Renaming renaming;

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
    this.probe = new Probe(tenant.adapter(), target);
    this.membershipsGone = membershipsGone;
    this.brake = new InboundBrake(tenant);
    this.renaming = new Renaming(tenant);
  }

  /** A request: the attributes it names, by label, and what it makes of a resource. */
  record Change(
      Action action,
      String source,
      String id,
      IfMatch ifMatch,
      Predicate<String> names,
      Request request) {}

  /** What a request makes of a resource. */
  interface Request {
    ObjectNode of(ObjectNode base, Impossible impossible);
  }

  Entry change(Change change) {
    return waiting(change, () -> changeHeld(change));
  }

  void delete(String source, String id, IfMatch ifMatch) {
    var delete =
        new Change(Action.DELETE, source, id, ifMatch, name -> false, (base, impossible) -> base);
    waiting(delete, () -> deleteHeld(delete));
  }

  /** Repeats the attempt until the time to wait is used up; then keeps what takes away. */
  private Entry waiting(Change change, Supplier<Optional<Entry>> attempt) {
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .holding(tenant.locks(), change.id(), attempt)
        .orElseThrow(() -> keepWhatTakesAway(change));
  }

  private Optional<Entry> changeHeld(Change change) {
    var taken = read(change).stays(tenant).at(change.ifMatch(), change.source());
    var base = base(taken);
    var said = Wish.of(change.request().of(base, Impossible.REFUSED));
    var asked = renaming.named(taken.entry().id(), base, said);
    var kept = target.offBoardingPart(base, asked.resource());
    if (givesBack(change, taken.open(), base, asked.resource())) {
      throw TryLater.unavailable(
          Duration.ofSeconds(5), "what another source takes away of it is under way");
    }
    var wish = checked(asked, () -> run(change, taken, base, kept, asked));
    return drive(run(change, taken, base, kept, wish));
  }

  /** Whether the request would undo what another source is still taking away. */
  private boolean givesBack(
      Change change, Optional<JournalEntry> open, ObjectNode base, ObjectNode wish) {
    boolean anothers =
        open.filter(JournalEntry::offBoarding)
            .filter(work -> !work.source().equals(change.source()))
            .isPresent();
    // What leads back from the wish takes away just what the wish gives.
    var back = target.offBoardingPart(/* base= */ wish, /* wish= */ base);
    return anothers && !back.equals(wish);
  }

  private Run run(Change change, Taken taken, ObjectNode base, ObjectNode kept, Wish wish) {
    return new Run(
        Run.Kind.REQUEST,
        change.action(),
        change.source(),
        taken.entry(),
        taken.open(),
        base,
        kept,
        Optional.of(wish),
        target.asked(base, wish.resource(), taken.entry().applied(), change.names()));
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
    try {
      return Optional.of(runner.drive(certain(run), this::before));
    } catch (PbxException.Unavailable e) {
      throw putOff(run, e);
    }
  }

  /** The PBX had to be asked first and could not be: what takes away is kept. */
  private TryLater putOff(Run run, PbxException.Unavailable cause) {
    if (run.takesAway() || withdraws(run)) {
      keepNow(run);
    }
    return Answers.later(cause);
  }

  private boolean withdraws(Run run) {
    return run.wish()
        .filter(wish -> withdraws(run.open(), wish.resource(), run.moved()))
        .isPresent();
  }

  /**
   * Whether the request asks for less than open work, of which nobody was told yet, would give:
   * that work may be done already, although reads show what was before.
   */
  private boolean withdraws(Optional<JournalEntry> open, ObjectNode wish, Set<PbxField> asked) {
    return POWERS.stream().anyMatch(asked::contains)
        && open.filter(work -> !work.goesBack())
            .flatMap(JournalEntry::wish)
            .filter(given -> !target.offBoardingPart(given, wish).equals(given))
            .isPresent();
  }

  /** What takes away is wanted from now on, and waits for an operator. */
  private Entry held(Run run) {
    var entry =
        tenant
            .database()
            .write(
                handle -> {
                  tenant.requireUnchanged(handle, run.entry().id(), run.open());
                  boolean takes = run.takesAway() || withdraws(run);
                  if (takes && run.entry().life() == Life.LIVE) {
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

  /** The run with its doubts read from the PBX. */
  private Run certain(Run run) {
    return run.entry().applied().certain() ? run : run.with(probed(run.entry(), run.open()));
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

  private Entry probed(Entry entry, Optional<JournalEntry> open) {
    var since = open.map(JournalEntry::openedAt).orElse(entry.createdAt());
    var applied = probe.user(entry.applied(), entry.resource(), since);
    boolean gone = entry.applied().ref().isPresent() && applied.ref().isEmpty();
    if (!gone) {
      return entry.with(applied);
    }
    var shown =
        Report.of(
            EntryType.USER,
            entry.resource(),
            Report.State.ORPHANED,
            Optional.empty(),
            tenant.now());
    return entry.with(applied).with(shown);
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
      tenant.targets().wake(Followee.user(claim.entry().id())); // what the brake held, say
    } catch (RuntimeException e) {
      claim.release(tenant);
      throw e;
    }
  }

  private void recovered(RecoveryClaim claim) {
    var open = claim.open();
    var entry = open.goesBack() ? before(claim.entry()) : claim.entry();
    boolean back = open.goesBack();
    if (back && entry.life() == Life.CREATING && links.undone(entry, open)) {
      return;
    }
    boolean goes =
        open.wish().isEmpty()
            || entry.life() == Life.DELETED
            || entry.life() == Life.DELETING
            || (back && entry.life().creating());
    var wanted = back ? entry.resource() : open.wish().orElse(entry.resource());
    try {
      var known = entry.applied().certain() ? entry : probed(entry, Optional.of(open));
      if (goes && known.applied().existence() == Applied.Existence.MAYBE) {
        claim.rest(tenant, "the pbx does not show whether it has the user; look there");
        return;
      }
      var run =
          new Run(
              Run.Kind.RECOVERY,
              Action.RECOVER,
              open.source(),
              known,
              Optional.of(open),
              entry.resource(),
              entry.resource(),
              goes ? Optional.empty() : Optional.of(unsealed(open, Wish.of(wanted))),
              Set.of());
      runner.drive(run, this::before);
    } catch (PbxException.Unavailable e) {
      claim.postpone(tenant, e);
    }
  }

  /** A retained user whose return was refused is again who it was. */
  private Entry before(Entry entry) {
    return entry.life() == Life.REVIVING
        ? tenant
            .database()
            .read(handle -> BeforeWork.find(handle, entry.id()))
            .map(it -> entry.with(it.resource()))
            .orElse(entry)
        : entry;
  }

  /** With the secrets that were left to be set, unless the wish was refused. */
  private Wish unsealed(JournalEntry open, Wish wish) {
    return open.secrets() instanceof SecretSlot.Sealed sealed && !open.goesBack()
        ? tenant.seal().flatMap(seal -> seal.open(open.entryId(), sealed, wish)).orElse(wish)
        : wish;
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

  /** The wish, its secrets as the PBX takes them; it may have to be asked how that is. */
  private Wish checked(Wish wish, Supplier<Run> run) {
    if (!wish.hasSecrets()) {
      return wish;
    }
    var name = UserTarget.pbxName(wish.resource());
    var extension = UserTarget.extension(wish.resource());
    try {
      var secrets = tenant.secrets();
      return new Wish(
          wish.resource(),
          secrets.newPassword(wish.password(), name, extension),
          secrets.newExtensionPassword(wish.extensionPassword(), name, extension),
          secrets.newVoicemailPin(wish.voicemailPin()));
    } catch (PbxException.Unavailable e) {
      throw putOff(run.get(), e);
    }
  }

  /** Nobody let us have the entry in time: what takes away is written into the open work. */
  private TryLater keepWhatTakesAway(Change change) {
    boolean delete = change.action() == Action.DELETE;
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
                  var wish =
                      delete
                          ? base
                          : Wish.of(change.request().of(base, Impossible.REFUSED)).resource();
                  var kept = delete ? base : target.offBoardingPart(base, wish);
                  if (delete
                      || !kept.equals(taken.entry().resource())
                      || withdraws(taken.open(), wish, target.named(change.names()))) {
                    var wanted = delete ? Optional.<Wish>empty() : Optional.of(Wish.of(kept));
                    var run = run(change, taken, base, kept, wanted);
                    boolean waits = brake.holds(handle, run);
                    keep(handle, run);
                    if (waits) {
                      brake.hold(handle, change.id());
                    }
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
    var open =
        run.open().orElseGet(() -> runner.beginning().opened(run).resting(0, tenant.now(), why));
    if (!EntryStore.update(handle, runner.beginning().pending(changed))) {
      throw new EntryLocks.Busy();
    }
    Journal.save(
        handle,
        open.wishing(
            run.deleting() ? Optional.empty() : Optional.of(run.kept()),
            run.source(),
            tenant.now()));
    runner.beginning().noteBefore(handle, run, changed);
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
