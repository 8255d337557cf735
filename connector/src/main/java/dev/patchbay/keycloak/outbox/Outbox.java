package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.change.Change.Urgency;
import dev.patchbay.keycloak.outbox.Work.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/**
 * The durable work for one target, within one transaction. But for {@link #release}, only the
 * holder of the target's lease changes it; any node may {@link #note} a change.
 */
public final class Outbox {
  private static final int ERROR_LIMIT = 1000;

  private final Sql sql;
  private final String target;

  public Outbox(KeycloakSession session, String target) {
    this.sql = new Sql(session);
    this.target = target;
  }

  /**
   * Turns changes into work, oldest first.
   *
   * @param seen is told of each; those that name nobody have become no work
   * @return how many there were
   */
  public int collect(int most, Consumer<Change> seen) {
    record Captured(String id, Change change, long since) {}
    List<Captured> found =
        sql.select(
            "select ID, KIND, ITEM, URGENCY, SINCE from {CHANGE} where TARGET_ID = :target order by"
                + " SINCE",
            Map.of("target", target),
            most,
            row ->
                new Captured(
                    row.text(0),
                    new Change(
                        Kind.valueOf(row.text(1)), row.text(2), Urgency.ofRank(row.number(3))),
                    row.number(4)));
    var ids = new ArrayList<String>();
    for (Captured each : found) {
      switch (each.change().kind()) {
        case USER, GROUP, MEMBERS -> add(each.change(), each.since(), State.READY);
        case ROLES, EVERYONE -> {}
      }
      seen.accept(each.change());
      ids.add(each.id());
    }
    if (!ids.isEmpty()) {
      sql.change("delete from {CHANGE} where ID in (:ids)", Map.of("ids", ids));
    }
    return found.size();
  }

  /**
   * Sends it once more, or at last. A change is a new chance for what is blocked; what is held
   * stays so if it would take somebody away, but for whom an administrator takes away himself.
   *
   * @param state READY; HELD holds it, unless an administrator's word about it waits to be sent, or
   *     something else that takes nobody away
   */
  public void add(Change change, long since, State state) {
    Map<String, Object> key =
        Map.of("target", target, "kind", change.kind().name(), "item", change.key());
    var parameters = Sql.with(key, Map.of("urgency", change.urgency().rank()));
    int known = state == State.HELD ? hold(key) : ready(parameters);
    if (known == 0) {
      parameters.putAll(Map.of("state", state.name(), "since", since));
      sql.change(
          "insert into {WORK} (TARGET_ID, KIND, ITEM, REVISION, URGENCY, SINCE, DUE, ATTEMPTS,"
              + " STATE) values (:target, :kind, :item, 1, :urgency, :since, 0, 0, :state)",
          parameters);
    }
  }

  private int hold(Map<String, Object> key) {
    return sql.change(
        "update {WORK} set REVISION = REVISION + 1, STATE = case when STATE = 'READY' and URGENCY >"
            + " 0 then 'HELD_CHANGED' else STATE end where TARGET_ID = :target and KIND = :kind and"
            + " ITEM = :item",
        key);
  }

  private int ready(Map<String, Object> parameters) {
    return sql.change(
        // MySQL sets one column after the other: URGENCY looks at STATE before that changes
        "update {WORK} set REVISION = REVISION + 1, ATTEMPTS = 0, DUE = 0, LAST_ERROR = null,"
            + " URGENCY = case when STATE <> 'READY' or URGENCY > :urgency then :urgency else"
            + " URGENCY end, STATE = case when STATE in ('HELD', 'HELD_CHANGED') and :urgency > 0"
            + " then 'HELD_CHANGED' else 'READY' end where TARGET_ID = :target and KIND = :kind and"
            + " ITEM = :item",
        parameters);
  }

  /** Notes a change that no event told; any node may. */
  public void note(Change change, long now) {
    sql.change(
        "insert into {CHANGE} (ID, TARGET_ID, KIND, ITEM, URGENCY, SINCE)"
            + " values (:id, :target, :kind, :item, :urgency, :now)",
        Map.of(
            "id", UUID.randomUUID().toString(),
            "target", target,
            "kind", change.kind().name(),
            "item", change.key(),
            "urgency", change.urgency().rank(),
            "now", now));
  }

