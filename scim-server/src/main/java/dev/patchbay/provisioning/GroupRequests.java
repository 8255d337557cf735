package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.ParkedMembers;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What a request about a group is to its rows, and doing that. */
final class GroupRequests {
  private final Tenant tenant;
  private final GroupRunner runner;

  GroupRequests(Tenant tenant, GroupRunner runner) {
    this.tenant = tenant;
    this.runner = runner;
  }

  /** A request and the rows it is about. */
  record Request(GroupRun run, MemberWishes.Result members, MemberRows rows) {}

  Request of(
      Action action, String source, Entry entry, Optional<JournalEntry> open, Patched patched) {
    return tenant
        .database()
        .read(
            handle -> {
              var id = entry.id();
              var wishes = MemberWishes.of(handle, tenant.name(), id, patched.members());
              if (!wishes.parked().isEmpty()
                  && tenant.policy().unknownMember() == ProvisioningPolicy.UnknownMember.REJECT) {
                throw new Refusal(
                    Refusal.Kind.INVALID_VALUE,
                    "members: "
                        + Refusal.quoted(wishes.parked().iterator().next())
                        + " is unknown");
              }
              var rows = new LinkedHashMap<String, Membership>();
              var leftOpen = Memberships.open(handle, id);
              requireNotTakenAway(source, open, leftOpen, wishes.wishes());
              // Of what nobody was told is wanted, only what takes away is, and that is desired.
              leftOpen.forEach(row -> rows.put(row.userId(), row.wishing(row.desired())));
              var wished =
                  MemberRows.of(handle, tenant.name(), id, wishes.wishes(), wishes.groups());
              Companies.check(handle, patched.resource(), wished);
              wished.rows().forEach(row -> rows.put(row.userId(), row));
              var run =
                  new GroupRun(
                      Run.Kind.REQUEST,
                      action,
                      source,
                      entry,
                      open,
                      Optional.of(patched.resource()),
                      List.copyOf(rows.values()),
                      wished.asked());
              return new Request(run, wishes, wished);
            });
  }

  /** Whom another source is still taking out, this one does not take in again. */
  private static void requireNotTakenAway(
      String source,
      Optional<JournalEntry> open,
      List<Membership> leftOpen,
      Map<String, Boolean> wishes) {
    boolean anothers =
        open.filter(JournalEntry::offBoarding)
            .filter(work -> !work.source().equals(source))
            .isPresent();
    if (anothers
        && leftOpen.stream()
            .filter(row -> !row.desired() && !row.wish())
            .anyMatch(row -> wishes.getOrDefault(row.userId(), false))) {
      throw TryLater.unavailable(
          Duration.ofSeconds(5), "another source's removal of a member is under way");
    }
  }

  Entry drive(Request request, GroupBeginning.WithCommit first) {
    var id = request.run().entry().id();
    var now = tenant.now();
    var expires = now.plus(tenant.policy().parkFor());
    return runner.drive(
        request.run(),
        handle -> {
          boolean shown = first.write(handle);
          request.members().noteLeft(handle, id);
          shown |= ParkedMembers.unpark(handle, id, request.members().unparked());
          shown |= ParkedMembers.park(handle, id, request.members().parked(), expires);
          shown |= nested(handle, id, request);
          return shown;
        });
  }

  /** Groups come as they were read: whoever joined or left one meanwhile would be forgotten. */
  private boolean nested(Handle handle, String id, Request request) {
    var members = request.members();
    if (!request.rows().groups().isEmpty()) {
      var now = MemberRows.of(handle, tenant.name(), id, members.wishes(), members.groups());
      if (!now.equals(request.rows())) {
        throw new EntryLocks.Busy();
      }
      for (var group : request.rows().groups().entrySet()) {
        if (group.getValue()) {
          MemberWishes.requireNoCircle(handle, group.getKey(), id);
        }
      }
    }
    return request.rows().saveBeside(handle, id);
  }

  /** Whose rows they are. */
  static Set<String> users(List<Membership> rows) {
    return rows.stream().map(Membership::userId).collect(Collectors.toSet());
  }
}
