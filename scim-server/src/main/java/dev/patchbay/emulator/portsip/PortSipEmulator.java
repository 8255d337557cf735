package dev.patchbay.emulator.portsip;

import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Emulator;
import dev.patchbay.emulator.Routes;
import dev.patchbay.emulator.Vendor;
import java.io.IOException;
import java.util.Set;

/**
 * A PortSIP PBX of one tenant, as the vendor's pages describe v22.2: its users, roles, groups,
 * Microsoft 365 bindings and rules, and none of its telephony.
 */
public final class PortSipEmulator extends Emulator {
  private static final Set<String> SECRETS =
      Set.of(
          "password",
          "old_password",
          "new_password",
          "extension_password",
          "voicemail_pin",
          "door_password1",
          "door_password2",
          "token",
          "code",
          "access_token",
          "refresh_token");
  static final Vendor VENDOR = new Vendor("portsip", PortSipTables.SQL, SECRETS, ApiError::of);

  private final PortSipEmulatorOptions options;

  private PortSipEmulator(PortSipEmulatorOptions options) throws IOException {
    super(
        options.place(),
        VENDOR,
        options.limits().rate(options.clock(), options.undocumented()),
        (routes, store) -> addApi(routes, store, options));
    this.options = options;
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws IOException if its port is taken or its directory cannot be made
   */
  public static PortSipEmulator start(PortSipEmulatorOptions options) throws IOException {
    return new PortSipEmulator(options);
  }

  private static void addApi(Routes routes, EmulatedStore store, PortSipEmulatorOptions options) {
    store.write(
        handle -> {
          new Roles(handle).addBuiltIn();
          return handle;
        });
    var sessions = new Sessions(options.access(), options.clock());
    var newUser = new NewUser(store, options);
    var calls = new PortSipRoutes(routes, new Admission(sessions, store), options.undocumented());
    new SignInApi(store, options.access(), sessions).addTo(calls);
    new TenantApi(store, options).addTo(calls);
    new UsersApi(store, options, newUser).addTo(calls);
    new PartsApi(store, options.undocumented()).addTo(calls);
    new MicrosoftApi(store, options).addTo(calls);
    new RolesApi(store, options).addTo(calls);
    new GroupsApi(store, options.undocumented()).addTo(calls);
    for (Service service : Service.values()) {
      new ServicesApi(store, service, options.undocumented()).addTo(calls);
    }
    new ServicesOfUserApi(store).addTo(calls);
    new Orders(store, newUser).addTo(routes);
  }

  /** The static token. */
  public String token() {
    return options.access().token();
  }
}
