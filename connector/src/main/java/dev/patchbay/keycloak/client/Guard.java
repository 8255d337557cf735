package dev.patchbay.keycloak.client;

import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import dev.patchbay.keycloak.config.TargetConfig.Limits;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Paces what is sent to a target, tries again what may be repeated, and stops sending while the
 * target does not answer. What the target refuses is an answer.
 */
final class Guard {
  /** Of the last twenty requests half unanswered: then ten seconds of rest, and three are tried. */
  private static final int WINDOW = 20;

  private static final Duration REST = Duration.ofSeconds(10);
  private static final Duration PACE_WAIT = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final CircuitBreaker breaker;
  private final RateLimiter pace;
  private final Retry retry;
  private final Patience patience;

  Guard(String name, Limits limits, Patience patience) {
    this.patience = patience;
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(WINDOW / 2)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(Unavailable.class::isInstance)
                .ignoreException(Postponed.class::isInstance)
                .build());
    this.pace =
        RateLimiter.of(
            name,
            RateLimiterConfig.custom()
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .limitForPeriod(limits.requestsPerSecond())
                .timeoutDuration(PACE_WAIT)
                .build());
    this.retry =
        Retry.of(
            name,
            RetryConfig.custom()
                .maxAttempts(2)
                .intervalFunction(IntervalFunction.ofRandomized(Duration.ofMillis(200)))
                .retryOnException(Guard::worthAnother)
                .build());
  }

  /** A target that names a time is not asked again before it. */
  private static boolean worthAnother(Throwable failure) {
    return failure instanceof Unavailable it && it.retryAfter().isEmpty();
  }

  /** A request that may be sent twice. */
  <T> T repeatable(Supplier<T> request) {
    return once(() -> retry.executeSupplier(request));
  }

  /** A request that is sent once. */
  <T> T once(Supplier<T> request) {
    var left = patience.left();
    if (left.isPresent()) {
      throw new Postponed("the target asked to wait", left.get());
    }
    try {
      return breaker.executeSupplier(() -> pace.executeSupplier(request));
    } catch (CallNotPermittedException e) {
      throw new Postponed("resting, since the target did not answer", REST);
    } catch (RequestNotPermitted e) {
      throw new Postponed("more to send than requestsPerSecond allows", SOON);
    }
  }

  /** {@code closed} while all is well. */
  String state() {
    return breaker.getState().name().toLowerCase(Locale.ROOT);
  }
}
