package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.reference;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;

/** The core group of RFC 7643 §4.2. */
final class GroupSchema {
  static final String URN = "urn:ietf:params:scim:schemas:core:2.0:Group";

  static final Schema SCHEMA =
      new Schema(
          URN,
          "Group",
          "Group",
          List.of(
              string("displayName", "Name of the group, unique without regard to case.")
                  .required()
                  .unique(),
              complex(
                      "members",
                      "Who belongs to the group.",
                      string("value", "Identifier of the member.").caseExact().immutable(),
                      reference("$ref", "Address of the member.", "User", "Group").immutable(),
                      string("type", "'User', or 'Group': then all who belong to that group do.")
                          .immutable(),
                      string("display", "Name of the member.").readOnly())
                  .multiValued()));

  private GroupSchema() {}
}
