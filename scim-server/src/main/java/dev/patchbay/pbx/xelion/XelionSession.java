package dev.patchbay.pbx.xelion;

import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.Credential;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.PbxHttp;
import dev.patchbay.pbx.http.SignIns;
import dev.patchbay.pbx.http.StatusErrors;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps us logged in: one log-in at a time, and the next token before this one ends. A refused
 * log-in is not tried again for 30 s, or Xelion might lock the account.
 */
final class XelionSession {
  private final PbxHttp http;
  private final XelionLogin login;
  private final StatusErrors errors;
  private final Clock clock;
  private final SignIns signIns;
  private volatile Optional<XelionToken> current = Optional.empty();
  private String userSpace;

  XelionSession(PbxHttp http, XelionLogin login, StatusErrors errors, Clock clock) {
    this.http = http;
    this.login = login;
    this.errors = errors;
    this.clock = clock;
    this.signIns = new SignIns(errors.pbx(), clock);
    this.userSpace = login.newUserSpace();
  }

  /** A credential that is good by the clock, after a log-in if need be. */
  Credential credential(CallTime time) {
    return good()
        .map(XelionToken::credential)
        .orElseGet(() -> locked(Optional.empty(), time).credential());
  }

  /** Another one than {@code refused}, which Xelion has just answered 401 to. */
  Credential another(Credential refused, CallTime time) {
    return locked(Optional.of(refused), time).credential();
  }

  private Optional<XelionToken> good() {
    Instant now = clock.instant();
    return current.filter(token -> now.isBefore(token.renewAt()));
  }

  private XelionToken locked(Optional<Credential> refused, CallTime time) {
    return signIns.oneAtATime(
        time,
        () -> {
          // While we waited, another call may have logged in: its token is as good as ours would
          // be.
          Optional<XelionToken> dead =
              current.filter(token -> refused.equals(Optional.of(token.credential())));
          return dead.isPresent()
              ? remember(logIn(dead, time))
              : good().orElseGet(() -> remember(next(time)));
        });
  }

  private XelionToken remember(XelionToken token) {
    current = Optional.of(token);
    return token;
  }

  private XelionToken next(CallTime time) {
    return renewed(time).orElseGet(() -> logIn(current, time));
  }

  /** The session's next token; empty when there is no session or Xelion does not go on with it. */
  private Optional<XelionToken> renewed(CallTime time) {
    return current
        .flatMap(XelionToken::renewal)
        .map(XelionLogin::renewal)
        .map(call -> http.send(call, credential(current), time.leftToPrepare()))
        .filter(HttpAnswer::success)
        .flatMap(this::token);
  }

  private static Optional<Credential> credential(Optional<XelionToken> token) {
    return token.map(XelionToken::credential);
  }

  /**
   * @param old a session of ours under the same name, which the log-in ends
   */
  private XelionToken logIn(Optional<XelionToken> old, CallTime time) {
    signIns.requireRested();
    HttpAnswer answer = send(login.logIn(userSpace), old, time);
    if (XelionErrors.says(answer, XelionErrors.LOGGED_IN_ALREADY)) {
      // A session we lost the token of has the name, until it ends.
      userSpace = login.newUserSpace();
      answer = send(login.logIn(userSpace), old, time);
    }
    return read(login.logIn(userSpace), answer);
  }

  private HttpAnswer send(HttpCall call, Optional<XelionToken> old, CallTime time) {
    return http.send(call, credential(old), time.leftToPrepare());
  }

  private XelionToken read(HttpCall call, HttpAnswer answer) {
    if (XelionErrors.says(answer, XelionErrors.LOGIN_FAILED)) {
      throw errors.unreachable("pbx '" + errors.pbx() + "' could not log the bridge in");
    }
    if (answer.saysNo()) {
      throw refused(answer);
    }
    if (!answer.success()) {
      throw errors.of(call, answer);
    }
    return token(answer).orElseThrow(() -> errors.unreadable(call));
  }

  private Optional<XelionToken> token(HttpAnswer answer) {
    return Json.read(answer.text())
        .flatMap(body -> XelionToken.read(body, clock.instant(), http.skew()));
  }

  private RuntimeException refused(HttpAnswer answer) {
    var code = XelionErrors.code(answer);
    String message = "pbx '" + errors.pbx() + "' refused the bridge's log-in" + why(code.orElse(0));
    return signIns.refused(message);
  }

  private static String why(int code) {
    return switch (code) {
      case 10004 -> ": wrong username, password or xelion-tenant";
      case 10005 -> ": it is logged in already";
      case 10006 -> ": its account is disabled";
      case 10007 -> ": its password has expired";
      case 10013 -> ": it wants a second factor; switch that off for the bridge's account";
      default -> code == 0 ? "" : " (" + code + ")";
    };
  }
}
