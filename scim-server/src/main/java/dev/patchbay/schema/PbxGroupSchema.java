package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;

/** What a phone system adds to a group. The URN is not registered with IANA. */
final class PbxGroupSchema {
  static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group";

  private PbxGroupSchema() {}

  /**
   * @param kinds those a group can have
   */
  static Schema with(List<String> kinds) {
    return new Schema(
        URN,
        "PbxGroup",
        "What a group means to the phone system",
        List.of(
            string("kind", "What membership does; chosen when the group is made.")
                .canonical(kinds.toArray(String[]::new))
                .caseExact()
                .immutable(),
            string("target", "Id or number of what the group stands for on the phone system.")
                .caseExact()
                .immutable(),
            string("description", "What the group is for."),
            PbxUserSchema.provisioning(),
            complex(
                    "parkedMembers",
                    "Members asked for that are not known yet; they join when they arrive.",
                    string("value", "Identifier as sent.").caseExact())
                .multiValued()
                .readOnly()));
  }
}
