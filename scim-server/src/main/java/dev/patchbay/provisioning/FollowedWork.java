package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import dev.patchbay.journal.Direction;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.schema.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What a target refused, as operators see it among the target's open work. It is in no journal: the
 * target has nothing of it, and the tenant's entry has its id.
 */
final class FollowedWork {
  private final String target;

  /**
   * @param target the inner tenant; without rows for any other tenant
   */
  FollowedWork(String target) {
    this.target = target;
  }

  /** With the journal's own, in its order. */
  List<OpenWork> with(Handle handle, List<OpenWork> open, int limit) {
    var refused = FollowedRows.refused(handle, target, limit).stream();
    return Stream.concat(open.stream(), refused.map(row -> work(handle, row)))
        .sorted(OpenWork.FIRST)
        .limit(limit)
        .toList();
  }

  OpenWork.Summary with(Handle handle, OpenWork.Summary open) {
    var refused = FollowedRows.refused(handle, target);
    return new OpenWork.Summary(
        open.waiting(),
        open.blocked() + refused.all(),
        open.offBoarding() + refused.offBoarding(),
        Stream.of(open.oldest(), refused.oldest())
            .flatMap(Optional::stream)
            .min(Instant::compareTo));
  }

  private OpenWork work(Handle handle, Followed row) {
    var entry = EntryStore.find(handle, row.entryId());
    var resource = entry.map(Entry::resource);
    boolean stays = resource.map(it -> it.path("active").asBoolean(true)).orElse(false);
    var since = entry.map(Entry::modifiedAt).orElse(row.dueAt());
    var work =
        new JournalEntry(
            row.entryId(),
            target,
            resource,
            0,
            Direction.FORWARD,
            row.version(),
            "tenant",
            !stays,
            Set.of(),
            row.reason(),
            Optional.empty(),
            1,
            row.dueAt(),
            Optional.empty(),
            since,
            new SecretSlot.Empty());
    return new OpenWork(work, row.type().scimName(), row.name(), OpenWork.State.BLOCKED);
  }

  /** Asks the target again; false if it refused nothing of this entry. */
  boolean retry(Handle handle, String entryId, Instant now) {
    var row = FollowedRows.refused(handle, target, entryId);
    row.ifPresent(it -> FollowedRows.save(handle, it.standing(it.state(), it.reason(), now)));
    return row.isPresent();
  }

  /**
   * Lets go what the tenant has no more and the target cannot let go: it stays there.
   *
   * @return false if there is nothing of this entry here
   * @throws Refusal {@code CONFLICT} for what the tenant still wants: it is taken back there
   */
  boolean cancel(Handle handle, String entryId) {
    if (isInner(handle, entryId)) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, "it is what the tenant wants: change or take it back there");
    }
    var row =
        FollowedRows.refused(handle, target, entryId)
            .filter(it -> EntryStore.find(handle, entryId).isEmpty());
    row.ifPresent(it -> FollowedRows.forget(handle, it));
    return row.isPresent();
  }

  /**
   * Has the entry's account be the one that is left under its name there, and is nobody's: only a
   * person knows that it is the same person's.
   *
   * @throws Refusal {@code NOT_FOUND} if nothing of the entry is refused here, {@code CONFLICT} if
   *     there is no such account, or the entry has another one, which nobody would take away
   */
  void adopt(Handle handle, String entryId, Instant now) {
    var row =
        FollowedRows.refused(handle, target, entryId)
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "nothing is refused of " + Refusal.quoted(entryId)));
    if (row.innerId().flatMap(id -> EntryStore.find(handle, id)).isPresent()) {
      throw new Refusal(Refusal.Kind.CONFLICT, "it has an account of its own there");
    }
    var left =
        EntryStore.find(handle, entryId)
            .flatMap(entry -> new Reservations(target).holder(handle, name(entry)))
            .flatMap(it -> it instanceof Holder.Taken there ? Optional.of(there) : Optional.empty())
            .flatMap(it -> EntryStore.find(handle, it.entryId()))
            .filter(it -> it.life() == Life.LIVE)
            .filter(it -> FollowedRows.following(handle, target, it.id()).isEmpty())
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Kind.CONFLICT, "no account of nobody's has its name there"));
    var adopted = Optional.of("an operator gave it the account of its name");
    FollowedRows.save(
        handle, row.of(Optional.of(left.id())).standing(Report.State.PENDING, adopted, now));
  }

  private static Reservation name(Entry entry) {
    return entry.type() == EntryType.GROUP
        ? new Reservation(
            Reservation.Kind.GROUP_NAME, entry.resource().path("displayName").asText())
        : new Reservation(Reservation.Kind.USER_NAME, entry.resource().path("userName").asText());
  }

  private boolean isInner(Handle handle, String entryId) {
    return handle
        .createQuery("select 1 from followed where target = :target and inner_id = :inner")
        .bind("target", target)
        .bind("inner", entryId)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }
}
