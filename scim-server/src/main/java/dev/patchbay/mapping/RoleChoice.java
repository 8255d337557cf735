package dev.patchbay.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What a user's role values come to.
 *
 * @param role the one PBX role asked for; empty when no value means one
 * @param unknown the values, as sent, that mean no PBX role
 */
public record RoleChoice(Optional<String> role, List<String> unknown) {
  public RoleChoice {
    unknown = List.copyOf(unknown);
  }
}
