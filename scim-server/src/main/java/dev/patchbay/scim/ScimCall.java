package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.web.WebRequest;
import java.util.Optional;

/**
 * A request whose sender is known.
 *
 * @param base the tenant's SCIM URL as the sender sees it, without a slash at its end
 * @param about the resource it is about where the path does not name it
 */
record ScimCall(
    WebRequest request, ServedTenant served, Caller caller, String base, Optional<String> about) {

  /** The same request about a resource that its path does not name. */
  ScimCall about(String id) {
    return new ScimCall(request, served, caller, base, Optional.of(id));
  }

  Sender sender() {
    return caller.sender();
  }

  ScimTenant tenant() {
    return served.tenant();
  }

  /** The identifier at the end of the path, unless it is about another resource. */
  String id() {
    return about.orElseGet(() -> request.param("id"));
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
