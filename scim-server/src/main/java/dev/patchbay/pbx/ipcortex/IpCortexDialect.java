package dev.patchbay.pbx.ipcortex;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRoleNames;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.http.ForwardClock;
import dev.patchbay.pbx.http.PbxConnection;
import dev.patchbay.pbx.http.PbxHttp;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** IPCortex PABX ("IPCortex Communication System"), JSON REST API of 6.4 and later. */
public final class IpCortexDialect implements PbxDialect {

  @Override
  public String name() {
    return "ipcortex";
  }

  /** Only the usual one is documented; which others there are, the settings say. */
  @Override
  public PbxRoleNames roles() {
    return new PbxRoleNames("user", List.of("user"), Set.of(), Set.of("admin", "administrator"));
  }

  @Override
  public PbxAdapter open(String tenant, Section section, Clock clock, IntSupplier bridges) {
    IpCortexSettings settings = IpCortexSettings.from(section);
    PbxHttp http = settings.connection().open(tenant, clock, bridges);
    var errors = new IpCortexErrors(tenant);
    var forward = new ForwardClock(clock);
    var session =
        new IpCortexSession(http, settings.login(), settings.administrators(), errors, forward);
    var columns =
        new UserColumns(
            settings.roles(),
            settings.deactivation(),
            new Passwords(settings.passwords(), new SecureRandom()),
            settings.names(),
            settings.company());
    var written = new Written(settings.verify(), columns, errors, forward);
    var users =
        new IpCortexUsers(
            new IpCortexApi(http, session, new Absence(settings.login()), errors),
            columns,
            written,
            settings.connection().callLimit());
    return new IpCortexAdapter(http, capabilities(columns, settings.connection()), columns, users);
  }

  /** One update takes everything, a password too; there are no groups and no calls for roles. */
  private static PbxCapabilities capabilities(UserColumns columns, PbxConnection connection) {
    return new PbxCapabilities(
        Set.of(CreateUser.class, UpdateUser.class, DeleteUser.class),
        PbxReading.ALL_BUT_ROLES,
        columns.fields(),
        List.of(new PbxUpdate(columns.updated(), Set.of(PbxSecret.PASSWORD))),
        Set.of(PbxSecret.PASSWORD),
        PbxPermissions.NONE,
        new PbxPace(
            connection.callLimit(), connection.quietTime(), connection.requests().atOnce()));
  }
}
