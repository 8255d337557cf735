package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.Reservation;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a target to what the tenant wants of one user. It compares versions, so that nothing has
 * to be noted when the user changes, and whoever was killed in between is continued by anybody.
 *
 * <p>All it goes by is read in one snapshot, under a lease, and whatever it changes is changed at
 * the version that it read: of two followers the one that saw less is turned away.
 */
final class Follower implements Following {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int ATTEMPTS = 5;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Tenant tenant;
  private final Target target;
  private final Sender sender;
  private final InnerEntries inner;
  private final TargetBody body;
  private final FollowNotes notes;
  private final FilterChange filter;
  private final InTheWay inTheWay;

  Follower(Tenant tenant, Target target) {
    this.tenant = tenant;
    this.target = target;
    this.sender = new Sender("tenant " + tenant.name(), IdentityProvider.AUTO);
    this.inner = new InnerEntries(target, Reservation.Kind.USER_NAME);
    this.body = new TargetBody(tenant, target);
    this.notes = new FollowNotes(tenant);
    this.filter = new FilterChange(tenant, target);
    this.inTheWay = new InTheWay(tenant, target);
  }

  /**
   * What there is, of one moment.
   *
   * @param user of the tenant; empty: gone for good
   * @param inner the target's; empty: none, or none any more
   * @param held whether an operator has to look first
   */
  private record Seen(Optional<Entry> user, Followed row, Optional<Entry> inner, boolean held) {
    /** Until its deletion is done here it may be taken back: it is only out of work there. */
    boolean wanted(Target target) {
      return visible() && target.wanted().test(user.orElseThrow().resource());
    }

    boolean visible() {
      return user.filter(it -> it.life().visible()).isPresent();
    }

    boolean worksThere() {
      return inner.map(Entry::life).filter(it -> it == Life.LIVE).isPresent();
    }

    boolean active() {
      return user.orElseThrow().resource().path("active").asBoolean(true);
    }

    Seen withoutSecrets() {
      return new Seen(user, row.withSecrets(Optional.empty()), inner, held);
    }
  }

