package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.mapping.Granted;
import dev.patchbay.mapping.Grants;
import dev.patchbay.mapping.Grants.Grant;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.schema.Refusal;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings to users what membership of a group gives, or takes it away: a write on the user like any
 * other, with the user's own journal. The member's row is done when the PBX has it, and open until
 * then: whatever ends a process in between, the group's journal asks again.
 */
final class GrantRunner {
  private static final String WAITS = "a member's own work is not done yet";

  private final Tenant tenant;
  private final UserTarget target;
  private final Function<UserWrites.Change, Entry> users;

  /**
   * @param users makes a change to a user true
   */
  GrantRunner(Tenant tenant, UserTarget target, Function<UserWrites.Change, Entry> users) {
    this.tenant = tenant;
    this.target = target;
    this.users = users;
  }

  MemberOutcome send(Granted kind, String what, Membership row, String source) {
    if (settled(kind, row)) {
      return done(row);
    }
    var grant = new Grant(row.groupId(), kind, what);
    try {
      var unused = users.apply(change(grant, row, source));
      return settled(kind, row) ? done(row) : waits(row);
    } catch (TryLater later) {
      return putOff(row, later);
    } catch (Refusal no) {
      return no.kind() == Refusal.Kind.NOT_FOUND
          ? done(row) // it is being deleted, out of all its groups
          : new MemberOutcome.Refused(row, new PbxException.Rejected(reason(no), no.detail()));
    }
  }

  private static MemberOutcome done(Membership row) {
    return new MemberOutcome.Done(row.known(row.wish()));
  }

  private UserWrites.Change change(Grant grant, Membership row, String source) {
    return new UserWrites.Change(
        Action.GRANT,
        source,
        row.userId(),
        new IfMatch.Any(),
        Grants.LABEL::equals,
        (base, impossible) ->
            row.wish() ? given(base, grant) : Grants.without(base, grant.group()::equals));
  }

  private ObjectNode given(ObjectNode base, Grant grant) {
    var wish = Grants.with(base, grant);
    target.checkChange(base, wish);
    return wish;
  }

  /**
   * Whether the PBX holds what the row wishes, and no open work of the user's is to change that.
   */
  private boolean settled(Granted kind, Membership row) {
    return tenant
        .database()
        .read(handle -> Taken.find(handle, row.userId()))
        .map(user -> user.entry().life() != Life.LIVE || holds(user, kind, row))
        .orElse(true);
  }

  private boolean holds(Taken user, Granted kind, Membership row) {
    var resource = user.entry().resource();
    var wish = user.open().filter(open -> !open.goesBack()).flatMap(open -> open.wish());
    return Grants.has(resource, row.groupId()) == row.wish()
        && wish.map(it -> Grants.has(it, row.groupId()) == row.wish()).orElse(true)
        && onPbx(user.entry(), kind);
  }

  /** One whom the PBX lost comes back with what his groups give. */
  private boolean onPbx(Entry user, Granted kind) {
    return user.applied().existence() == Applied.Existence.ABSENT
        || Collections.disjoint(target.unheld(user.resource(), user.applied()), kind.fields());
  }

  /**
   * Of a PBX that does not answer, the others need not be asked; a user that is busy just waits.
   */
  private MemberOutcome putOff(Membership row, TryLater later) {
    var cause = later.throttled() ? PbxException.Cause.THROTTLED : PbxException.Cause.UNREACHABLE;
    boolean away = tenant.reachability().last().equals(Optional.of(false));
    return away || later.throttled()
        ? new MemberOutcome.Deferred(
            row.doubtful(), new PbxException.Unavailable(cause, later.after(), later.detail()))
        : waits(row);
  }

  /** What the user's own work makes of it is not known: whoever wants it otherwise must ask. */
  private static MemberOutcome waits(Membership row) {
    return new MemberOutcome.Waits(row.doubtful(), WAITS);
  }

  private static Reason reason(Refusal no) {
    return switch (no.kind()) {
      case FORBIDDEN -> Reason.FORBIDDEN;
      case UNIQUENESS, CONFLICT -> Reason.CONFLICT;
      case UNSUPPORTED -> Reason.UNSUPPORTED;
      default -> Reason.INVALID;
    };
  }
}
