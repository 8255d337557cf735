package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.schema.ResourceTypes;

/** What an entry says of itself in the attribute {@code provisioning}. */
final class Provisioning {
  private Provisioning() {}

  static String state(Entry entry) {
    return of(entry).path("state").asText();
  }

  static String error(Entry entry) {
    return of(entry).path("lastError").asText();
  }

  private static JsonNode of(Entry entry) {
    var urn =
        switch (entry.type()) {
          case USER -> ResourceTypes.PBX_USER;
          case GROUP -> ResourceTypes.PBX_GROUP;
          case ROLE -> ResourceTypes.PBX_ROLE;
        };
    return entry.resource().path(urn).path("provisioning");
  }
}
