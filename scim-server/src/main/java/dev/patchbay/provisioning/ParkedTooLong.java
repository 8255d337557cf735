package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.ParkedMembers;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops members whom nobody made in time. Reads show them until then, so that what they show
 * changes with the version of the group.
 */
final class ParkedTooLong {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedTooLong.class);
  private static final Duration MOST_PAUSE = Duration.ofMinutes(1);
  private static final int LOOKS = 10; // while a member is waited for

  private final Tenant tenant;
  private Instant next = Instant.MIN;

  ParkedTooLong(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Drops those whose time is over, if it has not looked for them just now. */
  void look() {
    var now = tenant.now();
    if (now.isBefore(next)) {
      return;
    }
    var pause = tenant.policy().parkFor().dividedBy(LOOKS);
    next = now.plus(pause.compareTo(MOST_PAUSE) < 0 ? pause : MOST_PAUSE);
    tenant
        .database()
        .read(handle -> ParkedMembers.expired(handle, tenant.name(), now))
        .forEach(group -> tenant.database().run(handle -> drop(handle, group, now)));
  }

  /** A group that somebody has in hands is for the next look. */
  private void drop(Handle handle, String group, Instant now) {
    var entry =
        Taken.find(handle, group)
            .filter(taken -> !tenant.leased(taken.open()))
            .map(Taken::entry)
            .filter(it -> it.life() == Life.LIVE);
    if (entry.isPresent() && EntryStore.claim(handle, entry.get())) {
      var moved = entry.get().accepted(entry.get().resource(), now).claimed();
      EntryStore.update(handle, moved);
      int dropped = ParkedMembers.drop(handle, group, now);
      LOG.info(
          "unknown members dropped resource={}/{} count={}",
          EntryType.GROUP.endpoint(),
          group,
          dropped);
    }
  }
}