  /** Goes as far as it can now; what is left is due again. */
  @Override
  public void follow(String id, FollowLease lease) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!lease.renewed()) {
        return;
      }
      var seen = seen(id);
      if (seen.user().map(Entry::life).filter(Life::creating).isPresent()) {
        return; // nobody was told of it yet
      }
      if (seen.held()) {
        notes.held(seen.row());
        return;
      }
      try {
        step(seen);
        return;
      } catch (TryLater later) {
        notes.later(seen.row(), later.detail(), SOON);
        return;
      } catch (Refusal refusal) {
        if (!overtaken(refusal)) {
          if (refusal.kind() != Refusal.Kind.UNIQUENESS || !stepsAside(seen)) {
            refused(seen, refusal);
          }
          return;
        }
      }
    }
    notes.later(seen(id).row(), "other writes to it are under way", SOON);
  }

  /**
   * For who has what this one is to have and is to have something else, too.
   *
   * @return false where that is not so, or it cannot step aside
   */
  private boolean stepsAside(Seen seen) {
    var user = seen.user().orElseThrow();
    var way = inTheWay.of(user);
    if (way == InTheWay.Way.TAKEN || (way == InTheWay.Way.CIRCLE && seen.inner().isEmpty())) {
      return false;
    }
    if (way == InTheWay.Way.CIRCLE) {
      try {
        var unused = replace(seen.inner().orElseThrow(), body.aside(user));
      } catch (Refusal no) {
        return false;
      } catch (TryLater later) {
        // again soon
      }
    }
    notes.later(seen.row(), InTheWay.WHY, SOON);
    return true;
  }

  static boolean overtaken(Refusal refusal) {
    return refusal.kind() == Refusal.Kind.PRECONDITION_FAILED
        || refusal.kind() == Refusal.Kind.NOT_FOUND;
  }

  private Seen seen(String id) {
    return tenant.database().read(handle -> seen(handle, id));
  }

  private Seen seen(Handle handle, String id) {
    var row = FollowedRows.findOrNot(handle, EntryType.USER, id, target.tenant());
    var user = EntryStore.find(handle, tenant.name(), EntryType.USER, id);
    var found = inner.of(handle, row).filter(it -> it.life() != Life.RETAINED);
    return new Seen(user, row, found, InboundBrake.held(handle, id));
  }

  private void step(Seen seen) {
    if (seen.wanted(target)) {
      wanted(seen);
    } else if (seen.worksThere() && seen.visible() && filter.holds()) {
      stays(seen, seen.user().orElseThrow(), seen.inner().orElseThrow());
    } else {
      unwanted(seen);
    }
  }

  /** Out of the filter, and held: until it is released it is as the tenant says there, too. */
  private void stays(Seen seen, Entry user, Entry inner) {
    var row = seen.row().of(Optional.of(inner.id()));
    notes.write(seen.row(), row);
    var now =
        seen.row().has(user) ? inner : replace(inner, body.ofKnown(user, seen.row().secrets()));
    if (shown(now, "state").equals("synced")) {
      var why = Optional.of(FilterChange.WHY);
      notes.write(
          seen.row(), row.accepting(user).standing(Report.State.PENDING, why, Followed.NOT_DUE));
    } else {
      standing(seen.row(), row.accepting(user), now);
    }
  }

  private void wanted(Seen seen) {
    var user = seen.user().orElseThrow();
    if (seen.worksThere() && seen.row().lacksSecrets(user)) {
      notes.write(seen.row(), seen.row()); // says so until the next version
    } else if (seen.worksThere() && seen.row().has(user)) {
      standing(seen.row(), seen.row(), seen.inner().orElseThrow());
    } else if (seen.worksThere()) {
      change(seen, user, seen.inner().orElseThrow());
    } else if (seen.inner().filter(it -> !it.life().creating()).isPresent()) {
      waits(seen, "its deletion is under way");
    } else if (seen.active()) {
      create(seen, user);
    } else if (seen.inner().isPresent()) {
      throw TryLater.unavailable(SOON, "its making is under way");
    } else { // nobody to take anything from; secrets wait for who comes back
      var row = seen.row().of(Optional.empty()).accepting(user);
      notes.done(seen.row(), row.withSecrets(seen.row().secrets()));
    }
  }

  private void change(Seen seen, Entry user, Entry inner) {
    var row = seen.row().of(Optional.of(inner.id()));
    notes.write(seen.row(), row); // before its name changes, by which it was found
    var wish = body.ofKnown(user, seen.row().secrets());
    var changed = replace(inner, wish);
    standing(seen.row(), row.accepting(user), changed);
  }

  private Entry replace(Entry inner, ObjectNode wish) {
    var at = new IfMatch.OneOf(inner.etag());
    return target.provisioner().replace(EntryType.USER, sender, inner.id(), at, wish);
  }

  private void create(Seen seen, Entry user) {
    var name = user.resource().path("userName").asText();
    var row = seen.row().of(Optional.empty()).begun(name);
    notes.begin(seen.row(), row, user, inner);
    try {
      var wish = body.ofNew(user, seen.row().secrets());
      var made = target.provisioner().create(EntryType.USER, sender, wish);
      standing(seen.row(), row.of(Optional.of(made.id())).accepting(user), made);
      Memberships.groupsOf(tenant.database(), user.id())
          .forEach(group -> tenant.targets().wake(Followee.group(group)));
    } catch (Refusal refusal) {
      if (refusal.kind() != Refusal.Kind.UNIQUENESS
          || seen(seen.row().entryId()).inner().isEmpty()) {
        throw refusal;
      }
      throw TryLater.unavailable(SOON, "it was made at this moment");
    }
  }

  private void unwanted(Seen seen) {
    if (seen.inner().isEmpty()) {
      gone(seen);
      return;
    }
    var inner = seen.inner().orElseThrow();
    switch (inner.life()) {
      case LIVE -> {
        notes.write(seen.row(), seen.row().of(Optional.of(inner.id())));
        var at = new IfMatch.OneOf(inner.etag());
        try {
          target.provisioner().delete(EntryType.USER, sender, inner.id(), at);
        } catch (TryLater later) {
          waits(seen(seen.row().entryId()), later.detail());
          return;
        }
        var left = seen(seen.row().entryId());
        if (left.inner().isEmpty()) {
          gone(left);
        } else {
          waits(left, "its deletion is under way");
        }
      }
      case DELETING, DELETED, RETAINED -> waits(seen, "its deletion is under way");
      case CREATING, REVIVING -> throw TryLater.unavailable(SOON, "its making is under way");
    }
  }

  /** The target has nothing of the user any more. */
  private void gone(Seen seen) {
    var row = seen.row().of(Optional.empty()).begun("");
    if (seen.user().isPresent()) {
      notes.done(seen.row(), row.accepting(seen.user().orElseThrow()));
    } else {
      tenant.database().run(handle -> FollowedRows.forget(handle, row));
    }
  }

  /** The target is at it by itself, and will be heard of when it is done. */
  private void waits(Seen seen, String why) {
    var row = seen.row().of(seen.inner().map(Entry::id));
    boolean blocked = seen.inner().filter(it -> shown(it, "state").equals("blocked")).isPresent();
    var state = blocked ? Report.State.BLOCKED : Report.State.PENDING;
    var reason =
        seen.inner().map(it -> shown(it, "lastError")).filter(it -> !it.isEmpty()).orElse(why);
    notes.write(seen.row(), row.standing(state, Optional.of(reason), Followed.WAITS));
  }

  private static String shown(Entry inner, String of) {
    return inner.resource().path(ResourceTypes.PBX_USER).path("provisioning").path(of).asText();
  }

  /** The target accepted the user; how far it is with it. */
  private void standing(Followed before, Followed row, Entry inner) {
    var why = Optional.of(shown(inner, "lastError")).filter(it -> !it.isEmpty());
    switch (Report.State.of(shown(inner, "state"))) {
      case SYNCED -> // with what is to be sent again
          notes.write(before, row.standing(Report.State.SYNCED, why, Followed.NOT_DUE));
      case PENDING -> notes.write(before, row.standing(Report.State.PENDING, why, Followed.WAITS));
      case BLOCKED -> notes.write(before, row.standing(Report.State.BLOCKED, why, Followed.WAITS));
      case ORPHANED -> {
        var gone = why.or(() -> Optional.of("the user is gone from it"));
        notes.write(before, row.standing(Report.State.ORPHANED, gone, Followed.NOT_DUE));
      }
    }
  }

  /** What is refused stays wanted here; a secret that is refused keeps nothing else from going. */
  private void refused(Seen seen, Refusal refusal) {
    if (seen.row().secrets().isEmpty()) {
      takeAway(seen);
      blocked(seen, refusal);
      return;
    }
    var without = seen.withoutSecrets();
    try {
      step(seen(seen.row().entryId()).withoutSecrets());
    } catch (Refusal again) {
      if (overtaken(again)) {
        notes.later(without.row(), again.detail(), SOON);
        return;
      }
      takeAway(without);
      blocked(without, again);
      return;
    } catch (TryLater later) {
      notes.later(without.row(), later.detail(), SOON);
      return;
    }
    notes.dropped(seen.row(), refusal.detail());
  }

  private void blocked(Seen seen, Refusal refusal) {
    long version = seen.user().map(Entry::version).orElse(0L);
    notes.refused(seen.row(), version, refusal.detail());
  }

  /** A wish that is refused as a whole must not keep a person in, or with a role. */
  private void takeAway(Seen refused) {
    var seen = seen(refused.row().entryId());
    if (!seen.worksThere() || !seen.wanted(target)) {
      return;
    }
    var inner = seen.inner().orElseThrow();
    var wish = body.ofKnown(seen.user().orElseThrow(), Optional.empty());
    var less = target.provisioner().takingAway(inner.resource(), wish);
    if (!less.equals(inner.resource())) {
      try {
        var unused = replace(inner, less);
      } catch (Refusal | TryLater also) {
        LOG.error(
            "alarm: not taken away user={} pbx={} reason=\"{}\"",
            seen.row().entryId(),
            target.tenant(),
            also.getMessage());
      }
    }
  }
}
