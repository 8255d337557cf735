package dev.patchbay.pbx.resilience;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxNameForm;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxStatus;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxTrouble;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ForwardClock;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A phone system behind a circuit breaker: while too many of its last calls got no answer it is
 * left alone, and callers hear {@link Unavailable} at once. A read or a repeatable call that
 * provably did not begin is tried again after a moment; one whose fate is unknown never is, because
 * the first may still act.
 */
public final class ResilientPbxAdapter implements PbxAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ResilientPbxAdapter.class);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final double LONGER = 2.0;
  private static final int TRIALS = 3; // calls that decide whether a PBX is back

  private final PbxAdapter pbx;
  private final PbxCapabilities capabilities;
  private final ResilienceSettings settings;
  private final CircuitBreaker breaker;
  private final Retry retry;
  private final Clock clock;
  private volatile Optional<PbxTrouble> trouble = Optional.empty();
  private volatile Optional<PasswordPolicy> policy = Optional.empty();

  /**
   * @param name the PBX's name in messages
   */
  public ResilientPbxAdapter(
      String name, PbxAdapter pbx, ResilienceSettings settings, Clock clock) {
    this.pbx = pbx;
    this.capabilities = withAttempts(pbx.capabilities(), settings.attempts());
    this.settings = settings;
    this.clock = clock;
    this.breaker = CircuitBreaker.of(name, breakerConfig(settings, new ForwardClock(clock)));
    this.retry = Retry.of(name, retryConfig(settings));
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> LOG.warn("pbx={} circuit={}", name, event.getStateTransition().getToState()));
  }

  /** Whoever leases a call's time must lease that of all its attempts. */
  private static PbxCapabilities withAttempts(PbxCapabilities pbx, int attempts) {
    var pauses = attempts == 1 ? Duration.ZERO : PAUSE.multipliedBy(2L << attempts); // at most
    return pbx.withCallLimit(pbx.callLimit().multipliedBy(attempts).plus(pauses));
  }

  private static CircuitBreakerConfig breakerConfig(ResilienceSettings settings, Clock clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(
            settings.window(), Math.max(1, settings.window() / 2), SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(settings.failureRate())
        .waitDurationInOpenState(settings.openFor())
        .permittedNumberOfCallsInHalfOpenState(TRIALS)
        .recordException(ResilientPbxAdapter::isOutage)
        .clock(clock)
        .build();
  }

  private static RetryConfig retryConfig(ResilienceSettings settings) {
    return RetryConfig.custom()
        .maxAttempts(settings.attempts())
        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(PAUSE, LONGER))
        .retryOnException(ResilientPbxAdapter::didNotBegin)
        .build();
  }

  /** A refusal, a full queue and a wrong token say that the PBX is there. */
  private static boolean isOutage(Throwable failure) {
    return failure instanceof PbxException.OutcomeUnknown || didNotBegin(failure);
  }

  private static boolean didNotBegin(Throwable failure) {
    return failure instanceof Unavailable it && it.why() == Cause.UNREACHABLE;
  }

  /** Whether calls are let through: closed (all), open (none) or half-open (a few, to try). */
  public String circuit() {
    return switch (breaker.getState()) {
      case CLOSED, DISABLED, METRICS_ONLY -> "closed";
      case OPEN, FORCED_OPEN -> "open";
      case HALF_OPEN -> "half-open";
    };
  }

  /** Percent of the last calls that failed; empty before enough were made to judge by. */
  public OptionalInt failureRate() {
    int percent = Math.round(breaker.getMetrics().getFailureRate());
    return percent < 0 ? OptionalInt.empty() : OptionalInt.of(percent);
  }

  private <T> T once(Supplier<T> call) {
    return guarded(() -> breaker.executeSupplier(call));
  }

  private <T> T repeated(Supplier<T> call) {
    return guarded(() -> retry.executeSupplier(() -> breaker.executeSupplier(call)));
  }

  /** What was last in the way, over or not; empty if nothing ever was. */
  public Optional<PbxTrouble> trouble() {
    return trouble;
  }

  private <T> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (CallNotPermittedException open) {
      throw new Unavailable(
          Cause.UNREACHABLE,
          settings.openFor(),
          "pbx '" + breaker.getName() + "' did not answer its last calls and is left alone");
    } catch (Unavailable e) {
      trouble = Optional.of(PbxTrouble.of(e, clock.instant()));
      throw e;
    } catch (PbxException.OutcomeUnknown e) {
      trouble = Optional.of(PbxTrouble.of(e, clock.instant()));
      throw e;
    }
  }

  @Override
  public PbxCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return pbx.canonical(desired);
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return pbx.canonical(desired);
  }

  /** Read once: a create that has begun must not be stopped by what is known. */
  @Override
  public PasswordPolicy passwordPolicy() {
    return policy.orElseGet(this::readPolicy);
  }

  private PasswordPolicy readPolicy() {
    PasswordPolicy read = repeated(pbx::passwordPolicy);
    policy = Optional.of(read);
    return read;
  }

  @Override
  public List<Found<PbxRole>> roles() {
    return repeated(pbx::roles);
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return repeated(() -> pbx.role(ref));
  }

  @Override
  public PbxNameForm nameForm() {
    return pbx.nameForm();
  }

  @Override
  public Optional<Set<String>> rolesWithNumbers() {
    return pbx.rolesWithNumbers();
  }

  @Override
  public Set<String> keptRoles() {
    return pbx.keptRoles();
  }

  @Override
  public boolean changesGroupsTogether() {
    return pbx.changesGroupsTogether();
  }

  @Override
  public int mostTogether() {
    return pbx.mostTogether();
  }

  /** Guarded up to the first page; the others are read as the stream is. */
  @Override
  public Stream<Found<PbxUser>> users() {
    return repeated(pbx::users);
  }

  @Override
  public Optional<Found<PbxUser>> user(PbxRef ref) {
    return repeated(() -> pbx.user(ref));
  }

  @Override
  public List<Found<PbxUser>> usersWith(String name, String extension) {
    return repeated(() -> pbx.usersWith(name, extension));
  }

  @Override
  public List<Found<PbxUser>> leftBehind(PbxUser user) {
    return repeated(() -> pbx.leftBehind(user));
  }

  @Override
  public PbxParts parts(PbxRef user, PbxField kind) {
    return repeated(() -> pbx.parts(user, kind));
  }

  /** Asked once: somebody waits for an answer that has more in it. */
  @Override
  public Optional<PbxStatus> status(PbxRef user) {
    return once(() -> pbx.status(user));
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return repeated(() -> pbx.group(ref));
  }

  @Override
  public Optional<Found<PbxGroup>> groupNamed(String name) {
    return repeated(() -> pbx.groupNamed(name));
  }

  @Override
  public boolean isMember(PbxRef group, String extension) {
    return repeated(() -> pbx.isMember(group, extension));
  }

  @Override
  public Stream<Found<PbxGroup>> groups() {
    return repeated(pbx::groups);
  }

  @Override
  public Set<String> members(PbxRef group) {
    return repeated(() -> pbx.members(group));
  }

  @Override
  public List<PbxRef> services(PbxService kind, String target) {
    return repeated(() -> pbx.services(kind, target));
  }

  @Override
  public PbxRef apply(PbxCall call) {
    return call.repeatable() ? repeated(() -> pbx.apply(call)) : once(() -> pbx.apply(call));
  }

  @Override
  public PbxTraffic traffic() {
    return pbx.traffic();
  }

  @Override
  public void close() {
    pbx.close();
  }
}
