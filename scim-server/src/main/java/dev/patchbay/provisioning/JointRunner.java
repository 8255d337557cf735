package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.provisioning.GroupWrites.Change;
import dev.patchbay.schema.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs membership changes that waited for one group as one, and tells each what became of it. */
final class JointRunner {
  private final Tenant tenant;
  private final EntryType type;
  private final Function<Change, Optional<Entry>> change;

  /**
   * @param change does one change to a group that is held; empty while it is busy
   */
  JointRunner(Tenant tenant, EntryType type, Function<Change, Optional<Entry>> change) {
    this.tenant = tenant;
    this.type = type;
    this.change = change;
  }

  /** The answer of {@code place}, one of those taken or one that others had in hands. */
  Optional<Entry> run(List<JointChanges.Place> taken, JointChanges.Place place) {
    if (taken.size() > 1) {
      runTogether(taken);
    } else {
      taken.forEach(JointChanges.Place::alone);
    }
    return place.answer().or(() -> change.apply(place.change()));
  }

  /** One plan for all; who cannot be told its own success by what became of its rows goes alone. */
  private void runTogether(List<JointChanges.Place> places) {
    Consumer<JointChanges.Place> others = JointChanges.Place::alone;
    try {
      change
          .apply(JointChanges.merged(places))
          .filter(after -> Report.synced(type, after.resource()))
          .ifPresent(after -> places.forEach(each -> each.done(after)));
    } catch (TryLater later) {
      others = each -> each.later(later);
    } catch (JointChanges.NotJoint | Refusal | EntryLocks.Busy each) {
      // Of one of them, or of all: each hears its own.
    } finally {
      tell(places, others);
    }
  }

  /** Nobody is left waiting, whatever keeps us from looking. */
  private void tell(List<JointChanges.Place> places, Consumer<JointChanges.Place> others) {
    try {
      places.stream()
          .filter(each -> !each.told())
          .forEach(each -> landed(each.change()).ifPresent(each::done));
    } finally {
      places.forEach(others);
    }
  }

  /** The group, if it and its rows are as this change wants them. */
  private Optional<Entry> landed(Change change) {
    try {
      return tenant.database().read(handle -> landed(handle, change));
    } catch (Refusal no) {
      return Optional.empty(); // it hears that when it goes alone
    }
  }

  private Optional<Entry> landed(Handle handle, Change change) {
    var entry = Taken.visible(handle, tenant.name(), type, change.id()).entry();
    var patched = change.request().apply(entry.resource());
    var asked = MemberWishes.of(handle, tenant.name(), entry.id(), patched.members());
    var parked = ParkedMembers.of(handle, entry.id());
    var rows = Memberships.of(handle, entry.id(), asked.wishes().keySet());
    boolean there =
        asked.wishes().entrySet().stream()
            .allMatch(
                wish -> landed(Optional.ofNullable(rows.get(wish.getKey())), wish.getValue()));
    var inner = NestedGroups.inner(handle, entry.id());
    boolean nested =
        asked.groups().entrySet().stream()
            .allMatch(it -> inner.contains(it.getKey()) == it.getValue());
    return there
            && nested
            && patched.resource().equals(entry.resource())
            && parked.containsAll(asked.parked())
            && !anyOf(parked, asked.unparked())
        ? Optional.of(entry)
        : Optional.empty();
  }

  private static boolean anyOf(List<String> all, Set<String> some) {
    return all.stream().anyMatch(some::contains);
  }

  /** Whoever comes in is wanted from now on; whoever goes must be gone from the PBX. */
  private static boolean landed(Optional<Membership> row, boolean wanted) {
    return wanted
        ? row.filter(it -> it.desired() && it.wish()).isPresent()
        : row.filter(it -> it.desired() || !it.holdsWish() || it.wish()).isEmpty();
  }
}
