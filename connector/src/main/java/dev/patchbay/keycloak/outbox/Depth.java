package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.outbox.Work.State;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.keycloak.models.KeycloakSession;

/**
 * How much waits for a target.
 *
 * @param oldest when the oldest change was made that can be sent, in milliseconds since 1970; 0 if
 *     there is none
 */
public record Depth(long ready, long blocked, long held, long oldest) {
  private static final String WORK = "select count(*) from {WORK} where TARGET_ID = :target";

  /**
   * As it is in this transaction. A change that no node has collected yet waits, and is late, too.
   */
  public static Depth of(KeycloakSession session, String target) {
    var sql = new Sql(session);
    var here = Map.of("target", target);
    long changes = sql.count("select count(*) from {CHANGE} where TARGET_ID = :target", here);
    return new Depth(
        changes + in(State.READY, sql, here),
        in(State.BLOCKED, sql, here),
        in(State.HELD, sql, here),
        oldest(sql, here).orElse(0));
  }

  private static long in(State state, Sql sql, Map<String, String> here) {
    return sql.count(
        WORK + " and STATE in (:states)", Sql.with(here, Map.of("states", Outbox.names(state))));
  }

  private static OptionalLong oldest(Sql sql, Map<String, String> here) {
    return LongStream.of(
            sql.count("select min(SINCE) from {CHANGE} where TARGET_ID = :target", here),
            sql.count(
                "select min(SINCE) from {WORK} where TARGET_ID = :target and STATE = 'READY'",
                here))
        .filter(each -> each > 0)
        .min();
  }
}
