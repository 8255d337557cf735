package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.Credential;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.HttpCall.HttpBody;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.PbxHttp;
import dev.patchbay.pbx.http.SignIns;
import dev.patchbay.pbx.ipcortex.IpCortexLogin.Account;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps us signed in: one sign-in at a time. A refused one is not tried again for 30 s, or IPCortex
 * might lock the account.
 */
final class IpCortexSession {
  private static final Logger log = LoggerFactory.getLogger(IpCortexSession.class);
  private static final String COOKIE = "Red60urne";

  private final PbxHttp http;
  private final IpCortexLogin login;
  private final Set<String> administrators;
  private final IpCortexErrors errors;
  private final SignIns signIns;
  private volatile Optional<Pass> current = Optional.empty();

  /**
   * What lets a call in.
   *
   * @param header to send with it
   * @param auth to send in its body
   */
  record Pass(Optional<Credential> header, Optional<ObjectNode> auth, Rights rights) {}

  /**
   * @param administrators permissions of which one is enough to change users
   */
  IpCortexSession(
      PbxHttp http,
      IpCortexLogin login,
      Set<String> administrators,
      IpCortexErrors errors,
      Clock clock) {
    this.http = http;
    this.login = login;
    this.administrators = administrators;
    this.errors = errors;
    this.signIns = new SignIns(errors.pbx(), clock);
  }

  /** A pass that was good the last time, after a sign-in if need be. */
  Pass pass(CallTime time) {
    return switch (login) {
      case IpCortexLogin.Key key -> pass(key);
      case Account account -> current.orElseGet(() -> locked(account, Optional.empty(), time));
    };
  }

  /** Another pass than {@code doubted}, which IPCortex may have forgotten. */
  Pass renew(Pass doubted, CallTime time) {
    return switch (login) {
      case IpCortexLogin.Key unused -> throw errors.loginRefused("does not accept the key");
      case Account account -> locked(account, Optional.of(doubted), time);
    };
  }

  private static Pass pass(IpCortexLogin.Key key) {
    return switch (key.place()) {
      case BODY -> {
        ObjectNode auth = Json.object();
        auth.put("type", "auth").put("subtype", "key").put("token", key.token().reveal());
        yield new Pass(Optional.empty(), Optional.of(auth), Rights.DOUBTFUL);
      }
      case BEARER ->
          new Pass(Optional.of(Credential.bearer(key.token())), Optional.empty(), Rights.DOUBTFUL);
    };
  }

  private Pass locked(Account account, Optional<Pass> doubted, CallTime time) {
    return signIns.oneAtATime(
        time,
        () -> {
          // While we waited, another call may have signed in: its session is as good as ours would
          // be.
          current = current.filter(pass -> !doubted.equals(Optional.of(pass)));
          return current.orElseGet(() -> signIn(account, time));
        });
  }

  private Pass signIn(Account account, CallTime time) {
    signIns.requireRested();
    // Without the old cookie: with it the old session would be gone on with.
    HttpCall call =
        HttpCall.logIn(
            "sign-in",
            "/rest/auth/",
            new HttpBody("application/json", Secret.of(account.body().toString())));
    HttpAnswer answer = http.send(call, Optional.empty(), time.leftToPrepare());
    boolean no = answer.success() || answer.saysNo();
    boolean ours = Reply.of(answer).filter(it -> !it.success()).isPresent();
    if ((no && ours) || answer.status() == 401 || answer.status() == 403) {
      throw signIns.refused("pbx '" + errors.pbx() + "' refused the service account's sign-in");
    }
    Pass pass = read(call, answer);
    current = Optional.of(pass);
    return pass;
  }

  private Pass read(HttpCall call, HttpAnswer answer) {
    if (!answer.success()) {
      throw errors.of(call, answer);
    }
    ObjectNode user =
        Json.read(answer.text())
            .flatMap(body -> Optional.of(body.path("user")))
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseThrow(() -> errors.of(call, answer));
    Credential cookie =
        Json.text(user, "session")
            .filter(IpCortexSession::fitsIntoCookie)
            .map(session -> new Credential("Cookie", Secret.of(COOKIE + "=" + session)))
            .orElseThrow(() -> errors.of(call, answer));
    Rights rights = Rights.of(user, administrators);
    log.info("signed in pbx={} rights={}", errors.pbx(), rights);
    return new Pass(Optional.of(cookie), Optional.empty(), rights);
  }

  /** RFC 6265 §4.1.1: what else could stand there would begin another cookie. */
  private static boolean fitsIntoCookie(String session) {
    return session.matches("[\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]+");
  }
}
