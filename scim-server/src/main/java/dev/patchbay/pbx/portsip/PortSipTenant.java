package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;

/** What holds for all users of the PortSIP tenant: its password policy. */
final class PortSipTenant {
  private final PortSipApi api;

  PortSipTenant(PortSipApi api) {
    this.api = api;
  }

  PasswordPolicy passwordPolicy() {
    HttpCall call = HttpCall.read("password policy", "/api/tenant/password_policy");
    return toPolicy(api.findIfAllowed(call, api.time()).orElseGet(Json::object));
  }

  /** What is missing, the whole included, is taken as the vendor's default, which is strict. */
  private static PasswordPolicy toPolicy(ObjectNode json) {
    return new PasswordPolicy(
        json.path("min_length").asInt(6),
        json.path("max_length").asInt(32),
        json.path("contains_letters").asBoolean(true),
        json.path("contains_numbers").asBoolean(true),
        json.path("contains_special_letters").asBoolean(true),
        json.path("disable_sequential_characters").asBoolean(true),
        json.path("disable_repeating_characters").asBoolean(true),
        json.path("disable_account_information").asBoolean(true));
  }
}
