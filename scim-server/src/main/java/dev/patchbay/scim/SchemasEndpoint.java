package dev.patchbay.scim;

import dev.patchbay.schema.DiscoveryDocuments;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.web.WebResponse;

/** {@code /Schemas}: every attribute this tenant has (RFC 7643 §7). */
final class SchemasEndpoint {

  WebResponse list(ScimCall call) {
    Discovery.refuseFilter(call);
    var schemas = DiscoveryDocuments.schemas(call.tenant().declared(), call.base());
    return ScimJson.of(200, ScimJson.list(schemas));
  }

  WebResponse get(ScimCall call) {
    return DiscoveryDocuments.schema(call.tenant().declared(), call.id(), call.base())
        .map(it -> ScimJson.of(200, it))
        .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "there is no such schema"));
  }
}
