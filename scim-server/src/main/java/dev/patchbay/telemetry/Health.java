package dev.patchbay.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health/live} and {@code /health/ready}, without a token. Not ready means that the store
 * does not answer. A phone system that is down makes the bridge degraded and not unready: it keeps
 * what is asked of it and answers reads, and no load balancer could find a better one.
 */
public final class Health {
  private static final Logger log = LoggerFactory.getLogger(Health.class);

  private final BooleanSupplier store;
  private final List<Supplier<PhoneSystem>> phoneSystems;

  /**
   * @param store whether the store answers
   * @param phoneSystems one per tenant; asked at every check, so they must answer at once
   */
  public Health(BooleanSupplier store, Collection<Supplier<PhoneSystem>> phoneSystems) {
    this.store = store;
    this.phoneSystems = List.copyOf(phoneSystems);
  }

  public void addTo(Router router) {
    router.add("GET", "/health/live", request -> answer(200, status("ok")));
    router.add("GET", "/health/ready", request -> ready());
  }

  /** Counts and kinds of trouble, no names: whoever asks need not be anybody. */
  private WebResponse ready() {
    boolean usable = storeAnswers();
    var systems = phoneSystems.stream().map(Supplier::get).toList();
    var states = systems.stream().map(PhoneSystem::state).toList();
    boolean degraded = states.contains(PhoneSystemState.DOWN);
    var body = status(!usable ? "unavailable" : degraded ? "degraded" : "ok");
    body.put("store", usable ? "up" : "down");
    var counts = body.putObject("phoneSystems");
    for (PhoneSystemState state : PhoneSystemState.values()) {
      long count = states.stream().filter(it -> it == state).count();
      counts.put(state.name().toLowerCase(Locale.ROOT), count);
    }
    if (degraded) {
      var reasons = body.putArray("reasons");
      systems.stream()
          .filter(it -> it.state() == PhoneSystemState.DOWN)
          .flatMap(it -> it.reason().stream())
          .distinct()
          .sorted()
          .forEach(reasons::add);
    }
    return answer(usable ? 200 : 503, body);
  }

  private boolean storeAnswers() {
    try {
      return store.getAsBoolean();
    } catch (StoreUnavailable down) {
      log.warn("the store does not answer reason=\"{}\"", down.getMessage());
      return false;
    } catch (RuntimeException broken) {
      log.warn("the store does not answer", broken);
      return false;
    }
  }

  private static ObjectNode status(String status) {
    return JsonNodeFactory.instance.objectNode().put("status", status);
  }

  private static WebResponse answer(int status, ObjectNode body) {
    return WebResponse.of(status)
        .header("Cache-Control", "no-store")
        .body("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
