package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.http.HttpCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for all users of the PortSIP tenant: its roles and its password policy. */
final class PortSipTenant {
  // Long enough for a burst of writes, short enough that a new role is usable after a coffee.
  private static final Duration KEEP_ROLES = Duration.ofMinutes(1);

  private final PortSipApi api;
  private final Clock clock;
  private volatile Optional<PasswordPolicy> policy = Optional.empty();
  private volatile Optional<Roles> roles = Optional.empty();

  private record Roles(Set<String> names, Instant until) {}

  PortSipTenant(PortSipApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  Set<String> roles() {
    Instant now = clock.instant();
    return roles.filter(it -> now.isBefore(it.until())).orElseGet(() -> readRoles(now)).names();
  }

  private Roles readRoles(Instant now) {
    try (Stream<ObjectNode> list =
        PortSipPages.of(api, "role list", "/api/roles", Optional.empty())) {
      var names =
          list.flatMap(role -> Json.text(role, "name").stream())
              .collect(Collectors.toUnmodifiableSet());
      var read = new Roles(names, now.plus(KEEP_ROLES));
      roles = Optional.of(read);
      return read;
    }
  }

  PasswordPolicy passwordPolicy() {
    return policy.orElseGet(this::readPolicy);
  }

  private PasswordPolicy readPolicy() {
    HttpCall call = HttpCall.read("password policy", "/api/tenant/password_policy");
    PasswordPolicy read = toPolicy(api.findIfAllowed(call, api.time()).orElseGet(Json::object));
    policy = Optional.of(read);
    return read;
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
