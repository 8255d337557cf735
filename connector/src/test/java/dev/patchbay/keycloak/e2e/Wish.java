package dev.patchbay.keycloak.e2e;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a user shall be.
 *
 * @param groups their names
 */
record Wish(String id, String lastName, boolean enabled, Set<String> groups) {
  Wish {
    groups = Set.copyOf(groups);
  }

  Wish named(String newLastName) {
    return new Wish(id, newLastName, enabled, groups);
  }

  Wish toggled() {
    return new Wish(id, lastName, !enabled, groups);
  }

  Wish in(String group) {
    var more = new TreeSet<>(groups);
    more.add(group);
    return new Wish(id, lastName, enabled, more);
  }

  Wish notIn(String group) {
    var fewer = new TreeSet<>(groups);
    fewer.remove(group);
    return new Wish(id, lastName, enabled, fewer);
  }
}
