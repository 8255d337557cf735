package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.web.WebResponse;

/** What is one per tenant: its rules, what it says of itself, and the token's own user. */
record TenantApi(EmulatedStore store, PortSipEmulatorOptions options) {
  void addTo(PortSipRoutes routes) {
    routes
        .get("/api/info", Need.NOTHING, this::info)
        .get("/api/user", Need.TOKEN, this::user)
        .get("/api/tenant/password_policy", Need.TOKEN, this::passwordPolicy);
  }

  private WebResponse info(ApiRequest request) {
    ObjectNode info =
        Json.object()
            .put("version", options.level().word())
            .put("enable_ms365_integration", options.ms365());
    request.web().query("domain").ifPresent(it -> info.put("domain", it));
    return Json.ok(info);
  }

  private WebResponse user(ApiRequest request) {
    return Json.ok(CurrentUser.of(store, options.access(), request.caller()));
  }

  private WebResponse passwordPolicy(ApiRequest request) {
    return Json.ok(options.limits().passwordPolicy().json());
  }
}
