package dev.patchbay.schema;

import static dev.patchbay.schema.Attribute.bool;
import static dev.patchbay.schema.Attribute.complex;
import static dev.patchbay.schema.Attribute.integer;
import static dev.patchbay.schema.Attribute.reference;
import static dev.patchbay.schema.Attribute.string;

import java.util.List;
import java.util.stream.Stream;

/** What the server's descriptions of itself look like (RFC 7643 §8.7.2, RFC 9865 §4). */
final class DiscoverySchemas {
  private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";

  /** In the order in which a client reads them. */
  static final List<Schema> ALL = List.of(serviceProviderConfig(), resourceType(), schema());

  private DiscoverySchemas() {}

  private static Schema serviceProviderConfig() {
    return schema(
        "ServiceProviderConfig",
        "What of SCIM this server can do",
        feature("patch", "Changes by PATCH."),
        feature(
            "bulk",
            "Many writes in one request.",
            integer("maxOperations", "The most writes in one request.").required(),
            integer("maxPayloadSize", "The largest body, in bytes.").required()),
        feature(
            "filter",
            "Lists of what fits a filter.",
            integer("maxResults", "The most resources on a page.").required()),
        feature("changePassword", "Changes of passwords."),
        feature("sort", "Lists in an order of the client's."),
        feature("etag", "Versions of resources."),
        complex(
            "pagination",
            "How lists are cut into pages.",
            bool("cursor", "Whether by cursors.").required(),
            bool("index", "Whether by positions.").required(),
            string("defaultPaginationMethod", "How, if the client does not say."),
            integer("defaultPageSize", "Resources on a page, if the client does not say."),
            integer("maxPageSize", "The most resources on a page."),
            integer("cursorTimeout", "Seconds for which a cursor holds at least.")),
        authenticationSchemes());
  }

  /** The whole has sub-attributes, of which {@code supported} is the first. */
  private static Attribute feature(String name, String description, Attribute... more) {
    var subAttributes =
        Stream.concat(
            Stream.of(bool("supported", "Whether there is that.").required()), Stream.of(more));
    return complex(name, description, subAttributes.toArray(Attribute[]::new)).required();
  }

  private static Attribute authenticationSchemes() {
    return complex(
            "authenticationSchemes",
            "How a client shows who it is.",
            string("type", "Kind of the scheme.")
                .canonical("oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest")
                .required(),
            string("name", "Name of the scheme.").required(),
            string("description", "What the scheme is.").required(),
            reference("specUri", "Address of its specification.", "external"),
            reference("documentationUri", "Address of its documentation.", "external"),
            bool("primary", "Whether this is the preferred one."))
        .multiValued()
        .required();
  }

  private static Schema resourceType() {
    return schema(
        "ResourceType",
        "A kind of resource and where it is served",
        string("name", "Name of the type.").required(),
        string("description", "What the type is."),
        reference("endpoint", "Path below the base address.", "uri").required(),
        reference("schema", "URN of the core schema.", "uri").required(),
        complex(
                "schemaExtensions",
                "What is added to the core schema.",
                reference("schema", "URN of the extension.", "uri").required(),
                bool("required", "Whether every resource has it.").required())
            .multiValued());
  }

  private static Schema schema() {
    var attribute =
        Stream.concat(
            traits(),
            Stream.of(
                complex(
                        "subAttributes",
                        "The parts of a complex attribute.",
                        traits().toArray(Attribute[]::new))
                    .multiValued()));
    return schema(
        "Schema",
        "A set of attributes",
        string("name", "Name of the schema.").required(),
        string("description", "What the schema is for."),
        complex("attributes", "The attributes.", attribute.toArray(Attribute[]::new))
            .multiValued()
            .required());
  }

  private static Stream<Attribute> traits() {
    return Stream.of(
        string("name", "Name of the attribute.").caseExact().required(),
        string("type", "Type of its value.")
            .canonical(
                "string",
                "boolean",
                "decimal",
                "integer",
                "dateTime",
                "reference",
                "complex",
                "binary")
            .required(),
        bool("multiValued", "Whether it has several values.").required(),
        string("description", "What it means."),
        bool("required", "Whether a resource has to have it.").required(),
        string("canonicalValues", "Values it usually has.").caseExact().multiValued(),
        bool("caseExact", "Whether case counts."),
        string("mutability", "Who writes it, and when.")
            .caseExact()
            .canonical("readOnly", "readWrite", "immutable", "writeOnly"),
        string("returned", "When it is part of an answer.")
            .caseExact()
            .canonical("always", "never", "default", "request"),
        string("uniqueness", "Among which resources a value may stand once.")
            .caseExact()
            .canonical("none", "server", "global"),
        string("referenceTypes", "What it may refer to.").caseExact().multiValued());
  }

  private static Schema schema(String name, String description, Attribute... attributes) {
    return new Schema(
        CORE + name, name, description, Stream.of(attributes).map(Attribute::readOnly).toList());
  }
}
