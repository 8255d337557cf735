package dev.patchbay.pbx.http;

import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Sign-ins at one PBX: one at a time, and none for 30 s after one was refused, or the PBX might
 * lock the account.
 */
public final class SignIns {
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);

  private final String pbx;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Refusal> refusal = Optional.empty();

  private record Refusal(Instant until, String message) {}

  public SignIns(String pbx, Clock clock) {
    this.pbx = pbx;
    this.clock = new ForwardClock(clock);
  }

  /** Does it while nobody else does; throws {@link Unavailable} when the call's time is over. */
  public <T> T oneAtATime(CallTime time, Supplier<T> signIn) {
    take(time);
    try {
      return signIn.get();
    } finally {
      lock.unlock();
    }
  }

  private void take(CallTime time) {
    try {
      if (lock.tryLock(time.leftToPrepare().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new Unavailable(
        Cause.UNREACHABLE, UNREACHABLE, "pbx '" + pbx + "': no time was left for signing in");
  }

  /** Throws what the last refusal was, as long as none is tried after it. */
  public void requireRested() {
    refusal
        .filter(it -> clock.instant().isBefore(it.until()))
        .ifPresent(
            it -> {
              throw refusal(Duration.between(clock.instant(), it.until()), it.message());
            });
  }

  /** To be thrown after a refusal, which is remembered. */
  public Unavailable refused(String message) {
    var until = clock.instant().plus(StatusErrors.LOGIN_REFUSED);
    refusal = Optional.of(new Refusal(until, message));
    return refusal(StatusErrors.LOGIN_REFUSED, message);
  }

  private static Unavailable refusal(Duration rest, String message) {
    return new Unavailable(Cause.LOGIN_REFUSED, rest, message);
  }
}
