package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.Granted;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.provisioning.Inspected.Repair;
import dev.patchbay.provisioning.SeenGroup.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** As {@link UserInspection}, of groups and who is in them. */
final class GroupInspection {
  private final Tenant tenant;
  private final GroupTarget target;
  private final Recovered recovered;

  GroupInspection(Tenant tenant, GroupTarget target, Recovered recovered) {
    this.tenant = tenant;
    this.target = target;
    this.recovered = recovered;
  }

  /** Whether a look without the lock shows nothing to do; a write may be at the group. */
  boolean agrees(Entry entry) {
    return gives(entry) || seen(entry).agrees();
  }

  /** What a group gives is compared with each user. */
  private static boolean gives(Entry entry) {
    return entry.applied().ref().flatMap(Granted::of).isPresent();
  }

  /** Empty: a write is at the group, or it is not on the PBX. */
  Optional<Inspected<SeenGroup>> look(String id, Function<SeenGroup, Set<Part>> repair) {
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      var entry = tenant.database().read(handle -> UserInspection.untouched(handle, id));
      if (entry.filter(it -> !gives(it)).isEmpty()) {
        return Optional.empty();
      }
      var seen = seen(entry.get());
      var parts = repairable(seen, repair);
      return Optional.of(
          new Inspected<>(seen, parts.isEmpty() ? new Repair.None() : repair(seen, parts)));
    } catch (EntryLocks.Busy busy) {
      return Optional.empty();
    }
  }

  private static Set<Part> repairable(SeenGroup seen, Function<SeenGroup, Set<Part>> repair) {
    var parts = new HashSet<Part>();
    if (!seen.groupAgrees()) {
      parts.add(Part.GROUP);
    }
    if (!seen.lost().isEmpty()) {
      parts.add(Part.LOST);
    }
    if (!seen.added().isEmpty()) {
      parts.add(Part.ADDED);
    }
    if (!parts.isEmpty()) {
      parts.retainAll(repair.apply(seen));
    }
    return parts;
  }

  private SeenGroup seen(Entry entry) {
    PbxRef ref = entry.applied().ref().orElseThrow();
    var found = tenant.adapter().group(ref);
    var members = found.isPresent() ? tenant.adapter().members(ref) : Set.<String>of();
    // A service is as it is: only that it is there, and has our members, is ours.
    boolean service = !target.makes(entry.resource());
    var wanted =
        target.of(entry.resource()).or(() -> found.map(Found::value)).orElseGet(() -> named(entry));
    return tenant
        .database()
        .read(
            handle -> {
              var rows = Memberships.desired(handle, entry.id());
              var others = new HashSet<>(members);
              rows.forEach(row -> others.remove(row.pbxKey()));
              var ours = ours(handle, others);
              var there = there(rows, members, ours);
              ours.entrySet().stream()
                  .filter(it -> there.contains(it.getValue()))
                  .forEach(it -> others.remove(it.getKey()));
              var lost =
                  found.isEmpty()
                      ? List.<Membership>of() // they come back with the group
                      : lost(handle, rows, there);
              if (service) {
                others.clear(); // whom somebody else put there stays
              }
              var added = added(entry, others, ours);
              return new SeenGroup(entry, wanted, found, lost, added, others);
            });
  }

  private static PbxGroup named(Entry entry) {
    return new PbxGroup(entry.resource().path("displayName").asText(), Optional.empty());
  }

  /** Users of ours, by what the PBX calls them in the group. */
  private Map<String, String> ours(Handle handle, Set<String> keys) {
    var ours = new HashMap<String, String>();
    for (String key : keys) {
      Counterparts.user(handle, tenant.name(), key).ifPresent(id -> ours.put(key, id));
    }
    return ours;
  }

  /** Of the rows' users, those who are in it, also by the name that a rename under way gives. */
  private static Set<String> there(
      List<Membership> rows, Set<String> members, Map<String, String> ours) {
    var named = Set.copyOf(ours.values());
    return rows.stream()
        .filter(row -> members.contains(row.pbxKey()) || named.contains(row.userId()))
        .map(Membership::userId)
        .collect(Collectors.toSet());
  }

  /** A member that the PBX lost itself comes back into the group when it comes back. */
  private static List<Membership> lost(Handle handle, List<Membership> rows, Set<String> there) {
    var lost = rows.stream().filter(row -> !there.contains(row.userId())).toList();
    var absent = GroupBeginning.lost(handle, lost.stream().map(Membership::userId).toList());
    return lost.stream().filter(row -> !absent.contains(row.userId())).toList();
  }

  /** Rows of the users of ours among {@code others}, who are taken out of it. */
  private static List<Membership> added(Entry group, Set<String> others, Map<String, String> ours) {
    var added = new ArrayList<Membership>();
    ours.forEach(
        (key, user) -> {
          if (others.remove(key)) {
            added.add(new Membership(group.id(), user, key, false, false, true, false));
          }
        });
    return added;
  }

  private Repair repair(SeenGroup seen, Set<Part> parts) {
    var entry = parts.contains(Part.GROUP) ? known(seen) : seen.entry();
    var rows = new ArrayList<Membership>();
    if (parts.contains(Part.LOST)) {
      seen.lost().forEach(row -> rows.add(row.known(false)));
    }
    if (parts.contains(Part.ADDED)) {
      rows.addAll(seen.added());
    }
    var open =
        GroupBeginning.opened(tenant, run(entry, rows))
            .resting(0, tenant.now(), UserInspection.CHANGED);
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), Optional.empty());
              if (!EntryStore.claim(handle, entry)) {
                throw new EntryLocks.Busy();
              }
              EntryStore.update(handle, GroupBeginning.pending(entry.claimed(), tenant.now()));
              Memberships.save(handle, rows);
              Journal.save(handle, open);
            });
    return recovered.of(entry.id());
  }

  private static Entry known(SeenGroup seen) {
    return seen.entry()
        .with(
            seen.found()
                .map(it -> Applied.present(it.ref(), it.value().fields()))
                .map(read -> read.oursOf(seen.entry().applied()))
                .orElse(Applied.NOTHING));
  }

  private static GroupRun run(Entry entry, List<Membership> rows) {
    return new GroupRun(
        Run.Kind.REQUEST,
        Action.REPAIR,
        UserInspection.SOURCE,
        entry,
        Optional.empty(),
        Optional.of(entry.resource()),
        rows,
        Set.of());
  }
}
