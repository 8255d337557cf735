package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.mapping.Granted;
import dev.patchbay.mapping.KnownRoles;
import dev.patchbay.mapping.Mapping;
import dev.patchbay.mapping.RoleMapping;
import dev.patchbay.mapping.Templates;
import dev.patchbay.schema.Refusal;
import java.time.Duration;
import java.util.Map;

/** What groups can give their members here. */
final class Gifts {
  private final RoleMapping roles;
  private final Templates templates;
  private final RoleMirror mirror;

  Gifts(Mapping mapping, RoleMirror mirror) {
    this.roles = mapping.roles();
    this.templates = mapping.templates();
    this.mirror = mirror;
  }

  /**
   * What a new group that gives {@code target} stands for; refused where nobody can be given it.
   */
  Applied standing(Granted kind, String target) {
    return switch (kind) {
      case ROLE -> {
        checkRole(target);
        yield Applied.present(kind.ref(target), Map.of());
      }
      case TEMPLATE -> {
        templates.check(target);
        yield templates.standing(target);
      }
    };
  }

  /** Asks the PBX only for a role that nobody here knows. */
  private void checkRole(String target) {
    var stored = roles.settings().known().and(mirror.stored());
    if (!roles.means(target, stored) && !roles.means(target, asked().and(stored))) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "target: "
              + Refusal.quoted(target)
              + " means no role of the pbx, nor one that its settings name");
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