  /** Nobody holds these any more: they are among those who are sent. */
  public void letGo(Kind kind, Collection<String> items) {
    if (!items.isEmpty()) {
      sql.change(
          "delete from {WORK} where TARGET_ID = :target and KIND = :kind and STATE <> 'READY'"
              + " and STATE <> 'BLOCKED' and ITEM in (:items)",
          Map.of("target", target, "kind", kind.name(), "items", items));
    }
  }

  /** What can be sent now: leavers first, then the oldest. */
  public List<Work> due(long now, int most) {
    return works(
        "STATE in ('READY', 'HELD_CHANGED') and DUE <= :now order by URGENCY, SINCE",
        Map.of("now", now),
        most);
  }

  /** What waits for an administrator, the oldest first. */
  public List<Work> waiting(int most) {
    return works("STATE <> 'READY' order by SINCE", Map.of(), most);
  }

  private List<Work> works(String condition, Map<String, Object> more, int most) {
    var parameters = Sql.with(more, Map.of("target", target));
    return sql.select(
        "select KIND, ITEM, REVISION, SINCE, ATTEMPTS, STATE, LAST_ERROR from {WORK}"
            + " where TARGET_ID = :target and "
            + condition,
        parameters,
        most,
        row ->
            new Work(
                Kind.valueOf(row.text(0)),
                row.text(1),
                row.number(2),
                row.number(3),
                (int) row.number(4),
                State.valueOf(row.text(5)),
                row.text(6)));
  }

  /** It was sent; a change since then stays to be sent. */
  public void done(Work work) {
    sql.change(
        "delete from {WORK} where TARGET_ID = :target and KIND = :kind and ITEM = :item"
            + " and REVISION = :revision",
        key(work));
  }

  /** It was not sent; again at this time, unless it changed meanwhile, which is due at once. */
  public void defer(Work work, long due, int attempts, String reason) {
    String words = Sql.text(reason, ERROR_LIMIT);
    var parameters = Sql.with(key(work), Map.of("due", due, "attempts", attempts, "reason", words));
    sql.change(
        "update {WORK} set DUE = :due, ATTEMPTS = :attempts, LAST_ERROR = :reason where"
            + " TARGET_ID = :target and KIND = :kind and ITEM = :item and REVISION = :revision",
        parameters);
  }

  /** It would still take somebody away; unless it changed meanwhile, it is held on. */
  public void hold(Work work) {
    sql.change(
        "update {WORK} set STATE = 'HELD' where TARGET_ID = :target and KIND = :kind"
            + " and ITEM = :item and REVISION = :revision",
        key(work));
  }

  /** It is given up, unless it changed meanwhile. */
  public void block(Work work, int attempts, String reason) {
    String words = Sql.text(reason, ERROR_LIMIT);
    var parameters = Sql.with(key(work), Map.of("attempts", attempts, "reason", words));
    sql.change(
        "update {WORK} set STATE = 'BLOCKED', ATTEMPTS = :attempts, LAST_ERROR = :reason where"
            + " TARGET_ID = :target and KIND = :kind and ITEM = :item and REVISION = :revision",
        parameters);
  }

  /** An administrator's word: what is in this state is due at once. How many there were. */
  public int release(State state) {
    return sql.change(
        "update {WORK} set STATE = 'READY', ATTEMPTS = 0, DUE = 0, REVISION = REVISION + 1"
            + " where TARGET_ID = :target and STATE in (:states)",
        Map.of("target", target, "states", names(state)));
  }

  /** Who is held is so, too, while a change is looked at. */
  static List<String> names(State state) {
    return state == State.HELD
        ? List.of(State.HELD.name(), State.HELD_CHANGED.name())
        : List.of(state.name());
  }

  /** The same for one user or group. How many there were. */
  public int release(Kind kind, String item) {
    return sql.change(
        "update {WORK} set STATE = 'READY', ATTEMPTS = 0, DUE = 0, REVISION = REVISION + 1"
            + " where TARGET_ID = :target and KIND = :kind and ITEM = :item",
        Map.of("target", target, "kind", kind.name(), "item", item));
  }

  /** What was put off is due at once, by whichever clock that was. */
  public void hurry() {
    sql.change(
        "update {WORK} set DUE = 0 where TARGET_ID = :target and STATE = 'READY'",
        Map.of("target", target));
  }

  private Map<String, Object> key(Work work) {
    return Map.of(
        "target", target,
        "kind", work.kind().name(),
        "item", work.item(),
        "revision", work.revision());
  }
}
