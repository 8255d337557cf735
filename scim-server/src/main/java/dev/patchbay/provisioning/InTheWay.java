package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Who on a target has a name or number that the tenant gives somebody else by now. While a target
 * was behind people may have exchanged theirs; there one has to step aside before the others can
 * take what is theirs.
 */
final class InTheWay {
  static final String WHY = "waits for a name or number that somebody else still has there";

  private final Tenant tenant;
  private final String target;
  private final Reservations taken;

  InTheWay(Tenant tenant, Target target) {
    this.tenant = tenant;
    this.target = target.tenant();
    this.taken = new Reservations(target.tenant());
  }

  /** What is to be done about a name or number that is taken there. */
  enum Way {
    /** Nothing: it is somebody's who keeps it. */
    TAKEN,
    /** To wait: whoever has it is to have another one. */
    MOVES,
    /** To give up one's own: whoever has it waits, over others perhaps, for that. */
    CIRCLE
  }

  Way of(Entry entry) {
    return tenant.database().read(handle -> of(handle, entry));
  }

  private Way of(Handle handle, Entry entry) {
    var direct = holders(handle, entry);
    boolean keeps =
        direct.isEmpty() || direct.stream().anyMatch(it -> keeps(handle, it, wanted(entry)));
    if (keeps) {
      return Way.TAKEN;
    }
    var seen = new HashSet<String>();
    var next = new ArrayDeque<>(direct);
    while (!next.isEmpty()) {
      var id = next.remove();
      if (id.equals(entry.id())) {
        return Way.CIRCLE;
      }
      if (seen.add(id)) {
        EntryStore.find(handle, id).ifPresent(it -> next.addAll(holders(handle, it)));
      }
    }
    return Way.MOVES;
  }

  /** The tenant's entries whose own there hold what this one is to have; empty text: nobody's. */
  private List<String> holders(Handle handle, Entry entry) {
    return wanted(entry).stream()
        .flatMap(it -> taken.holder(handle, it).stream())
        .map(it -> it instanceof Holder.Taken there ? there.entryId() : "")
        .map(it -> FollowedRows.following(handle, target, it).orElse(""))
        .filter(it -> !it.equals(entry.id()))
        .toList();
  }

  /** Also of somebody gone here whom the target cannot let go. */
  private boolean keeps(Handle handle, String holder, Set<Reservation> wanted) {
    if (holder.isEmpty()) {
      return true;
    }
    return EntryStore.find(handle, holder)
        .filter(it -> it.life().visible())
        .map(it -> wanted(it).stream().anyMatch(wanted::contains))
        .orElseGet(() -> FollowedRows.refused(handle, target, holder).isPresent());
  }

  /** What a target keeps unique of what it is sent. */
  private static Set<Reservation> wanted(Entry entry) {
    var wanted = new LinkedHashSet<Reservation>();
    var resource = entry.resource();
    if (entry.type() == EntryType.GROUP) {
      var name = resource.path("displayName").asText();
      wanted.add(new Reservation(Reservation.Kind.GROUP_NAME, name));
    } else {
      var name = resource.path("userName").asText();
      wanted.add(new Reservation(Reservation.Kind.USER_NAME, name));
      var number = resource.path(ResourceTypes.PBX_USER).path("extensionNumber").asText();
      if (!number.isEmpty()) {
        wanted.add(new Reservation(Reservation.Kind.EXTENSION, number));
      }
    }
    return wanted;
  }
}
