package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A user as the directory wants it and as the PBX has it.
 *
 * @param wanted as the PBX would give it back
 * @param found empty: the PBX lost it
 * @param unread fields no read shows, about which nothing can be said
 * @param unlisted fields the list that was read does not show; none after a single read
 */
public record SeenUser(
    Entry entry,
    PbxUser wanted,
    Optional<Found<PbxUser>> found,
    Set<PbxField> unread,
    Set<PbxField> unlisted) {
  /** Another spelling of these is no difference: the PBX itself looks them up without case. */
  private static final Set<PbxField> KEYS = EnumSet.of(PbxField.NAME, PbxField.EXTENSION);

  /** What is wanted of a field and what is there; empty is no value. */
  public record Difference(Optional<String> wanted, Optional<String> found) {}

  /** The fields that differ; none where the user is gone. */
  public Map<PbxField, Difference> differences() {
    var differences = new EnumMap<PbxField, Difference>(PbxField.class);
    found.ifPresent(
        it -> {
          for (PbxField field : PbxField.values()) {
            var difference = new Difference(wanted.get(field), it.value().get(field));
            if (isShown(field) && !same(field, difference)) {
              differences.put(field, difference);
            }
          }
        });
    return differences;
  }

  private boolean isShown(PbxField field) {
    return !unread.contains(field) && !unlisted.contains(field);
  }

  private static boolean same(PbxField field, Difference values) {
    return field.same(values.wanted(), values.found())
        || (field.yields() && values.wanted().isEmpty())
        || (KEYS.contains(field)
            && values.wanted().isPresent()
            && values.found().filter(values.wanted().get()::equalsIgnoreCase).isPresent());
  }

  /** Whether somebody whom the directory has put out can still work on the PBX. */
  public boolean leaverWorks() {
    return !wanted.enabled() && found.filter(it -> it.value().enabled()).isPresent();
  }

  /** Whether the PBX's own synchronisation keeps it, so that we must not touch it. */
  public boolean managedByPbx() {
    return found.filter(Found::managedByPbx).isPresent();
  }

  /** Whether there is something to set right that is ours to set. */
  public boolean repairable() {
    return found.isEmpty() || (!managedByPbx() && !KEYS.containsAll(differences().keySet()));
  }

  /** Whether it is known to be as wanted: what a list does not show has to be looked at. */
  public boolean agrees() {
    return found.isPresent()
        && differences().isEmpty()
        && unlisted.stream().allMatch(field -> wanted.get(field).isEmpty());
  }
}
