package dev.patchbay.provisioning;

import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.Journal;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.Inspected.Repair;
import dev.patchbay.provisioning.SeenGroup.Part;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What drift is found and repaired with. Whatever a list says is a hint; a look reads the one
 * object again, under its entry's lock and only while nothing is open on it, and what a repair
 * begins is open work like any other.
 */
public final class Inspection {
  private final Tenant tenant;
  private final UserInspection users;
  private final GroupInspection groups;

  Inspection(Tenant tenant, UserInspection users, GroupInspection groups) {
    this.tenant = tenant;
    this.users = users;
    this.groups = groups;
  }

  /** Entry ids by what the PBX calls them, of every entry that has an object there. */
  public Map<PbxRef, String> known(EntryType type) {
    return tenant.database().read(handle -> Counterparts.of(handle, tenant.name(), type));
  }

  /** Those of these users that no write is at, beside what a list of the PBX says of them. */
  public List<SeenUser> listed(Map<String, Found<PbxUser>> users) {
    return untouched(users.keySet()).stream()
        .flatMap(entry -> seen(entry, users).stream())
        .toList();
  }

  private Optional<SeenUser> seen(Entry entry, Map<String, Found<PbxUser>> found) {
    return users.listed(entry, Optional.ofNullable(found.get(entry.id())));
  }

  /** The user, read again; empty while a write is at it or it is not on the PBX. */
  public Optional<Inspected<SeenUser>> user(String id, Predicate<SeenUser> repair) {
    return users.look(id, repair);
  }

  /** Ids of those of these groups about which there may be something to say. */
  public List<String> suspects(Collection<String> ids) {
    return untouched(ids).stream().filter(entry -> !groups.agrees(entry)).map(Entry::id).toList();
  }

  /** The group, read again; empty while a write is at it or it is not on the PBX. */
  public Optional<Inspected<SeenGroup>> group(String id, Function<SeenGroup, Set<Part>> repair) {
    return groups.look(id, repair);
  }

  /** Whether a user on the PBX that no entry knows was ours, and should be gone. */
  public boolean returned(Found<PbxUser> found) {
    return users.returned(found);
  }

  /** Whether a user on the PBX that no entry knows may be what an unfinished write made. */
  public boolean beingMade(Found<PbxUser> found) {
    return users.beingMade(found);
  }

  /** As {@link #beingMade}, of a group with this name. */
  public boolean groupBeingMade(String name) {
    return tenant
        .database()
        .read(
            handle ->
                tenant
                    .reservations()
                    .holder(handle, new Reservation(Reservation.Kind.GROUP_NAME, name))
                    .filter(
                        it ->
                            it instanceof Holder.Taken taken
                                && Journal.find(handle, taken.entryId()).isPresent())
                    .isPresent());
  }

  /**
   * Deletes a user that was ours and is there again. Empty: it is gone by now, is not ours, or a
   * user of ours has its name or number.
   */
  public Optional<Repair> remove(PbxRef returned) {
    return users.remove(returned);
  }

  private List<Entry> untouched(Collection<String> ids) {
    var byId = new HashMap<String, Entry>();
    return tenant
        .database()
        .read(
            handle -> {
              Counterparts.live(handle, ids).forEach(entry -> byId.put(entry.id(), entry));
              byId.keySet().removeAll(Journal.openAmong(handle, byId.keySet()));
              return byId.values().stream().filter(UserInspection::isKnown).toList();
            });
  }
}
