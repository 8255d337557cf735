package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Says in a user or group how its targets stand. What they say counts once the tenant's own PBX has
 * it: {@code synced} is what is so everywhere.
 */
final class TargetReport {
  private final List<Target> targets;

  TargetReport(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /** How one of them stands with an entry. */
  private record Standing(String name, Report.State state, Optional<String> why) {
    boolean behind() {
      return state != Report.State.SYNCED;
    }

    String words() {
      return name + ": " + why.orElse("follows");
    }
  }

  /**
   * An entry as its own PBX's work left it, as it is to be shown.
   *
   * @param before as it was shown
   */
  Entry shown(Handle handle, Tenant tenant, Entry before, Entry entry) {
    if (targets.isEmpty() || entry.life() != Life.LIVE || entry.type() == EntryType.ROLE) {
      return entry;
    }
    var all = standing(handle, entry);
    var told = told(entry, all);
    var behind = all.stream().filter(Standing::behind).toList();
    if (!Report.synced(entry.type(), told.resource())) {
      return told; // its own PBX has something to say first
    }
    if (!behind.isEmpty()) {
      var why = behind.stream().map(Standing::words).collect(Collectors.joining("; "));
      var lastSync = Report.lastSync(entry.type(), before.resource());
      return told.with(
          Report.shadowed(entry.type(), told.resource(), worst(behind), why, lastSync));
    }
    return Report.isShadowed(entry.type(), told.resource()) ? synced(told, tenant) : told;
  }

  /** Now that all agree. */
  private static Entry synced(Entry entry, Tenant tenant) {
    var own = Report.error(entry.type(), entry.resource());
    return entry.with(
        Report.of(entry.type(), entry.resource(), Report.State.SYNCED, own, tenant.now()));
  }

  /** Writes what the targets say now into an entry. */
  void show(Handle handle, Tenant tenant, EntryType type, String id) {
    EntryStore.find(handle, tenant.name(), type, id)
        .filter(entry -> entry.life() == Life.LIVE)
        .ifPresent(entry -> write(handle, entry, restated(handle, tenant, entry)));
  }

  private static void write(Handle handle, Entry before, Entry now) {
    if (!now.resource().equals(before.resource())) {
      EntryStore.update(handle, before, now);
    }
  }

  /** While its own work is open, that ends in what is shown. */
  private Entry restated(Handle handle, Tenant tenant, Entry entry) {
    return Journal.find(handle, entry.id()).isPresent()
        ? told(entry, standing(handle, entry))
        : shown(handle, tenant, entry, entry);
  }

  private static Report.State worst(List<Standing> behind) {
    for (var state : List.of(Report.State.BLOCKED, Report.State.ORPHANED)) {
      if (behind.stream().anyMatch(it -> it.state() == state)) {
        return state;
      }
    }
    return Report.State.PENDING;
  }

  private List<Standing> standing(Handle handle, Entry entry) {
    var all = new ArrayList<Standing>();
    for (Target target : targets) {
      var row = FollowedRows.findOrNot(handle, entry.type(), entry.id(), target.tenant());
      all.add(new Standing(target.name(), row.stateOf(entry), row.reason()));
    }
    return all;
  }

  private static Entry told(Entry entry, List<Standing> all) {
    var copy = entry.resource().deepCopy();
    var values = Report.extension(entry.type(), copy).putArray("targets");
    for (Standing each : all) {
      var value = values.addObject().put("value", each.name());
      value.put("state", each.state().name().toLowerCase(Locale.ROOT));
      each.why().ifPresent(it -> value.put("lastError", it));
    }
    return entry.with(copy);
  }
}
