package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.reference;
import static dev.patchbay.schema.Attribute.string;

import dev.patchbay.schema.Attribute.Mutability;
import java.util.List;

/** The enterprise user of RFC 7643 §4.3; the manager's name stands with the manager alone. */
final class EnterpriseUserSchema {
  static final String URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private EnterpriseUserSchema() {}

  /**
   * @param organization what the phone system allows with it once given
   */
  static Schema with(Mutability organization) {
    return new Schema(
        URN,
        "EnterpriseUser",
        "Enterprise user",
        List.of(
            string("employeeNumber", "Number given by the organization."),
            string("costCenter", "Cost center."),
            string("organization", "Organization.").mutability(organization),
            string("division", "Division."),
            string("department", "Department."),
            complex(
                "manager",
                "The person's manager.",
                string("value", "Identifier of the manager.").caseExact(),
                reference("$ref", "Address of the manager.", "User"))));
  }
}
