package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.dateTime;
import static dev.patchbay.schema.Attribute.reference;
import static dev.patchbay.schema.Attribute.string;

import dev.patchbay.schema.Attribute.Returned;
import java.util.List;
import java.util.Optional;

/** What every resource has without a schema saying so (RFC 7643 §3.1). */
final class CommonAttributes {
  static final List<Attribute> ALL =
      List.of(
          reference("schemas", "URNs of the schemas in use.", "uri")
              .multiValued()
              .required()
              .readOnly()
              .returned(Returned.ALWAYS),
          string("id", "Identifier given by this server; never reused.")
              .caseExact()
              .readOnly()
              .unique()
              .returned(Returned.ALWAYS),
          string("externalId", "Identifier given by the client.").caseExact(),
          complex(
                  "meta",
                  "Metadata kept by this server.",
                  string("resourceType", "Name of the resource type.").caseExact(),
                  dateTime("created", "When the resource was made."),
                  dateTime("lastModified", "When the resource last changed."),
                  reference("location", "Address of the resource.", "uri"),
                  string("version", "Entity tag of the resource.").caseExact())
              .readOnly());

  private CommonAttributes() {}

  static Optional<Attribute> named(String name) {
    return Attribute.named(ALL, name);
  }
}
