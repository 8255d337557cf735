package dev.patchbay.keycloak.config;

import java.util.Set;

/**
 * Which groups of the realm a target gets, by their paths; a path stands for the groups below it,
 * too.
 */
public record GroupFilter(Set<String> paths) {
  private static final String ALL = "*";

  public GroupFilter {
    paths = Set.copyOf(paths);
  }

  /** Whether no group is ever sent. */
  public boolean none() {
    return paths.isEmpty();
  }

  /** Whether the group with this path, such as {@code /sales/emea}, is sent. */
  public boolean includes(String path) {
    return paths.contains(ALL)
        || paths.stream().anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
  }
}
