package dev.patchbay.pbx.api;

import java.util.HashSet;
import java.util.Set;

/**
 * What roles of a tenant's own may allow, in the phone system's words.
 *
 * @param plain what concerns whoever has the role
 * @param privileged what gives rights over others or over the phone system itself
 */
public record PbxPermissions(Set<String> plain, Set<String> privileged) {
  /** Of a phone system whose roles cannot be made or changed. */
  public static final PbxPermissions NONE = new PbxPermissions(Set.of(), Set.of());

  public PbxPermissions {
    plain = Set.copyOf(plain);
    privileged = Set.copyOf(privileged);
  }

  /** Both kinds. */
  public Set<String> all() {
    var all = new HashSet<>(plain);
    all.addAll(privileged);
    return all;
  }
}
