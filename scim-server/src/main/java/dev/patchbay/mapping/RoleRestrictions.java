package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which PBX roles the settings may name.
 *
 * @param allowPrivileged whether roles with rights over others may be given
 */
record RoleRestrictions(KnownPbx pbx, boolean allowPrivileged) {

  /** PBX roles that must not be given, whatever is asked for. */
  Set<String> never() {
    var never = new HashSet<>(pbx.names().never());
    if (!allowPrivileged) {
      never.addAll(pbx.names().privileged());
    }
    return never;
  }

  /** Refuses a role that users are to be given and cannot be. */
  void check(Section section, String key, String role) {
    if (among(pbx.names().never(), role)) {
      section.reject(
          key, "role '" + role + "' must not be given by scim, and no setting allows it");
    } else if (among(pbx.names().privileged(), role) && !allowPrivileged) {
      section.reject(
          key,
          "role '%s' has rights over others and must not be given without".formatted(role)
              + " allow-privileged-roles: true");
    } else {
      checkKnown(section, key, role);
    }
  }

  /** Refuses one that the PBX has not, as far as that is known without a call. */
  private void checkKnown(Section section, String key, String role) {
    if (!pbx.roles().isEmpty() && !pbx.roles().contains(role)) {
      section.rejectWord(
          key, "a role of the pbx, one of " + String.join(", ", all()), role, pbx.roles());
    }
  }

  private List<String> all() {
    return pbx.roles().stream().sorted().toList();
  }

  /** The role table; refuses two lines that mean one value, and roles nobody can be given. */
  Map<String, String> table(Section section) {
    var table = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String value : section.keys()) {
      section
          .optionalString(value)
          .ifPresent(
              role -> {
                check(section, value, role);
                if (table.putIfAbsent(value, role) != null) {
                  section.reject(value, "stands here twice: case does not count");
                }
              });
    }
    return Map.copyOf(table);
  }

  /** Refuses a ranking that the PBX cannot mean. */
  void checkPrecedence(Section section, List<String> precedence) {
    var seen = new HashSet<String>();
    for (String role : precedence) {
      if (!seen.add(role)) {
        section.reject("role-precedence", "role '" + role + "' stands there twice");
      }
      if (section.has("role-precedence") && !among(never(), role)) {
        checkKnown(section, "role-precedence", role);
      }
    }
  }

  private static boolean among(Set<String> roles, String role) {
    return roles.stream().anyMatch(role.strip()::equalsIgnoreCase);
  }
}
