package dev.patchbay.pbx.api;

import java.util.Set;

/**
 * What one {@link PbxCall.UpdateUser} sets together, as one effect: all of it or nothing.
 *
 * @param secrets those that may go with it; they need not be alone
 */
public record PbxUpdate(Set<PbxField> fields, Set<PbxSecret> secrets) {
  public PbxUpdate {
    fields = Set.copyOf(fields);
    secrets = Set.copyOf(secrets);
  }
}
