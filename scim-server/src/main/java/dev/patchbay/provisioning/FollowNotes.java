package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Notes how far a target is, and shows it, in one commit. */
final class FollowNotes {
  /** A refusal is not asked about again at once; the next version of the user is. */
  private static final Duration LATER = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Tenant tenant;

  FollowNotes(Tenant tenant) {
    this.tenant = tenant;
  }

  /** It could not be done now; a name that was noted for it stays. */
  void later(Followed read, String why, Duration pause) {
    var due = tenant.now().plus(pause);
    alter(read, now -> now.standing(Report.State.PENDING, Optional.of(why), due));
  }

  void refused(Followed read, long version, String why) {
    var due = tenant.now().plus(LATER);
    alter(read, now -> now.tried(version).standing(Report.State.BLOCKED, Optional.of(why), due));
  }

  /** By the brake of the tenant; whoever releases it, or takes the wish back, wakes the target. */
  void held(Followed read) {
    alter(read, now -> now.standing(Report.State.PENDING, InboundBrake.WHY, Followed.NOT_DUE));
  }

  private void alter(Followed read, UnaryOperator<Followed> change) {
    tenant
        .database()
        .run(
            handle -> {
              var now = FollowedRows.findOrNot(handle, read.type(), read.entryId(), read.target());
              var next = change.apply(now);
              if (!next.equals(now)) {
                save(handle, next);
              }
            });
  }

  void done(Followed before, Followed row) {
    write(before, row.standing(Report.State.SYNCED, Optional.empty(), Followed.NOT_DUE));
  }

  /** All is done but the secrets that were read, which are refused and not kept. */
  void dropped(Followed read, String why) {
    tenant
        .database()
        .run(
            handle ->
                FollowedRows.find(handle, read.entryId(), read.target())
                    .ifPresent(
                        now -> {
                          boolean same = now.secrets().equals(read.secrets());
                          var left = same ? now.withSecrets(Optional.empty()) : now;
                          save(handle, left.lackingSecrets(why));
                        }));
  }

  /**
   * Before it is made: its name, by which whoever goes on after a crash finds it.
   *
   * @throws TryLater if the entry is another one than was read: it may be gone, and its sender told
   * @throws Refusal if the name would find somebody else's
   */
  void begin(Followed before, Followed row, Entry entry, InnerEntries inner) {
    tenant
        .database()
        .run(
            handle -> {
              boolean same =
                  EntryStore.find(handle, entry.id())
                      .filter(now -> now.version() == entry.version() && now.life() == entry.life())
                      .isPresent();
              if (!same) {
                throw TryLater.unavailable(SOON, "it changes at this moment");
              }
              inner.requireFree(handle, before, row);
              note(handle, before, row);
            });
  }

  /**
   * Notes {@code row}; secrets that came in since {@code before} was read stay.
   *
   * @param before as it was read
   */
  void write(Followed before, Followed row) {
    tenant.database().run(handle -> note(handle, before, row));
  }

  private void note(Handle handle, Followed before, Followed row) {
    var now = FollowedRows.find(handle, row.entryId(), row.target());
    var newer =
        now.flatMap(Followed::secrets).filter(it -> !before.secrets().equals(Optional.of(it)));
    var noted = row.withSecrets(newer.or(row::secrets));
    if (!now.equals(Optional.of(noted))) {
      save(handle, noted);
    }
  }

  private void save(Handle handle, Followed row) {
    FollowedRows.save(handle, row);
    tenant.targets().report().show(handle, tenant, row.type(), row.entryId());
  }
}
