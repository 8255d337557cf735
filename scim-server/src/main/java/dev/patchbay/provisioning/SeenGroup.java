package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.Found;
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

  /** Whether name and description are there as wanted. */
  public boolean groupAgrees() {
    return found.filter(it -> it.value().equals(wanted)).isPresent();
  }

  public boolean agrees() {
    return groupAgrees() && lost.isEmpty() && added.isEmpty() && strangers.isEmpty();
  }
}
