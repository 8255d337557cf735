package dev.patchbay.pbx.api;

import java.util.List;
import java.util.Set;

/**
 * What the roles of a family of phone systems are called; names count without regard to case.
 *
 * @param usual of a user nobody asks a role for
 * @param precedence from the fewest rights to the most
 * @param never roles above a tenant, which no setting allows
 * @param privileged roles with rights over others
 */
public record PbxRoleNames(
    String usual, List<String> precedence, Set<String> never, Set<String> privileged) {
  public PbxRoleNames {
    precedence = List.copyOf(precedence);
    never = Set.copyOf(never);
    privileged = Set.copyOf(privileged);
  }
}
