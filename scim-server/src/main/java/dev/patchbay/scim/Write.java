package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.IfMatch;

/** A write of one resource, sent as a request of its own or as part of a bulk. */
sealed interface Write {
  record Create(ObjectNode body) implements Write {}

  record Replace(String id, IfMatch ifMatch, ObjectNode body) implements Write {}

  record Patch(String id, IfMatch ifMatch, ObjectNode body) implements Write {}

  record Delete(String id, IfMatch ifMatch) implements Write {}
}
