package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Reservation;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.plan.ProvisioningPlan;
import java.util.Optional;
import java.util.Set;

/**
 * What the PBX should hold for a resource that is known by its {@code displayName}: a group, or a
 * role, which is written like a group that has no members.
 */
sealed interface NamedTarget permits GroupTarget, RoleTarget {
  EntryType type();

  /** The calls from what the PBX holds to what the resource wants; empty: it is to go. */
  ProvisioningPlan plan(Applied applied, Optional<ObjectNode> wish);

  /** Whether the PBX has a part in it. */
  boolean onPbx(ObjectNode resource);

  /** Whether the PBX makes one, so that it is made again when it is lost. */
  boolean makes(ObjectNode resource);

  Reservation name(ObjectNode resource);

  /** All that is the resource's alone. */
  default Set<Reservation> names(ObjectNode resource, Applied applied) {
    return Set.of(name(resource));
  }

  /** A new resource with what the settings say of it. */
  default ObjectNode chosen(ObjectNode resource) {
    return resource;
  }

  /** What a new resource stands for that is on the PBX already; asks the PBX. */
  default Optional<Applied> attached(ObjectNode resource) {
    return Optional.empty();
  }

  /** Refuses what the PBX cannot hold, naming the attribute. */
  void check(ObjectNode resource);

  /** As {@link #check}, of a change. */
  void checkChange(ObjectNode base, ObjectNode wish);

  /** Refuses a new one that the PBX has already; asks the PBX where nobody else can tell. */
  void checkAbsent(ObjectNode resource);

  /** Refuses the deletion of what must stay. */
  void checkDelete(Entry entry);

  /** Whether a deletion that the PBX refuses is wanted all the same, until it is done. */
  boolean deletionStands();

  /** What the PBX holds of it. */
  Optional<Applied> read(PbxRef ref);

  /** What an unanswered create of ours made, if it made anything. */
  Optional<Applied> made(ObjectNode resource);

  /** What the PBX holds of the entry, its doubts read. */
  default Applied known(Entry entry) {
    var applied = entry.applied();
    if (applied.certain()) {
      return applied;
    }
    return applied
        .ref()
        .map(this::read)
        .orElseGet(() -> made(entry.resource()))
        .map(read -> read.oursOf(applied))
        .orElse(Applied.NOTHING);
  }

  /** As {@link #known}, for somebody who waits for an answer. */
  default Applied certain(Entry entry) {
    try {
      return known(entry);
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }
}
