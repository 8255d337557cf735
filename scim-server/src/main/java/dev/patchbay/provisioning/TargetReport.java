package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Journal;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Says in a user how its targets stand. What they say counts once the tenant's own PBX has the
 * user: {@code synced} is who is so everywhere.
 */
final class TargetReport {
  private final List<Target> targets;

  TargetReport(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /** How one of them stands with a user. */
  private record Standing(String name, Report.State state, Optional<String> why) {
    boolean behind() {
      return state != Report.State.SYNCED;
    }

    String words() {
      return name + ": " + why.orElse("follows");
    }
  }

  /**
   * The user as its own PBX's work left it, as it is to be shown.
   *
   * @param before as it was shown
   */
  Entry shown(Handle handle, Tenant tenant, Entry before, Entry user) {
    if (targets.isEmpty() || user.life() != Life.LIVE) {
      return user;
    }
    var all = standing(handle, user);
    var told = user.with(told(user.resource(), all));
    var behind = all.stream().filter(Standing::behind).toList();
    if (!Report.synced(EntryType.USER, told.resource())) {
      return told; // its own PBX has something to say first
    }
    if (!behind.isEmpty()) {
      var why = behind.stream().map(Standing::words).collect(Collectors.joining("; "));
      var lastSync = Report.lastSync(EntryType.USER, before.resource());
      return told.with(Report.shadowed(told.resource(), worst(behind), why, lastSync));
    }
    return Report.isShadowed(told.resource()) ? told.with(synced(told, tenant)) : told;
  }

  /** Now that all agree. */
  private static ObjectNode synced(Entry user, Tenant tenant) {
    var own = Report.error(EntryType.USER, user.resource());
    return Report.of(EntryType.USER, user.resource(), Report.State.SYNCED, own, tenant.now());
  }

  /** Writes what the targets say now into a user. */
  void show(Handle handle, Tenant tenant, EntryType type, String id) {
    if (type == EntryType.USER) {
      EntryStore.find(handle, tenant.name(), EntryType.USER, id)
          .filter(user -> user.life() == Life.LIVE)
          .ifPresent(user -> write(handle, user, restated(handle, tenant, user)));
    }
  }

  private static void write(Handle handle, Entry before, Entry now) {
    if (!now.resource().equals(before.resource())) {
      EntryStore.update(handle, before, now);
    }
  }

  /** While its own work is open, that ends in what is shown. */
  private Entry restated(Handle handle, Tenant tenant, Entry user) {
    return Journal.find(handle, user.id()).isPresent()
        ? user.with(told(user.resource(), standing(handle, user)))
        : shown(handle, tenant, user, user);
  }

  private static Report.State worst(List<Standing> behind) {
    for (var state : List.of(Report.State.BLOCKED, Report.State.ORPHANED)) {
      if (behind.stream().anyMatch(it -> it.state() == state)) {
        return state;
      }
    }
    return Report.State.PENDING;
  }

  private List<Standing> standing(Handle handle, Entry user) {
    var all = new ArrayList<Standing>();
    for (Target target : targets) {
      var row = FollowedRows.findOrNot(handle, EntryType.USER, user.id(), target.tenant());
      var state = row.stateOf(user);
      all.add(new Standing(target.name(), state, row.reason()));
    }
    return all;
  }

  private static ObjectNode told(ObjectNode resource, List<Standing> all) {
    var copy = resource.deepCopy();
    var values = copy.withObjectProperty(ResourceTypes.PBX_USER).putArray("targets");
    for (Standing each : all) {
      var value = values.addObject().put("value", each.name());
      value.put("state", each.state().name().toLowerCase(Locale.ROOT));
      each.why().ifPresent(it -> value.put("lastError", it));
    }
    return copy;
  }
}
