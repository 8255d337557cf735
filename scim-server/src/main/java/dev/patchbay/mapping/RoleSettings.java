package dev.patchbay.mapping;

import static java.util.Comparator.naturalOrder;

import dev.patchbay.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which PBX roles SCIM roles mean.
 *
 * @param defaultRole of a user that names no role the PBX has
 * @param precedence PBX roles from the fewest rights to the most
 * @param roles SCIM value to PBX role; other values mean the PBX role of that name
 * @param unknown what happens to a value that means no PBX role
 * @param allowPrivileged whether roles with rights over others may be given
 * @param source whether a user's own role counts, or one that a group gives, where there are both
 * @param never PBX roles that must not be given, whatever is asked for
 */
public record RoleSettings(
    String defaultRole,
    List<String> precedence,
    Map<String, String> roles,
    UnknownRole unknown,
    boolean allowPrivileged,
    Source source,
    Set<String> never) {

  /** Which role counts of a user that has one of its own and another by a group. */
  public enum Source {
    /** The user's own. */
    USER,
    /** The group's. */
    GROUPS
  }

  /** What happens to a role value that neither the settings nor the PBX know. */
  public enum UnknownRole {
    /** Kept and returned, as identity providers compare; moves no PBX role. */
    KEEP,
    /** The request is refused. */
    REJECT
  }

  public RoleSettings {
    precedence = List.copyOf(precedence);
    roles = Map.copyOf(roles);
    never = Set.copyOf(never);
  }

  /** Reads them; a role that users cannot be given stops the start. */
  static RoleSettings from(Section section, KnownPbx pbx) {
    boolean allowPrivileged = section.bool("allow-privileged-roles", false);
    var restrictions = new RoleRestrictions(pbx, allowPrivileged);
    var settings =
        new RoleSettings(
            section.string("default-role", pbx.names().usual()),
            section.strings("role-precedence", pbx.names().precedence()),
            restrictions.table(section.section("roles")),
            section.choice("unknown-role", UnknownRole.KEEP),
            allowPrivileged,
            section.choice("role-source", Source.USER),
            restrictions.never());
    restrictions.check(section, "default-role", settings.defaultRole());
    restrictions.checkPrecedence(section, settings.precedence());
    return settings;
  }

  /** The PBX roles the settings name: known without asking the PBX. */
  public KnownRoles known() {
    var known = new HashSet<>(precedence);
    known.addAll(roles.values());
    known.add(defaultRole);
    return KnownRoles.named(known);
  }

  /** The PBX role that the settings make of a value, which is the same in any case. */
  Optional<String> role(String value) {
    return Optional.ofNullable(roles.get(value))
        .or(
            () ->
                roles.keySet().stream()
                    .filter(value::equalsIgnoreCase)
                    .min(naturalOrder())
                    .map(roles::get));
  }

  /** Whether this PBX role must not be given; names count without regard to case. */
  public boolean denied(String role) {
    return never.stream().anyMatch(role.strip()::equalsIgnoreCase);
  }
}
