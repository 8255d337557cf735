package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group as the directory wants it and as the PBX has it.
 *
 * @param found empty: the PBX lost it
 * @param lost rows of members that the PBX has not
 * @param added rows of users of ours that the PBX has in it and nobody wants there
 * @param strangers extensions in it that are no user's of ours
 */
public record SeenGroup(
    Entry entry,
    PbxGroup wanted,
    Optional<Found<PbxGroup>> found,
    List<Membership> lost,
    List<Membership> added,
    Set<String> strangers) {

  /** What of a group can be repaired. */
  public enum Part {
    /** The group itself: that it is there, its name and description. */
    GROUP,
    /** Members that are missing. */
    LOST,
    /** Members that nobody wants. */
    ADDED
  }

  public SeenGroup {
    lost = List.copyOf(lost);
    added = List.copyOf(added);
    strangers = Set.copyOf(strangers);
  }

  /** Whether the group itself is there as wanted. */
  public boolean groupAgrees() {
    return there().filter(wanted::equals).isPresent();
  }

  /** The group on the PBX, without numbers that nobody here asked for: its administrator's. */
  public Optional<PbxGroup> there() {
    boolean ours =
        wanted.callerIds().isPresent()
            || entry.applied().fields().containsKey(PbxField.OUTBOUND_CALLER_IDS);
    return found.map(Found::value).map(it -> ours ? it : it.withoutCallerIds());
  }

  public boolean agrees() {
    return groupAgrees() && lost.isEmpty() && added.isEmpty() && strangers.isEmpty();
  }
}
