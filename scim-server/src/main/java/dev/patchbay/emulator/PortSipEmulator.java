package dev.patchbay.emulator;

import dev.patchbay.web.Router;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/**
 * A PortSIP PBX of one tenant, as the vendor's pages describe v22.2: its users, roles, groups,
 * Microsoft 365 bindings and rules, and none of its telephony.
 */
public final class PortSipEmulator implements AutoCloseable {
  private final PortSipEmulatorOptions options;
  private final EmulatedStore store;
  private final CallLog calls = new CallLog(CallLog.KEPT);
  private final Faults faults = new Faults();
  private final WebServer server;

  private PortSipEmulator(PortSipEmulatorOptions options, EmulatedStore store) throws IOException {
    this.options = options;
    this.store = store;
    WebLimits limits = WebLimits.defaults().withStopTimeout(Duration.ofSeconds(2));
    this.server = WebServer.start(options.address(), limits, router(), new VendorErrors());
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws IOException if its port is taken or its directory cannot be made
   */
  public static PortSipEmulator start(PortSipEmulatorOptions options) throws IOException {
    EmulatedStore store = EmulatedStore.open(options.data());
    try {
      return new PortSipEmulator(options, store);
    } catch (IOException | RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  private Router router() {
    store.write(
        handle -> {
          new Roles(handle).addBuiltIn();
          return handle;
        });
    var sessions = new Sessions(options.access(), options.clock());
    var limit = new RateLimit(options.limits(), options.clock());
    var newUser = new NewUser(store, options);
    var router = new Router();
    var routes = new Routes(router, new Gate(calls, faults, limit, sessions, store));
    new SignInApi(store, options.access(), sessions).addTo(routes);
    new TenantApi(store, options).addTo(routes);
    new UsersApi(store, options, newUser).addTo(routes);
    new MicrosoftApi(store, options).addTo(routes);
    new RolesApi(store, options).addTo(routes);
    new GroupsApi(store, options.undocumented()).addTo(routes);
    new ControlApi(store, calls, faults, newUser).addTo(router);
    return router;
  }

  public int port() {
    return server.port();
  }

  /** Where it answers, as in {@code http://127.0.0.1:8887}; its paths begin with {@code /api}. */
  public URI uri() {
    InetAddress address = options.address().getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** The static token. */
  public String token() {
    return options.access().token();
  }

  public CallLog calls() {
    return calls;
  }

  public Faults faults() {
    return faults;
  }

  /** Ends it; requests in flight have 2 s to finish. */
  @Override
  public void close() {
    server.close();
    store.close();
  }
}
