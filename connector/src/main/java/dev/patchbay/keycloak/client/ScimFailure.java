package dev.patchbay.keycloak.client;

import java.time.Duration;
import java.util.Optional;

/** A request did not do what it was for. The reason may be shown: it holds no secret. */
public abstract sealed class ScimFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  private ScimFailure(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** What the target said, or why it said nothing. */
  public String reason() {
    return reason;
  }

  /** The target understood and says no; the same again would end the same. */
  public static final class Rejected extends ScimFailure {
    private static final long serialVersionUID = 1L;

    private final int status;

    Rejected(int status, String message) {
      super(message);
      this.status = status;
    }

    /** There is no such resource (any more). */
    public boolean notFound() {
      return status == 404 || status == 410;
    }

    /** Another resource has the same name. */
    public boolean conflict() {
      return status == 409;
    }
  }

  /**
   * The target does not let us in: whatever is sent would end the same until somebody mends token
   * or URL.
   */
  public static final class Unauthorized extends ScimFailure {
    private static final long serialVersionUID = 1L;

    Unauthorized(String message) {
      super(message);
    }
  }

  /** The target failed at this request, or we did; whether it took effect is not known. */
  public static final class Failed extends ScimFailure {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
      super(message);
    }
  }

  /**
   * The target cannot be reached, or asks to wait; whether the request took effect may not be
   * known.
   */
  public static final class Unavailable extends ScimFailure {
    private static final long serialVersionUID = 1L;

    private final long retryAfterMillis;

    public Unavailable(String message, Optional<Duration> retryAfter) {
      super(message);
      this.retryAfterMillis = retryAfter.map(Duration::toMillis).orElse(-1L);
    }

    /** How long the target asks to wait; none if it does not say. */
    public Optional<Duration> retryAfter() {
      return retryAfterMillis < 0
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(retryAfterMillis));
    }
  }

  /** It was not sent, for a reason of ours; the target has nothing to do with it. */
  public static final class Postponed extends ScimFailure {
    private static final long serialVersionUID = 1L;

    private final long millis;

    /**
     * @param time after which it may be sent
     */
    public Postponed(String message, Duration time) {
      super(message);
      this.millis = time.toMillis();
    }

    /** After which it may be sent. */
    public Duration time() {
      return Duration.ofMillis(millis);
    }
  }
}
