package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.Depth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What waits for each target, measured now and then for Keycloak's metrics endpoint. */
final class Depths {
  private static final Depth NONE = new Depth(0, 0, 0, 0);

  private final Map<String, Depth> depths = new ConcurrentHashMap<>();
  private final Map<String, List<Gauge>> gauges = new HashMap<>();

  void measure(Transactions transactions, Collection<String> targets) {
    List.copyOf(gauges.keySet()).stream()
        .filter(each -> !targets.contains(each))
        .forEach(this::forget);
    for (String each : targets) {
      if (!gauges.containsKey(each)) {
        register(each);
      }
      depths.put(each, transactions.get(session -> Depth.of(session, each)));
    }
  }

  private void register(String target) {
    gauges.put(
        target,
        List.of(
            waiting(target, "ready", Depth::ready),
            waiting(target, "blocked", Depth::blocked),
            waiting(target, "held", Depth::held),
            lag(target)));
  }

  private void forget(String target) {
    gauges.getOrDefault(target, List.of()).forEach(Metrics.globalRegistry::remove);
    gauges.remove(target);
    depths.remove(target);
  }

  private Gauge waiting(String target, String state, ToDoubleFunction<Depth> value) {
    return Gauge.builder(
            "patchbay.waiting",
            this,
            it -> value.applyAsDouble(it.depths.getOrDefault(target, NONE)))
        .description("users and groups that wait to be sent")
        .tag("target", target)
        .tag("state", state)
        .register(Metrics.globalRegistry);
  }

  private Gauge lag(String target) {
    return Gauge.builder("patchbay.lag", this, it -> seconds(it.depths.getOrDefault(target, NONE)))
        .description("age of the oldest change that was not sent yet")
        .baseUnit("seconds")
        .tag("target", target)
        .register(Metrics.globalRegistry);
  }

  private static double seconds(Depth depth) {
    return depth.oldest() == 0 ? 0 : (System.currentTimeMillis() - depth.oldest()) / 1000.0;
  }
}
