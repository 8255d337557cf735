package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxRoleNames;
import java.util.List;
import java.util.Set;

/** Mapping settings for a PBX whose roles are called as PortSIP's. */
public final class TestMapping {
  public static final PbxRoleNames ROLES =
      new PbxRoleNames(
          "StandardUser",
          List.of("StandardUser", "StandardInternationalUser", "QueueManager", "Admin"),
          Set.of("SystemAdmin", "Replicator", "Dealer"),
          Set.of("Admin"));

  private TestMapping() {}

  public static MappingSettings from(Section section) {
    return MappingSettings.from(section, KnownPbx.unopened(ROLES));
  }
}
