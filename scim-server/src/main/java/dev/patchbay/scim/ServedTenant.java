package dev.patchbay.scim;

import dev.patchbay.config.KnownTokens;
import dev.patchbay.config.Secret;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.ResourceRenderer;
import dev.patchbay.provisioning.Sender;
import dev.patchbay.scim.Caller.Access;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A tenant with what is made of it once and used by every request. */
final class ServedTenant {
  private final ScimTenant tenant;
  private final KnownTokens<Sender> tokens;
  private final Optional<JwtCallers> jwt;
  private final Map<EntryType, ResourceRenderer> renderers = new EnumMap<>(EntryType.class);

  ServedTenant(ScimTenant tenant, Clock clock) {
    this.tenant = tenant;
    this.tokens = new KnownTokens<>(tenant.tokens());
    this.jwt = tenant.jwt().map(it -> new JwtCallers(tenant.name(), it, clock));
    for (EntryType type : EntryType.values()) {
      renderers.put(type, new ResourceRenderer(tenant.directory(), tenant.type(type)));
    }
  }

  ScimTenant tenant() {
    return tenant;
  }

  /**
   * Whom the token stands for; empty if it opens another tenant or none.
   *
   * @throws KeysUnavailable where that cannot be told now
   */
  Optional<Caller> caller(Secret token) {
    return jwt.isPresent() && JwtCallers.isOne(token)
        ? jwt.get().caller(token)
        : tokens.find(token).map(Caller::of);
  }

  /**
   * Lets pass who may do that much.
   *
   * @throws InsufficientScope for anybody else
   */
  void require(Access access, Caller caller) {
    if (caller.access().compareTo(access) < 0) {
      throw new InsufficientScope(jwt.map(it -> it.scope(access)).orElse(""));
    }
  }

  ResourceRenderer renderer(EntryType type) {
    return Optional.ofNullable(renderers.get(type)).orElseThrow();
  }
}
