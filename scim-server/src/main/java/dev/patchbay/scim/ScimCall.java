package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.web.WebRequest;

/**
 * A request whose sender is known.
 *
 * @param base the tenant's SCIM URL as the sender sees it, without a slash at its end
 */
record ScimCall(WebRequest request, ServedTenant served, Sender sender, String base) {

  ScimTenant tenant() {
    return served.tenant();
  }

  /** The identifier at the end of the path. */
  String id() {
    return request.param("id");
  }

  /**
   * The body, read anew each time.
   *
   * @throws dev.patchbay.schema.Refusal {@code INVALID_SYNTAX} for anything but one JSON object
   */
  ObjectNode body() {
    return JsonBody.read(request);
  }
}
