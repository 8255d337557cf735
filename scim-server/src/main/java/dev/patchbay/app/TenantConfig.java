package dev.patchbay.app;

import dev.patchbay.config.Section;
import dev.patchbay.mapping.KnownPbx;
import dev.patchbay.mapping.MapTable;
import dev.patchbay.mapping.MappingSettings;
import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.resilience.ResilienceSettings;
import dev.patchbay.pbx.resilience.ResilientPbxAdapter;
import dev.patchbay.provisioning.ProvisioningPolicy;
import dev.patchbay.reconcile.ReconcileSettings;
import dev.patchbay.scim.BulkSettings;
import dev.patchbay.scim.JwtSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * One tenant: who may write, which PBX it is about and how SCIM becomes its users.
 *
 * @param name its part of the SCIM base path
 * @param dialect reads {@code pbx} whenever an adapter is opened
 * @param resilience when this PBX counts as down
 * @param targets further PBXs that have what this tenant wants
 */
record TenantConfig(
    String name,
    List<TokenSettings> tokens,
    PbxDialect dialect,
    Section pbx,
    ResilienceSettings resilience,
    MappingSettings mapping,
    ProvisioningPolicy policy,
    ReconcileSettings reconcile,
    BulkSettings bulk,
    Optional<JwtSettings> jwt,
    List<TargetConfig> targets) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  TenantConfig {
    tokens = List.copyOf(tokens);
    targets = List.copyOf(targets);
  }

  /** Says so of a name that cannot be; the rest is read all the same, to tell all at once. */
  private static void check(String kind, String name, Section section) {
    if (!NAME.matcher(name).matches()) {
      section.reject(
          kind + " must be 1 to 63 small letters, digits and inner dashes, was '" + name + "'");
    }
  }

  /**
   * Empty when a problem of the section was reported.
   *
   * @param owners of the tokens of the whole file
   */
  static Optional<TenantConfig> from(String name, Section section, TokenOwners owners) {
    check("tenant", name, section);
    return read(name, section, owners, TargetConfig.of(name, section, owners));
  }

  /** The inner tenant of a target: no path of SCIM leads there, since no tenant has a dot. */
  static Optional<TenantConfig> target(
      String tenant, String name, Section section, TokenOwners owners) {
    check("target", name, section);
    return read(tenant + "." + name, section, owners, List.of()).map(TenantConfig::asTarget);
  }

  private TenantConfig asTarget() {
    return new TenantConfig(
        name,
        tokens,
        dialect,
        pbx,
        resilience,
        mapping,
        policy.ofTarget(),
        reconcile,
        bulk,
        jwt,
        targets);
  }

  private static Optional<TenantConfig> read(
      String name, Section section, TokenOwners owners, List<TargetConfig> targets) {
    List<TokenSettings> tokens = tokens(section, "tenant '" + name + "'", owners);
    Section pbx = section.section("pbx");
    Optional<PbxDialect> dialect = named(pbx);
    Optional<KnownPbx> known = dialect.map(it -> known(it, name, pbx));
    var resilience = pbx.section("resilience").read(ResilienceSettings::from);
    var mapping = mapping(known, section.section("mapping"));
    var policy = policy(known, section.section("policy"));
    var reconcile = section.section("reconcile").read(ReconcileSettings::from);
    var bulk = section.section("bulk").read(BulkSettings::from);
    var jwt = section.section("jwt");
    var accessTokens =
        section.has("jwt") ? jwt.read(JwtSettings::from) : Optional.<JwtSettings>empty();
    var all = List.of(dialect, resilience, mapping, policy, reconcile, bulk);
    if (!all.stream().allMatch(Optional::isPresent)) {
      return Optional.empty();
    }
    return Optional.of(
        new TenantConfig(
            name,
            tokens,
            dialect.get(),
            pbx,
            resilience.get(),
            mapping.get(),
            policy.get(),
            reconcile.get(),
            bulk.get(),
            accessTokens,
            targets));
  }

  /**
   * An adapter of this tenant's PBX; no call is made.
   *
   * @param bridges how many share its limits now
   */
  ResilientPbxAdapter openPbx(Clock clock, IntSupplier bridges) {
    return new ResilientPbxAdapter(
        name, dialect.open(name, pbx, clock, bridges), resilience, clock);
  }

  /** Which attribute becomes which field of its PBX, a line each; no call is made. */
  List<String> map() {
    try (var adapter = dialect.open(name, pbx, Clock.systemUTC(), () -> 1)) {
      return MapTable.lines(mapping, adapter.capabilities());
    }
  }

  private static List<TokenSettings> tokens(Section section, String owner, TokenOwners owners) {
    var names = new HashSet<String>();
    var tokens = new ArrayList<TokenSettings>();
    for (Section entry : section.list("tokens")) {
      var token = entry.read(TokenSettings::from).flatMap(found -> found);
      token.ifPresent(
          found -> {
            tokens.add(found);
            owners.claim(entry, owner);
          });
      if (!names.add(entry.string("name", ""))) {
        entry.reject("name", "two tokens of a tenant have this name");
      }
    }
    return tokens;
  }

  private static Optional<PbxDialect> named(Section pbx) {
    var names = Dialects.byName();
    if (!pbx.has("dialect")) {
      pbx.reject("dialect", "is missing, expected one of " + String.join(", ", names.keySet()));
    }
    Optional<PbxDialect> found = pbx.word("dialect", names.keySet()).map(Dialects::named);
    if (found.isEmpty()) {
      pbx.skip();
    }
    return found;
  }

  /** What the rest of the tenant is held to; where there is no PBX, nothing of it is read. */
  private static KnownPbx known(PbxDialect dialect, String tenant, Section pbx) {
    return pbx.read(settings -> opened(dialect, tenant, settings))
        .orElseGet(() -> KnownPbx.unopened(dialect.roles()));
  }

  private static KnownPbx opened(PbxDialect dialect, String tenant, Section pbx) {
    // An adapter makes no call when opened: one that is closed at once has read all settings.
    try (var adapter = dialect.open(tenant, pbx, Clock.systemUTC(), () -> 1)) {
      return KnownPbx.of(dialect.roles(), adapter);
    }
  }

  private static Optional<MappingSettings> mapping(Optional<KnownPbx> known, Section mapping) {
    if (known.isEmpty()) {
      mapping.skip();
    }
    return known.flatMap(pbx -> mapping.read(section -> MappingSettings.from(section, pbx)));
  }

  private static Optional<ProvisioningPolicy> policy(Optional<KnownPbx> known, Section policy) {
    return known
        .map(pbx -> policy.read(section -> ProvisioningPolicy.from(section, pbx)))
        .orElseGet(() -> policy.read(ProvisioningPolicy::from));
  }
}
