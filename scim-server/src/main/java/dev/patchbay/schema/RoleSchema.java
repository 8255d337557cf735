package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.string;

import dev.patchbay.schema.Attribute.Mutability;
import java.util.List;

/**
 * A role as Okta discovers it by this URN. SCIM itself has no roles as resources: the draft of them
 * (draft-ietf-scim-roles-entitlements) is expired.
 */
final class RoleSchema {
  static final String URN = "urn:okta:scim:schemas:core:1.0:Role";

  private RoleSchema() {}

  /**
   * @param writable whether the phone system's roles can be made and changed
   */
  static Schema with(boolean writable) {
    return new Schema(
        URN,
        "Role",
        "Role",
        List.of(
            string("displayName", "Name of the role; fixed once it is made.")
                .required()
                .mutability(writable ? Mutability.IMMUTABLE : Mutability.READ_ONLY)
                .unique(),
            string("description", "What the role is for.")
                .mutability(writable ? Mutability.READ_WRITE : Mutability.READ_ONLY)));
  }
}
