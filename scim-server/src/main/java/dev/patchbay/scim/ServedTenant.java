package dev.patchbay.scim;

import dev.patchbay.config.KnownTokens;
import dev.patchbay.config.Secret;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.ResourceRenderer;
import dev.patchbay.provisioning.Sender;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A tenant with what is made of it once and used by every request. */
final class ServedTenant {
  private final ScimTenant tenant;
  private final KnownTokens<Sender> tokens;
  private final Map<EntryType, ResourceRenderer> renderers = new EnumMap<>(EntryType.class);

  ServedTenant(ScimTenant tenant) {
    this.tenant = tenant;
    this.tokens = new KnownTokens<>(tenant.tokens());
    for (EntryType type : EntryType.values()) {
      renderers.put(type, new ResourceRenderer(tenant.directory(), tenant.type(type)));
    }
  }

  ScimTenant tenant() {
    return tenant;
  }

  /** Whom the token stands for; empty if it opens another tenant or none. */
  Optional<Sender> sender(Secret token) {
    return tokens.find(token);
  }

  ResourceRenderer renderer(EntryType type) {
    return Optional.ofNullable(renderers.get(type)).orElseThrow();
  }
}
