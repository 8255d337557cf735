package dev.patchbay.provisioning;

import dev.patchbay.mapping.RoleSettings;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.util.HashSet;
import java.util.Set;

/**
 * Which roles may be made and changed by SCIM. One that gives rights over others is as good as
 * {@code Admin}, so the same setting allows it.
 */
record RoleRules(RoleSettings settings, PbxCapabilities pbx) {

  /** Whether users may be given the role. */
  boolean assignable(String name) {
    return !settings.denied(name);
  }

  void checkNew(PbxRole role) {
    if (settings.denied(role.name())) {
      throw taken(role.name());
    }
    if (role.name().isBlank()) {
      throw new Refusal(Kind.INVALID_VALUE, "displayName must not be blank");
    }
    checkLength("displayName", role.name(), PbxField.ROLE);
    role.description().ifPresent(it -> checkLength("description", it, PbxField.DESCRIPTION));
    checkPermissions(role.permissions());
  }

  void checkChange(PbxRole before, PbxRole after) {
    after.description().ifPresent(it -> checkLength("description", it, PbxField.DESCRIPTION));
    var added = new HashSet<>(after.permissions());
    added.removeAll(before.permissions());
    checkPermissions(added);
  }

  void checkOffered() {
    if (pbx.permissions().equals(PbxPermissions.NONE)) {
      throw new Refusal(Kind.UNSUPPORTED, "roles of this pbx cannot be made or changed");
    }
  }

  private void checkLength(String attribute, String value, PbxField field) {
    int limit = pbx.maxLength().getOrDefault(field, Integer.MAX_VALUE);
    if (value.length() > limit) {
      throw new Refusal(
          Kind.INVALID_VALUE,
          attribute + " is longer than the " + limit + " characters the pbx takes");
    }
  }

  private void checkPermissions(Set<String> asked) {
    for (String permission : asked) {
      if (!pbx.permissions().all().contains(permission)) {
        throw new Refusal(
            Kind.INVALID_VALUE,
            "permissions: the pbx has no permission " + Refusal.quoted(permission));
      }
      if (pbx.permissions().privileged().contains(permission) && !settings.allowPrivileged()) {
        throw new Refusal(
            Kind.FORBIDDEN, "permissions: '" + permission + "' must not be given by scim");
      }
    }
  }

  static void checkOwn(boolean builtIn) {
    if (builtIn) {
      throw new Refusal(Kind.FORBIDDEN, "a role that comes with the pbx cannot be changed");
    }
  }

  static void checkUnused(String name, int users) {
    if (users > 0) {
      throw new Refusal(
          Kind.CONFLICT,
          "role %s is held by %d user%s"
              .formatted(Refusal.quoted(name), users, users == 1 ? "" : "s"));
    }
  }

  static Refusal taken(String name) {
    return new Refusal(Kind.UNIQUENESS, "displayName " + Refusal.quoted(name) + " is taken");
  }
}
