package dev.patchbay.provisioning;

import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.Refusal;
import java.time.Duration;

/** What a client is told of a PBX's answer. */
final class Answers {
  private Answers() {}

  static Refusal refusal(PbxException.Rejected cause) {
    return new Refusal(kind(cause.reason()), cause.getMessage());
  }

  static Refusal refusal(PbxException.Rejected cause, String tookEffect) {
    return new Refusal(kind(cause.reason()), cause.getMessage() + "; " + tookEffect);
  }

  static TryLater later(PbxException.Unavailable cause) {
    return cause.why() == PbxException.Cause.THROTTLED
        ? TryLater.throttled(cause.retryAfter(), cause.getMessage())
        : TryLater.unavailable(cause.retryAfter(), cause.getMessage());
  }

  static TryLater later(PbxException.OutcomeUnknown cause, Duration quietTime) {
    return TryLater.unavailable(quietTime, cause.getMessage());
  }

  private static Refusal.Kind kind(PbxException.Reason reason) {
    return switch (reason) {
      case INVALID -> Refusal.Kind.INVALID_VALUE;
      case CONFLICT -> Refusal.Kind.UNIQUENESS;
      case FORBIDDEN, QUOTA -> Refusal.Kind.FORBIDDEN;
      case ABSENT -> Refusal.Kind.CONFLICT;
      case UNSUPPORTED -> Refusal.Kind.UNSUPPORTED;
    };
  }
}
