package dev.patchbay.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A further PBX of a tenant.
 *
 * @param tenant the inner tenant that stands for it, which has no clients of its own
 * @param filter the text of {@code wanted}
 * @param wanted which of the tenant's users it has
 */
record TargetConfig(String name, TenantConfig tenant, String filter, Predicate<ObjectNode> wanted) {
  private static final List<String> TENANTS_OWN = List.of("tokens", "jwt", "bulk", "targets");

  /** Those of a tenant's section, without any that has a problem, which is reported. */
  static List<TargetConfig> of(String tenant, Section section, TokenOwners owners) {
    var targets = new ArrayList<TargetConfig>();
    section
        .sections("targets")
        .forEach(
            (name, target) ->
                target
                    .read(it -> from(tenant, name, it, owners))
                    .flatMap(it -> it)
                    .ifPresent(targets::add));
    return targets;
  }

  private static Optional<TargetConfig> from(
      String tenant, String name, Section section, TokenOwners owners) {
    for (String key : TENANTS_OWN) {
      if (section.has(key)) {
        section.reject(key, "belongs to the tenant, a target has none of its own");
      }
    }
    var wanted =
        section.has("filter")
            ? section
                .value("filter", "a SCIM filter on users", TargetFilter::of)
                .filter(it -> it.fits(section))
                .<Predicate<ObjectNode>>map(TargetFilter::wanted)
            : Optional.<Predicate<ObjectNode>>of(user -> true);
    var read = TenantConfig.target(tenant, name, section, owners);
    read.filter(it -> section.has("filter") && !takesOut(it))
        .ifPresent(
            it -> section.warn("filter", "who leaves it stays: this pbx cannot take users out"));
    var text = section.string("filter", "");
    return read.flatMap(it -> wanted.map(who -> new TargetConfig(name, it, text, who)));
  }

  /** No call is made. */
  private static boolean takesOut(TenantConfig target) {
    try (var pbx = target.openPbx(Clock.systemUTC(), () -> 1)) {
      var can = pbx.capabilities();
      return can.offers(PbxCall.DeleteUser.class) || can.changes(PbxField.ENABLED);
    }
  }
}
