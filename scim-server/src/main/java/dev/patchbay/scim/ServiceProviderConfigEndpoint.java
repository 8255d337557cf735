package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.CursorSeal;
import dev.patchbay.web.WebResponse;

/** {@code /ServiceProviderConfig}: what of SCIM this tenant can do (RFC 7643 §5). */
final class ServiceProviderConfigEndpoint {
  private static final String URN = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

  WebResponse get(ScimCall call) {
    Discovery.refuseFilter(call);
    var config = ScimJson.message(URN);
    supported(config, "patch", true);
    supported(config, "bulk", true)
        .put("maxOperations", call.tenant().bulk().maxOperations())
        .put("maxPayloadSize", call.tenant().bulk().maxPayloadSize());
    supported(config, "filter", true).put("maxResults", ListParameters.MAX_COUNT);
    supported(config, "changePassword", call.tenant().changesPasswords());
    supported(config, "sort", true);
    supported(config, "etag", true);
    pagination(config);
    return described(config, call.base(), call.tenant().jwt().isPresent());
  }

  /**
   * How to get in, told to whoever has no token yet (RFC 7643 §5) and nothing that differs between
   * tenants: their names are not to be guessed.
   */
  WebResponse schemes(String base) {
    return described(ScimJson.message(URN), base, false);
  }

  private static WebResponse described(ObjectNode config, String base, boolean jwt) {
    var schemes = config.putArray("authenticationSchemes");
    schemes
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "OAuth Bearer Token")
        .put("description", "A long-lived token of this tenant in the Authorization header")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
        .put("primary", true);
    if (jwt) {
      schemes
          .addObject()
          .put("type", "oauth2")
          .put("name", "OAuth 2.0 access token")
          .put("description", "A JWT of the tenant's authorization server as the bearer token")
          .put("specUri", "https://www.rfc-editor.org/info/rfc9068")
          .put("primary", false);
    }
    config
        .putObject("meta")
        .put("resourceType", "ServiceProviderConfig")
        .put("location", base + "/ServiceProviderConfig");
    return ScimJson.of(200, config);
  }

  /** RFC 9865 §4. */
  private static void pagination(ObjectNode config) {
    config
        .putObject("pagination")
        .put("cursor", true)
        .put("index", true)
        .put("defaultPaginationMethod", "index")
        .put("defaultPageSize", ListParameters.DEFAULT_COUNT)
        .put("maxPageSize", ListParameters.MAX_COUNT)
        .put("cursorTimeout", CursorSeal.TIMEOUT.toSeconds());
  }

  private static ObjectNode supported(ObjectNode config, String feature, boolean supported) {
    return config.putObject(feature).put("supported", supported);
  }
}
