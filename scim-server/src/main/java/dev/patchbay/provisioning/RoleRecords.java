package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Json;
import dev.patchbay.directory.Life;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.ProvisioningLog;
import dev.patchbay.mapping.KnownRoles;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxRole;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PBX's roles as entries of the directory. Here the PBX is right: what it has is what is
 * wanted. An entry that a write is at is left to that write.
 */
final class RoleRecords {
  private static final Logger LOG = LoggerFactory.getLogger(RoleRecords.class);

  /** Stands for a token in the log: nobody asked for it here. */
  private static final String PBX = "pbx";

  private final Tenant tenant;
  private final RoleTarget target;
  private final RoleHolders holders;

  RoleRecords(Tenant tenant, RoleTarget target) {
    this.tenant = tenant;
    this.target = target;
    this.holders = new RoleHolders(tenant);
  }

  /** What may stand for a role. */
  KnownRoles known() {
    var names = new HashMap<String, String>();
    var roles = tenant.database().read(this::shown);
    for (Entry role : roles) {
      names.put(role.id(), name(role));
      role.applied().ref().ifPresent(ref -> names.put(ref.id(), name(role)));
    }
    roles.forEach(role -> names.put(name(role), name(role))); // a name before any identifier
    return new KnownRoles(names);
  }

  private List<Entry> shown(Handle handle) {
    return EntryStore.all(handle, tenant.name(), EntryType.ROLE).stream()
        .filter(role -> role.life().visible())
        .toList();
  }

  /** The entries no write is at. */
  List<Entry> untouched() {
    return tenant
        .database()
        .read(
            handle ->
                EntryStore.all(handle, tenant.name(), EntryType.ROLE).stream()
                    .filter(role -> role.life() == Life.LIVE && role.applied().ref().isPresent())
                    .filter(role -> Journal.find(handle, role.id()).isEmpty())
                    .toList());
  }

  /** Notes a role that is not here; where a write has its name, that write will. */
  void add(Found<PbxRole> found) {
    var role =
        new Entry(
            UUID.randomUUID().toString(),
            tenant.name(),
            EntryType.ROLE,
            Life.LIVE,
            PBX,
            1,
            tenant.now(),
            tenant.now(),
            synced(found, Json.object()),
            RoleTarget.applied(found),
            0);
    tenant
        .database()
        .run(
            handle -> {
              var name = target.name(role.resource());
              var holder = tenant.reservations().take(handle, name, role.id(), tenant.now());
              if (holder instanceof Holder.Granted) {
                EntryStore.insert(handle, role);
                tenant.reservations().settle(handle, role.id(), Set.of(name), tenant.now());
                log(handle, role, "synced");
              }
            });
  }

  /** Notes what the PBX has of a role that is here, if that is anything new. */
  void keep(Entry before, Found<PbxRole> found) {
    var resource = synced(found, before.resource());
    var applied = RoleTarget.applied(found);
    if (Report.same(EntryType.ROLE, resource, before.resource())
        && applied.equals(before.applied())) {
      return;
    }
    var role = before.accepted(resource, tenant.now()).with(applied);
    boolean kept = tenant.database().write(handle -> replace(handle, before, role));
    if (kept && !name(before).equals(name(role))) {
      int users = holders.renamed(name(before), name(role), known());
      LOG.warn(
          "role renamed      resource=Roles/{} pbx={} from=\"{}\" to=\"{}\" users={}",
          role.id(),
          tenant.name(),
          name(before),
          name(role),
          users);
    }
  }

  private boolean replace(Handle handle, Entry before, Entry role) {
    if (!isStill(handle, before)) {
      return false;
    }
    var name = target.name(role.resource());
    if (!(tenant.reservations().take(handle, name, role.id(), tenant.now())
        instanceof Holder.Granted)) {
      return false;
    }
    tenant.reservations().settle(handle, role.id(), Set.of(name), tenant.now());
    log(handle, role, "synced");
    return EntryStore.claim(handle, before) && EntryStore.update(handle, role.claimed());
  }

  /** The PBX has it no more, and so have we. */
  void drop(Entry role) {
    boolean dropped = tenant.database().write(handle -> remove(handle, role));
    if (dropped) {
      int users = holders.gone(name(role));
      LOG.warn(
          "role gone         resource=Roles/{} pbx={} name=\"{}\" users={}",
          role.id(),
          tenant.name(),
          name(role),
          users);
    }
  }

  private boolean remove(Handle handle, Entry role) {
    if (!isStill(handle, role)) {
      return false;
    }
    tenant
        .reservations()
        .of(handle, role.id())
        .forEach(own -> tenant.reservations().release(handle, own, role.id(), tenant.now()));
    EntryStore.delete(handle, role.id());
    log(handle, role, "gone");
    return true;
  }

  /** Whether no write came to it since it was read. */
  private static boolean isStill(Handle handle, Entry before) {
    return Journal.find(handle, before.id()).isEmpty()
        && EntryStore.find(handle, before.id())
            .filter(now -> now.epoch() == before.epoch() && now.version() == before.version())
            .isPresent();
  }

  private ObjectNode synced(Found<PbxRole> found, ObjectNode before) {
    var resource = target.resource(before, found);
    return Report.of(EntryType.ROLE, resource, Report.State.SYNCED, Optional.empty(), tenant.now());
  }

  static String name(Entry role) {
    return role.resource().path("displayName").asText();
  }

  private void log(Handle handle, Entry role, String outcome) {
    ProvisioningLog.add(
        handle,
        new ProvisioningLog.Line(
            tenant.now(),
            tenant.name(),
            role.id(),
            role.type().scimName(),
            name(role),
            PBX,
            "mirror",
            outcome,
            "",
            null));
  }
}
