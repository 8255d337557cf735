package dev.patchbay.pbx.api;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not succeed. Three kinds, because the caller does three different things: give up,
 * wait, look first. Messages name the PBX and the call, never a secret or a body.
 */
public abstract sealed class PbxException extends RuntimeException {
  private PbxException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage()); // every case is made with one
  }

  /** What a refusal was about. */
  public enum Reason {
    /** A value the PBX does not take; of a create, possibly a duplicate. */
    INVALID,
    /** The name or number is taken. */
    CONFLICT,
    /** The token lacks the right, or the object is protected. */
    FORBIDDEN,
    /** A licence or tenant limit is reached. */
    QUOTA,
    /** The object is not there (off-boarding calls answer absence as success instead). */
    ABSENT,
    /** The PBX has no such call. */
    UNSUPPORTED
  }

  /** The PBX read the call and refused it: nothing happened, and sending it again is of no use. */
  public static final class Rejected extends PbxException {
    private final Reason reason;

    public Rejected(Reason reason, String message) {
      super(message, null);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** Why a call provably did not begin. */
  public enum Cause {
    UNREACHABLE,
    /** The PBX or our own pacing asks for fewer calls. */
    THROTTLED,
    LOGIN_REFUSED,
    /** Its certificate is none to trust: nothing was said to it. */
    UNTRUSTED
  }

  /** The call provably did not begin; it may be sent again after {@link #retryAfter()}. */
  public static final class Unavailable extends PbxException {
    private final Cause why;
    private final Duration retryAfter;

    public Unavailable(Cause why, Duration retryAfter, String message) {
      super(message, null);
      this.why = why;
      this.retryAfter = retryAfter;
    }

    public Cause why() {
      return why;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The first byte was sent and no clear answer came: it may have happened, or still happen. */
  public static final class OutcomeUnknown extends PbxException {
    public OutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
