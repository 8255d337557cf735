package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;

/** What SCIM asks of the resources of one type. */
sealed interface Served permits ServedUsers, ServedGroups, ServedRoles {
  Entry create(Sender sender, JsonNode body);

  Entry replace(Sender sender, String id, IfMatch ifMatch, JsonNode body);

  Entry patch(Sender sender, String id, IfMatch ifMatch, JsonNode patch);

  /** A resource that is already gone is {@code NOT_FOUND}. */
  void delete(Sender sender, String id, IfMatch ifMatch);
}
