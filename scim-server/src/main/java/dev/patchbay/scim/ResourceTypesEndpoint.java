package dev.patchbay.scim;

import dev.patchbay.schema.DiscoveryDocuments;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.web.WebResponse;

/** {@code /ResourceTypes}: what is served where (RFC 7643 §6). */
final class ResourceTypesEndpoint {

  WebResponse list(ScimCall call) {
    Discovery.refuseFilter(call);
    var types =
        call.tenant().declared().stream()
            .map(it -> DiscoveryDocuments.resourceType(it, call.base()))
            .toList();
    return ScimJson.of(200, ScimJson.list(types));
  }

  WebResponse get(ScimCall call) {
    return call.tenant().declared().stream()
        .filter(it -> it.name().equals(call.id()))
        .findFirst()
        .map(it -> ScimJson.of(200, DiscoveryDocuments.resourceType(it, call.base())))
        .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "there is no such resource type"));
  }
}
