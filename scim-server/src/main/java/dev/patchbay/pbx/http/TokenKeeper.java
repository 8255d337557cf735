package dev.patchbay.pbx.http;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps us signed in to a PBX whose tokens end: one sign-in at a time, and the next one before the
 * token ends. A refused sign-in is not tried again before the time it names has passed, or the PBX
 * might lock the account.
 */
public final class TokenKeeper {
  private final SignIn signIn;
  private final Clock clock;
  private final SignIns signIns;
  private volatile Optional<Token> current = Optional.empty();

  /**
   * What a sign-in gave.
   *
   * @param renewAt when the next one is due
   */
  public record Token(Secret value, Instant renewAt) {}

  /** Signs in; throws {@link Unavailable} where that is refused, which is remembered. */
  @FunctionalInterface
  public interface SignIn {
    Token signIn(CallTime time);
  }

  public TokenKeeper(String pbx, SignIn signIn, Clock clock) {
    this.signIn = signIn;
    this.clock = new ForwardClock(clock);
    this.signIns = new SignIns(pbx, clock);
  }

  /** A token that is good by the clock, after a sign-in if need be. */
  public Secret token(CallTime time) {
    return good().map(Token::value).orElseGet(() -> locked(Optional.empty(), time));
  }

  /** Another token than {@code refused}, which the PBX has just not accepted. */
  public Secret renew(Secret refused, CallTime time) {
    return locked(Optional.of(refused), time);
  }

  private Optional<Token> good() {
    Instant now = clock.instant();
    return current.filter(token -> now.isBefore(token.renewAt()));
  }

  private Secret locked(Optional<Secret> refused, CallTime time) {
    return signIns.oneAtATime(
        time,
        () -> {
          // While we waited, another call may have signed in: its token is as good as ours would
          // be.
          current = current.filter(token -> !refused.equals(Optional.of(token.value())));
          return good().orElseGet(() -> next(time)).value();
        });
  }

  private Token next(CallTime time) {
    signIns.requireRested();
    try {
      Token token = signIn.signIn(time);
      current = Optional.of(token);
      return token;
    } catch (Unavailable no) {
      throw no.why() == Cause.LOGIN_REFUSED ? signIns.refused(no.getMessage()) : no;
    }
  }
}
