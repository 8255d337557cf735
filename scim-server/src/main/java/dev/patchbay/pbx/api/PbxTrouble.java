package dev.patchbay.pbx.api;

import java.time.Instant;

/**
 * What was last in the way of a PBX.
 *
 * @param kind without any names, for whoever asks
 * @param reason names the PBX and the call, for operators; never a secret
 */
public record PbxTrouble(Instant at, Kind kind, String reason) {

  /** What an operator has to look at. */
  public enum Kind {
    NO_ANSWER("no answer"),
    CERTIFICATE("certificate"),
    LOGIN_REFUSED("sign-in refused"),
    THROTTLED("too many requests");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** The trouble that a call met. */
  public static PbxTrouble of(PbxException.Unavailable failure, Instant at) {
    var kind =
        switch (failure.why()) {
          case UNREACHABLE -> Kind.NO_ANSWER;
          case THROTTLED -> Kind.THROTTLED;
          case LOGIN_REFUSED -> Kind.LOGIN_REFUSED;
          case UNTRUSTED -> Kind.CERTIFICATE;
        };
    return new PbxTrouble(at, kind, failure.getMessage());
  }

  public static PbxTrouble of(PbxException.OutcomeUnknown failure, Instant at) {
    return new PbxTrouble(at, Kind.NO_ANSWER, failure.getMessage());
  }
}
