package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.schema.Refusal;
import java.time.Duration;

/** What groups can give their members here. */
final class Gifts {
  private final RoleMapping roles;
  private final RoleMirror mirror;

  Gifts(RoleMapping roles, RoleMirror mirror) {
    this.roles = roles;
    this.mirror = mirror;
  }

  /**
   * What a new group that gives {@code target} stands for; refused where nobody can be given it.
   */
  Applied standing(Granted kind, String target) {
    switch (kind) {
      case ROLE -> checkRole(target);
    }
    return kind.standing(target);
  }

  /** Asks the PBX only for a role that nobody here knows. */
  private void checkRole(String target) {
    var stored = roles.settings().known().and(mirror.stored());
    if (!roles.means(target, stored) && !roles.means(target, asked().and(stored))) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "target: " + Refusal.quoted(target) + " means no role of the pbx");
    }
  }

  private KnownRoles asked() {
    return mirror
        .asked()
        .orElseThrow(
            () ->
                TryLater.unavailable(
                    Duration.ofSeconds(5), "the pbx could not be asked for its roles"));
  }
}
