package dev.patchbay.pbx.portsip;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRoleNames;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.http.ForwardClock;
import dev.patchbay.pbx.http.PbxHttp;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** PortSIP PBX, v22.0 to v22.6. */
public final class PortSipDialect implements PbxDialect {

  @Override
  public String name() {
    return "portsip";
  }

  @Override
  public PbxRoleNames roles() {
    return PortSipRoles.NAMES;
  }

  @Override
  public PbxAdapter open(String tenant, Section section, Clock clock, IntSupplier bridges) {
    PortSipSettings settings = PortSipSettings.from(section);
    var connection = settings.connection();
    PbxHttp http = connection.open(tenant, clock, bridges);
    var errors = PortSipErrors.of(tenant);
    var session = new PortSipSession(http, settings.login(), errors, new ForwardClock(clock));
    var api = new PortSipApi(http, session, errors, connection.callLimit());
    var clearing = new PortSipClearing(api, settings.clearWith(), new ForwardClock(clock));
    var roles = new PortSipRoles(api, clearing, settings);
    return new PortSipAdapter(
        http,
        capabilities(settings),
        new PortSipTenant(api),
        new PortSipUsers(api, roles, clearing, settings),
        new PortSipBindings(api),
        new PortSipParts(api, settings.updateMode(), clearing),
        new PortSipGroups(api, settings.updateMode(), clearing),
        new PortSipServices(api),
        roles);
  }

  /** All but those about lines: PortSIP's numbers are the users' own. */
  private static Set<Class<? extends PbxCall>> calls() {
    var calls = new HashSet<>(PbxCapabilities.allCalls());
    calls.removeAll(
        Set.of(PbxCall.JoinLine.class, PbxCall.ChangeLine.class, PbxCall.LeaveLine.class));
    return calls;
  }

  private static PbxCapabilities capabilities(PortSipSettings settings) {
    var connection = settings.connection();
    return new PbxCapabilities(
        calls(),
        PbxReading.ALL,
        PortSipUserJson.fields(settings.apiLevel()),
        List.of(
            new PbxUpdate(
                PortSipUserJson.updatable(settings.apiLevel()), Set.of(PbxSecret.VOICEMAIL_PIN))),
        Set.of(PbxSecret.values()),
        PortSipPermissions.KNOWN,
        new PbxPace(connection.callLimit(), connection.quietTime(), connection.requests().atOnce()),
        PortSipServices.KINDS);
  }
}
