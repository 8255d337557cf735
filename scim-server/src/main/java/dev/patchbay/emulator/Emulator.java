package dev.patchbay.emulator;

import dev.patchbay.web.Router;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;

/**
 * A phone system that is emulated: a vendor's API calls, each of which is noted and may go wrong on
 * order, on what it keeps. A dialect's emulator adds the calls and nothing else.
 */
public abstract class Emulator implements AutoCloseable {
  private final Place place;
  private final EmulatedStore store;
  private final CallLog calls = new CallLog(CallLog.KEPT);
  private final Faults faults = new Faults();
  private final WebServer server;

  /** The calls of a vendor's API. */
  @FunctionalInterface
  public interface Api {
    void addTo(Routes routes, EmulatedStore store);
  }

  /**
   * Starts it; it answers when this returns.
   *
   * @throws IOException if its port is taken or its directory cannot be made
   */
  protected Emulator(Place place, Vendor vendor, RateLimit limit, Api api) throws IOException {
    this.place = place;
    this.store = EmulatedStore.open(place.data(), vendor);
    try {
      this.server = serve(vendor, limit, api);
    } catch (IOException | RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  private WebServer serve(Vendor vendor, RateLimit limit, Api api) throws IOException {
    var router = new Router();
    var control = new ControlApi(calls, faults, vendor.errors(), router);
    control.addCalls();
    api.addTo(new Routes(router, new Gate(calls, faults, limit, vendor), control), store);
    WebLimits limits = WebLimits.defaults().withStopTimeout(Duration.ofSeconds(2));
    return WebServer.start(place.address(), limits, router, new VendorErrors(vendor.errors()));
  }

  public final int port() {
    return server.port();
  }

  /** Where it answers, as in {@code http://127.0.0.1:8887}, without a path. */
  public final URI uri() {
    InetAddress address = place.address().getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
  }

  /** What a bridge's {@code base-url} is. */
  public URI baseUrl() {
    return uri();
  }

  public final CallLog calls() {
    return calls;
  }

  public final Faults faults() {
    return faults;
  }

  /** Ends it; requests in flight have 2 s to finish. */
  @Override
  public final void close() {
    server.close();
    store.close();
  }
}
