package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.string;

import dev.patchbay.schema.Attribute.Mutability;
import dev.patchbay.schema.Attribute.Returned;
import java.util.List;

/** What a phone system adds to a role. The URN is not registered with IANA. */
final class PbxRoleSchema {
  static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Role";

  private PbxRoleSchema() {}

  /**
   * @param writable whether the phone system's roles can be made and changed
   */
  static Schema with(boolean writable) {
    return new Schema(
        URN,
        "PbxRole",
        "What a role means to the phone system",
        List.of(
            complex(
                    "permissions",
                    "What users with the role may do.",
                    string("value", "Name of the permission on the phone system.").caseExact())
                .multiValued()
                .mutability(writable ? Mutability.READ_WRITE : Mutability.READ_ONLY),
            bool("builtIn", "Whether it comes with the phone system and cannot be changed.")
                .readOnly(),
            bool("assignable", "Whether users can be given the role here.").readOnly(),
            string("pbxId", "Identifier of the role on the phone system.")
                .caseExact()
                .readOnly()
                .unique()
                .returned(Returned.REQUEST),
            PbxUserSchema.provisioning()));
  }
}
