package dev.patchbay.schema;

/**
 * Why a SCIM request is not done. The message is for the sender: it names the attribute, never a
 * value that may be secret. Which HTTP status and {@code scimType} a kind has is the SCIM
 * endpoint's business.
 */
public final class Refusal extends RuntimeException {
  /** Echoed input is cut here: an answer must not be as long as a hostile question. */
  private static final int ECHO = 80;

  /** What a refusal is about; RFC 7644 §3.12 where it has a name for it. */
  public enum Kind {
    INVALID_FILTER,
    INVALID_CURSOR,
    EXPIRED_CURSOR,
    INVALID_COUNT,
    INVALID_PATH,
    NO_TARGET,
    INVALID_VALUE,
    INVALID_SYNTAX,
    MUTABILITY,
    UNIQUENESS,
    TOO_MANY,
    SENSITIVE,
    NOT_FOUND,
    PRECONDITION_FAILED,
    /** The request is fine and the resource is not in a state to take it; no {@code scimType}. */
    CONFLICT,
    FORBIDDEN,
    UNSUPPORTED,
    TOO_LARGE,
    UNAUTHORIZED
  }

  private final Kind kind;

  public Refusal(Kind kind, String detail) {
    // An expected answer, thrown for every bad request: a stack trace would cost more than the
    // check.
    super(detail, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What to tell the sender. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** Input of the sender for use in a detail: quoted, and cut when long. */
  public static String quoted(String input) {
    return "'" + (input.length() <= ECHO ? input : input.substring(0, ECHO) + "…") + "'";
  }
}
