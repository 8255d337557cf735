package dev.patchbay.pbx.crmcom;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.api.PbxRoleNames;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** CRM.COM, Web API v4: releases 14 to 17, and later ones as long as they keep the call. */
public final class CrmComDialect implements PbxDialect {

  @Override
  public String name() {
    return "crmcom";
  }

  /** A role is a template of the settings, and what they are called is a customer's own matter. */
  @Override
  public PbxRoleNames roles() {
    return new PbxRoleNames("default", List.of("default"), Set.of(), Set.of());
  }

  @Override
  public PbxAdapter open(String tenant, Section section, Clock clock, IntSupplier bridges) {
    CrmComSettings settings = CrmComSettings.from(section);
    return new CrmComAdapter(
        tenant, settings, settings.connection().open(tenant, clock, bridges), clock);
  }
}
