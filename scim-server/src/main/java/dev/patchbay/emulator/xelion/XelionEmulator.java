package dev.patchbay.emulator.xelion;

import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.RateLimit;
import dev.patchbay.emulator.Routes;
import dev.patchbay.emulator.Vendor;
import java.io.IOException;
import java.util.Set;

/**
 * A Xelion Phone System of one tenant, as the vendor's pages on API v1 describe it: its accounts,
 * address book, user groups and who is on which phone line, and none of its telephony.
 */
public final class XelionEmulator extends Emulator {
  private static final Set<String> SECRETS =
      Set.of("password", "authentication", "renewalToken", "mfa");
  private static final Vendor VENDOR =
      new Vendor("xelion", XelionTables.SQL, SECRETS, ApiError::of);

  private XelionEmulator(XelionEmulatorOptions options) throws IOException {
    super(
        options.place(),
        VENDOR,
        RateLimit.none(),
        (routes, store) -> addApi(routes, store, options));
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws IOException if its port is taken or its directory cannot be made
   */
  public static XelionEmulator start(XelionEmulatorOptions options) throws IOException {
    return new XelionEmulator(options);
  }

  private static void addApi(Routes routes, EmulatedStore store, XelionEmulatorOptions options) {
    var sessions = new Sessions(options.tokenLife(), options.clock());
    var calls = new XelionRoutes(routes, sessions, options);
    var undocumented = options.undocumented();
    new SignInApi(store, options, sessions).addTo(calls);
    new UsersApi(store, options, calls.path(UsersApi.RESOURCE)).addTo(calls);
    new PersonsApi(store, undocumented, calls.path(PersonsApi.RESOURCE)).addTo(calls);
    team(calls, store, undocumented, Team.LINE);
    if (undocumented.userGroups()) {
      team(calls, store, undocumented, Team.GROUP);
    }
    new Orders(store).addTo(routes);
  }

  private static void team(
      XelionRoutes calls, EmulatedStore store, Undocumented undocumented, Team kind) {
    new TeamsApi(store, undocumented, kind, calls.path(kind.resource())).addTo(calls);
  }
}
