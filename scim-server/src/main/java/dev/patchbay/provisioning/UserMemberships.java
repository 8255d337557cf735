package dev.patchbay.provisioning;

import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.NestedGroups.Way;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The member rows of a user that comes, goes or comes back, which belong to its groups. */
final class UserMemberships {
  private static final Logger LOG = LoggerFactory.getLogger(UserMemberships.class);

  private final Tenant tenant;
  private final UnclaimedChanges unclaimed;
  private final GroupRecovery groups;

  UserMemberships(Tenant tenant, UnclaimedChanges unclaimed, GroupRecovery groups) {
    this.tenant = tenant;
    this.unclaimed = unclaimed;
    this.groups = groups;
  }

  /** In the commit that begins a delete: the user is to be in no group. */
  void flagOff(Handle handle, String userId, String source) {
    for (Membership row : Memberships.ofUser(handle, userId)) {
      Memberships.save(handle, List.of(row.wishing(false).desiring(false)));
      if (row.applied() || row.maybe()) {
        unclaimed.left(handle, row.groupId(), source);
      } else {
        unclaimed.shown(handle, row.groupId());
      }
    }
  }

  /** The groups it was put into; into others it comes by these. */
  List<String> groups(Handle handle, String userId) {
    return Memberships.ofUser(handle, userId).stream()
        .filter(row -> row.desired() && row.way() == Way.DIRECT)
        .map(Membership::groupId)
        .toList();
  }

  /** A user that was to go stays, in the groups it was in. */
  void stays(Handle handle, Entry user, List<String> groups, String source) {
    for (String group : groups) {
      var rows = MemberRows.of(handle, tenant.name(), group, Map.of(user.id(), true));
      boolean there =
          EntryStore.find(handle, group).filter(it -> it.life() == Life.LIVE).isPresent();
      if (there) {
        in(handle, group, rows, source);
      }
    }
  }

  /** In the commit that begins to make a user again: nobody knows which groups it is in. */
  void lost(Handle handle, String userId, String source) {
    for (Membership row : Memberships.ofUser(handle, userId)) {
      Memberships.save(handle, List.of(row.doubtful()));
      unclaimed.due(handle, row.groupId(), source);
    }
  }

  /**
   * In the commit that makes a user live, or gives it another externalId: groups that wait for one
   * with its id or externalId get it as a member.
   */
  void arrived(Handle handle, Entry user) {
    var names = new ArrayList<String>();
    names.add(user.id());
    var externalId = user.resource().path("externalId");
    if (externalId.isTextual()) {
      names.add(externalId.asText());
    }
    for (String group : ParkedMembers.waitingFor(handle, tenant.name(), names)) {
      if (Companies.takes(handle, group, user)) {
        join(handle, group, user, names);
      }
    }
  }

  private void join(Handle handle, String groupId, Entry user, List<String> names) {
    ParkedMembers.unpark(handle, groupId, names);
    var wishes = MemberRows.of(handle, tenant.name(), groupId, Map.of(user.id(), true));
    if (wishes.rows().isEmpty()) {
      unclaimed.shown(handle, groupId);
    }
    in(handle, groupId, wishes, user.source());
  }

  private void in(Handle handle, String group, MemberRows wishes, String source) {
    var rows = wishes.rows().stream().map(row -> row.desiring(true)).toList();
    boolean unused = wishes.saveBeside(handle, group);
    if (!rows.isEmpty()) {
      Memberships.save(handle, rows);
      unclaimed.due(handle, group, source);
      unclaimed.follow(handle, group, rows, source);
    }
  }

  /**
   * Brings the groups of a user to what its rows say, as far as it goes in the time of one answer;
   * the journal has what is left.
   */
  void rejoin(String userId) {
    var end = tenant.answerBy();
    for (String group : groupsOf(userId)) {
      if (tenant.now().isBefore(end)) {
        rejoined(group);
      }
    }
  }

  private void rejoined(String group) {
    try {
      groups.recover(group, tenant.policy().busyWait());
    } catch (Refusal | PbxException | StoreUnavailable e) {
      LOG.warn("members put off entry={} reason={}", group, e.getMessage());
    }
  }

  /** Takes a user that goes out of its groups on the PBX; empty once it is in none. */
  Optional<PlanOutcome> takeOut(Run begun) {
    var userId = begun.entry().id();
    rejoin(userId);
    if (groupsOf(userId).isEmpty()) {
      return Optional.empty();
    }
    var cause =
        new PbxException.Unavailable(
            PbxException.Cause.UNREACHABLE,
            Duration.ofSeconds(5),
            "the user could not be taken out of all its groups yet");
    return Optional.of(new PlanOutcome.Deferred(begun.entry().applied(), List.of(), cause));
  }

  private List<String> groupsOf(String userId) {
    return Memberships.groupsOf(tenant.database(), userId);
  }
}
