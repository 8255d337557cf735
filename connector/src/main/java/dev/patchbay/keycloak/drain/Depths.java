package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Outbox.Depth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What waits for each target, measured now and then for Keycloak's metrics endpoint. */
final class Depths {
  private static final Depth NONE = new Depth(0, 0, 0, 0);

  private final Map<String, Depth> depths = new ConcurrentHashMap<>();

  void measure(Transactions transactions, Collection<String> targets) {
    depths.keySet().retainAll(targets);
    for (String each : targets) {
      if (!depths.containsKey(each)) {
        register(each);
      }
      depths.put(each, transactions.get(session -> new Outbox(session, each).depth()));
    }
  }

  private void register(String target) {
    gauge("patchbay.waiting", target, "ready", Depth::ready);
    gauge("patchbay.waiting", target, "blocked", Depth::blocked);
    gauge("patchbay.waiting", target, "held", Depth::held);
    Gauge.builder("patchbay.lag", this, it -> seconds(it.depths.getOrDefault(target, NONE)))
        .description("age of the oldest change that was not sent yet")
        .baseUnit("seconds")
        .tag("target", target)
        .register(Metrics.globalRegistry);
  }

  private void gauge(String name, String target, String state, ToDoubleFunction<Depth> value) {
    Gauge.builder(name, this, it -> value.applyAsDouble(it.depths.getOrDefault(target, NONE)))
        .description("users and groups that wait to be sent")
        .tag("target", target)
        .tag("state", state)
        .register(Metrics.globalRegistry);
  }

  private static double seconds(Depth depth) {
    return depth.oldest() == 0 ? 0 : (System.currentTimeMillis() - depth.oldest()) / 1000.0;
  }
}
