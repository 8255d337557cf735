package dev.patchbay.scim;

import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;

/** What the endpoints about the server itself have in common. */
final class Discovery {
  private Discovery() {}

  /** RFC 7644 §4: who filters must not believe that what comes back was filtered. */
  static void refuseFilter(ScimCall call) {
    if (call.request().query("filter").isPresent()) {
      throw new Refusal(Kind.FORBIDDEN, "this cannot be filtered");
    }
  }
}
