package dev.patchbay.emulator.ipcortex;

import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.RateLimit;
import dev.patchbay.emulator.Routes;
import dev.patchbay.emulator.Vendor;
import java.io.IOException;
import java.util.Set;

/**
 * An IPCortex PABX as its "User" and "Authentication" pages describe it: sessions, a key and users,
 * and none of its telephony.
 */
public final class IpCortexEmulator extends Emulator {
  private static final Vendor VENDOR =
      new Vendor("ipcortex", Users.TABLES, Set.of("password", "pwhash", "token"), Fail::of);

  private IpCortexEmulator(IpCortexEmulatorOptions options) throws IOException {
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
  public static IpCortexEmulator start(IpCortexEmulatorOptions options) throws IOException {
    return new IpCortexEmulator(options);
  }

  private static void addApi(Routes routes, EmulatedStore store, IpCortexEmulatorOptions options) {
    Account account = options.account();
    Undocumented undocumented = options.undocumented();
    var sessions = new Sessions(account.sessionLife(), options.clock());
    var values = new UserValues(account, undocumented);
    new AuthApi(store, account, undocumented, sessions).addTo(routes);
    new OpsApi(store, new Admission(account, undocumented, sessions), values).addTo(routes);
    new Orders(store, account, values).addTo(routes);
  }
}
