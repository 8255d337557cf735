package dev.patchbay.pbx.xelion;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxRoleNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The roles of the settings: Xelion has no list of them, and none of them can be changed. */
record XelionRoles(List<String> names) {
  /** The one word of Xelion's example, and those that its pages speak of. */
  static final PbxRoleNames NAMES =
      new PbxRoleNames(
          "user", List.of("user", "manager", "administrator"), Set.of(), Set.of("administrator"));

  List<Found<PbxRole>> all() {
    return names.stream().map(XelionRoles::found).toList();
  }

  Optional<Found<PbxRole>> one(PbxRef ref) {
    return names.stream().filter(ref.id()::equals).map(XelionRoles::found).findFirst();
  }

  private static Found<PbxRole> found(String name) {
    var role = new PbxRole(name, Optional.empty(), Set.of());
    return new Found<>(new PbxRef(name), role, Optional.empty(), true);
  }
}
