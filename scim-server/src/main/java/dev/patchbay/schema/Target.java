package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Where an {@link AttributePath} leads in a resource type. */
public record Target(Optional<Schema> extension, Attribute attribute, Optional<Attribute> sub) {

  /** The attribute that holds the value in the end. */
  public Attribute leaf() {
    return sub.orElse(attribute);
  }

  /** The full name in the schema's spelling, such as {@code name.givenName}. */
  public String label() {
    return extension.map(it -> it.urn() + ":").orElse("")
        + attribute.name()
        + sub.map(it -> "." + it.name()).orElse("");
  }

  /** The attribute that this names, or names a part of. */
  Target whole() {
    return new Target(extension, attribute, Optional.empty());
  }

  /** The attribute's value, of which the sub-attribute is a part; a missing node if unassigned. */
  public JsonNode in(ObjectNode resource) {
    JsonNode holder = extension.isPresent() ? resource.path(extension.get().urn()) : resource;
    return holder.path(attribute.name());
  }

  public boolean isReadOnly() {
    return attribute.isReadOnly() || leaf().isReadOnly();
  }

  boolean isImmutable() {
    return attribute.traits().mutability() == Attribute.Mutability.IMMUTABLE
        || leaf().traits().mutability() == Attribute.Mutability.IMMUTABLE;
  }

  /** A secret, or anything else that no answer may contain. */
  public boolean isNeverReturned() {
    return attribute.traits().returned() == Attribute.Returned.NEVER
        || leaf().traits().returned() == Attribute.Returned.NEVER;
  }

  /** What a comparison without sub-attribute means: of a complex attribute, its {@code value}. */
  public Optional<Target> comparable() {
    if (leaf().type() != Attribute.Type.COMPLEX) {
      return Optional.of(this);
    }
    return attribute
        .sub("value")
        .map(value -> new Target(extension, attribute, Optional.of(value)));
  }
}
