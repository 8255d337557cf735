package dev.patchbay.schema;

import java.util.List;
import java.util.Optional;

/** A set of attributes under one URN (RFC 7643 §7). */
public record Schema(String urn, String name, String description, List<Attribute> attributes) {

  public Schema {
    attributes = List.copyOf(attributes);
  }

  /** The attribute of that name in any case. */
  public Optional<Attribute> attribute(String wanted) {
    return Attribute.named(attributes, wanted);
  }

  /** What its URN has in common with that of other versions, as in {@code urn:…:enterprise:}. */
  String namespace() {
    int version = urn.lastIndexOf(':', urn.lastIndexOf(':') - 1);
    return urn.substring(0, version + 1);
  }

  boolean isNamed(String text) {
    return urn.equalsIgnoreCase(text);
  }
}
