package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;
import java.util.Set;

/** What a phone system adds to a group. The URN is not registered with IANA. */
final class PbxGroupSchema {
  static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group";

  private PbxGroupSchema() {}

  /**
   * @param kinds those a group can have
   * @param absent attributes that mean nothing there, and are not served
   */
  static Schema with(List<String> kinds, Set<String> absent) {
    return new Schema(
        URN,
        "PbxGroup",
        "What a group means to the phone system",
        all(kinds).stream().filter(it -> !absent.contains(it.name())).toList());
  }

  private static List<Attribute> all(List<String> kinds) {
    return List.of(
        string("kind", "What membership does; chosen when the group is made.")
            .canonical(kinds.toArray(String[]::new))
            .caseExact()
            .immutable(),
        string("target", "Id or number of what the group stands for on the phone system.")
            .caseExact()
            .immutable(),
        string("description", "What the group is for."),
        complex(
                "outboundCallerIds",
                "Numbers that may be shown to those whom the members call.",
                string("provider", "Identifier of the trunk the number belongs to.").caseExact(),
                string("value", "The number."),
                string("description", "What it is for."))
            .multiValued(),
        PbxUserSchema.provisioning(),
        PbxUserSchema.ownProvisioning(),
        PbxUserSchema.targets(),
        complex(
                "parkedMembers",
                "Members asked for that are not known yet; they join when they arrive.",
                string("value", "Identifier as sent.").caseExact())
            .multiValued()
            .readOnly());
  }
}
