package dev.patchbay.pbx.portsip;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.Credential;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.PbxHttp;
import dev.patchbay.pbx.http.SignIns;
import dev.patchbay.pbx.http.StatusErrors;
import dev.patchbay.pbx.portsip.PortSipLogin.Account;
import dev.patchbay.pbx.portsip.PortSipLogin.StaticToken;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps us signed in: one log-in at a time, and the next token before this one ends. A refused
 * log-in is not tried again for 30 s, or PortSIP might lock the account.
 */
final class PortSipSession {
  private final PbxHttp http;
  private final PortSipLogin login;
  private final StatusErrors errors;
  private final Clock clock;
  private final SignIns signIns;
  private volatile Optional<PortSipToken> current = Optional.empty();

  PortSipSession(PbxHttp http, PortSipLogin login, StatusErrors errors, Clock clock) {
    this.http = http;
    this.login = login;
    this.errors = errors;
    this.clock = clock;
    this.signIns = new SignIns(errors.pbx(), clock);
  }

  /** A token that is good by the clock, after a log-in if need be. */
  Secret token(CallTime time) {
    return switch (login) {
      case StaticToken(Secret token) -> token;
      case Account account ->
          good().map(PortSipToken::access).orElseGet(() -> locked(account, Optional.empty(), time));
    };
  }

  /** Another token than {@code refused}, which PortSIP has just answered 401 to. */
  Secret renew(Secret refused, CallTime time) {
    return switch (login) {
      case StaticToken unused ->
          throw errors.loginRefused("pbx '" + errors.pbx() + "' does not accept the token");
      case Account account -> locked(account, Optional.of(refused), time);
    };
  }

  private Optional<PortSipToken> good() {
    Instant now = clock.instant();
    return current.filter(token -> now.isBefore(token.renewAt()));
  }

  private Secret locked(Account account, Optional<Secret> refused, CallTime time) {
    return signIns.oneAtATime(
        time,
        () -> {
          // While we waited, another call may have signed in: its token is as good as ours would
          // be.
          current = current.filter(token -> !refused.equals(Optional.of(token.access())));
          return good().orElseGet(() -> next(account, time)).access();
        });
  }

  private PortSipToken next(Account account, CallTime time) {
    signIns.requireRested();
    PortSipToken token = refreshed(account, time).orElseGet(() -> signIn(account, time));
    current = Optional.of(token);
    return token;
  }

  /** The session's next token; empty when there is no session or PortSIP does not go on with it. */
  private Optional<PortSipToken> refreshed(Account account, CallTime time) {
    Optional<PortSipToken> old = current;
    current = Optional.empty();
    return old.flatMap(PortSipToken::refresh)
        .map(account::refresh)
        .map(
            call ->
                http.send(
                    call,
                    old.map(PortSipToken::access).map(Credential::bearer),
                    time.leftToPrepare()))
        .filter(HttpAnswer::success)
        .flatMap(this::token);
  }

  private PortSipToken signIn(Account account, CallTime time) {
    HttpCall call = account.signIn();
    HttpAnswer answer = http.send(call, Optional.empty(), time.leftToPrepare());
    if (answer.saysNo()) {
      throw signIns.refused("pbx '" + errors.pbx() + "' refused the service account's sign-in");
    }
    if (!answer.success()) {
      throw errors.of(call, answer);
    }
    return token(answer).orElseThrow(() -> withoutToken(call, answer));
  }

  private Optional<PortSipToken> token(HttpAnswer answer) {
    return Json.read(answer.text()).flatMap(body -> PortSipToken.read(body, clock.instant()));
  }

  private PbxException withoutToken(HttpCall call, HttpAnswer answer) {
    boolean twoFactor =
        Json.read(answer.text())
            .filter(body -> body.path("two_factor_enabled").asBoolean())
            .isPresent();
    return twoFactor
        ? signIns.refused(
            "pbx '"
                + errors.pbx()
                + "' wants a second factor; switch it off for the bridge's service account")
        : errors.unreadable(call);
  }
}
