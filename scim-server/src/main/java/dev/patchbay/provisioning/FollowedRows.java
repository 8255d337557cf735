package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Where {@link Followed} is kept; all methods run in the caller's transaction. */
final class FollowedRows {
  private FollowedRows() {}

  static Followed findOrNot(Handle handle, EntryType type, String entryId, String target) {
    return find(handle, entryId, target).orElseGet(() -> Followed.not(type, entryId, target));
  }

  static Followed findOrNot(Tenant tenant, EntryType type, String entryId, String target) {
    return tenant.database().read(handle -> findOrNot(handle, type, entryId, target));
  }

  static Optional<Followed> find(Handle handle, String entryId, String target) {
    return handle
        .createQuery("select * from followed where entry_id = :id and target = :target")
        .bind("id", entryId)
        .bind("target", target)
        .map(FollowedRows::row)
        .findOne();
  }

  static Followed row(ResultSet row, StatementContext context) throws SQLException {
    return new Followed(
        row.getString("entry_id"),
        EntryType.of(row.getString("type")),
        row.getString("target"),
        row.getString("name"),
        Optional.ofNullable(row.getString("inner_id")),
        row.getLong("version"),
        row.getString("life"),
        row.getLong("tried"),
        Report.State.of(row.getString("state")),
        Optional.ofNullable(row.getString("reason")),
        Instant.ofEpochMilli(row.getLong("due_at")),
        Optional.ofNullable(row.getString("secrets")));
  }

  static void save(Handle handle, Followed row) {
    handle.execute(
        """
        insert into followed (entry_id, type, target, name, inner_id, version, life, tried, state,
          reason, due_at, secrets) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (entry_id, target) do update set name = excluded.name,
          inner_id = excluded.inner_id, version = excluded.version, life = excluded.life,
          tried = excluded.tried, state = excluded.state, reason = excluded.reason,
          due_at = excluded.due_at, secrets = excluded.secrets
        """,
        row.entryId(),
        row.type().scimName(),
        row.target(),
        row.name(),
        row.innerId().orElse(null),
        row.version(),
        row.life(),
        row.tried(),
        row.state().name().toLowerCase(Locale.ROOT),
        row.reason().orElse(null),
        row.dueAt().toEpochMilli(),
        row.secrets().orElse(null));
  }

  static void forget(Handle handle, Followed row) {
    handle.execute(
        "delete from followed where entry_id = ? and target = ?", row.entryId(), row.target());
  }

  /** Whether another entry of the tenant is known to be that one there. */
  static boolean isAnothers(Handle handle, Followed row, String innerId) {
    return handle
        .createQuery(
            "select 1 from followed where target = :target and inner_id = :inner"
                + " and entry_id <> :id")
        .bind("target", row.target())
        .bind("inner", innerId)
        .bind("id", row.entryId())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /** Whose the target's entry is. */
  static Optional<String> following(Handle handle, String target, String innerId) {
    return handle
        .createQuery("select entry_id from followed where target = :target and inner_id = :inner")
        .bind("target", target)
        .bind("inner", innerId)
        .mapTo(String.class)
        .findFirst();
  }

  /** Whether another entry may have been made there under the row's name, unheard of. */
  static boolean isBegunByAnother(Handle handle, Followed row) {
    return handle
        .createQuery(
            "select 1 from followed where target = :target and inner_id is null"
                + " and lower(name) = lower(:name) and type = :type and entry_id <> :id")
        .bind("target", row.target())
        .bind("name", row.name())
        .bind("type", row.type().scimName())
        .bind("id", row.entryId())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }

  /**
   * What is to be looked at again now: what is due, what the target's own work has ended on, and
   * what it has begun to work on by itself, because of drift, say; leavers first.
   */
  static List<Followee> due(Handle handle, String target, Instant now, int limit) {
    return handle
        .createQuery(
            """
            select due.type as type, due.entry_id as id from (
              select type, entry_id, due_at from followed where target = :target and due_at <= :now
              union all
              select type, entry_id, due_at from followed where target = :target and due_at = :waits
                and not exists (select 1 from journal where journal.entry_id = followed.inner_id)
              union all
              select f.type, f.entry_id, f.due_at from journal j
                join followed f on f.target = :target and f.inner_id = j.entry_id
                where j.tenant = :target and f.due_at = :never
            ) due left join entry e on e.id = due.entry_id
            order by case when e.life = 'live' and e.active = 1 then 1 else 0 end, due_at
            limit :limit
            """)
        .bind("target", target)
        .bind("now", now.toEpochMilli())
        .bind("waits", Followed.WAITS.toEpochMilli())
        .bind("never", Followed.NOT_DUE.toEpochMilli())
        .bind("limit", limit)
        .map(FollowedRows::followee)
        .list();
  }

  /** What the target has not followed, leavers first, and what is gone; groups come last. */
  static List<Followee> behind(
      Handle handle, String tenant, String target, Instant now, int limit) {
    return handle
        .createQuery(
            """
            select type, id from (
              select e.type as type, e.id as id,
                case when e.type = 'User' and (e.life <> 'live' or e.active = 0) then 0
                  when e.type = 'User' then 1 else 2 end as late
                from entry e left join followed f on f.entry_id = e.id and f.target = :target
                where e.tenant = :tenant and e.type in ('User', 'Group')
                and e.life not in ('creating', 'reviving')
                and not exists (select 1 from held_work h where h.entry_id = e.id)
                and (f.entry_id is null
                  or ((f.version <> e.version or f.life <> e.life or f.secrets is not null)
                    and (f.tried <> e.version or f.due_at <= :now)))
              union all
              select f.type as type, f.entry_id as id, 0 as late from followed f
                where f.target = :target and (f.due_at <= :now or f.due_at = :never)
                and not exists (select 1 from entry e where e.id = f.entry_id)
              union all
              select f.type as type, f.entry_id as id, 1 as late from followed f join entry e on e.id = f.inner_id
                where f.target = :target and f.state = 'synced'
                and e.resource like '%"state":"orphaned"%'
              union all
              select f.type as type, f.entry_id as id, 1 as late from followed f join entry e on e.id = f.inner_id
                where f.target = :target and f.state = 'pending' and f.due_at = :waits
                and e.resource like '%"state":"blocked"%'
            ) behind order by late limit :limit
            """)
        .bind("tenant", tenant)
        .bind("target", target)
        .bind("now", now.toEpochMilli())
        .bind("waits", Followed.WAITS.toEpochMilli())
        .bind("never", Followed.NOT_DUE.toEpochMilli())
        .bind("limit", limit)
        .map(FollowedRows::followee)
        .list();
  }

  private static Followee followee(ResultSet row, StatementContext context) throws SQLException {
    return new Followee(EntryType.of(row.getString("type")), row.getString("id"));
  }

  /** What the target refused: nothing of it is in its journal. */
  private static final String REFUSED =
      " f.target = :target and f.due_at < :waits and f.state = 'blocked'";

  static List<Followed> refused(Handle handle, String target, int limit) {
    return handle
        .createQuery("select f.* from followed f where" + REFUSED + " order by due_at limit :limit")
        .bind("target", target)
        .bind("waits", Followed.WAITS.toEpochMilli())
        .bind("limit", limit)
        .map(FollowedRows::row)
        .list();
  }

  /** Of one entry. */
  static Optional<Followed> refused(Handle handle, String target, String entryId) {
    return find(handle, entryId, target)
        .filter(it -> it.state() == Report.State.BLOCKED && it.dueAt().isBefore(Followed.WAITS));
  }

  /**
   * How much the target refused.
   *
   * @param offBoarding how many of them are to go, or not to work
   */
  record Refused(long all, long offBoarding, Optional<Instant> oldest) {}

  static Refused refused(Handle handle, String target) {
    return handle
        .createQuery(
            """
            select count(*) as total, min(e.modified_at) as oldest,
              sum(case when e.life = 'live' and e.active = 1 then 0 else 1 end) as away
            from followed f left join entry e on e.id = f.entry_id where
            """
                + REFUSED)
        .bind("target", target)
        .bind("waits", Followed.WAITS.toEpochMilli())
        .map(
            (row, context) ->
                new Refused(
                    row.getLong("total"),
                    row.getLong("away"),
                    Optional.of(row.getLong("oldest"))
                        .filter(it -> it > 0)
                        .map(Instant::ofEpochMilli)))
        .one();
  }

  /** The filter that the target's users were last chosen by. */
  static Optional<String> chosenBy(Handle handle, String target) {
    return handle
        .createQuery("select chosen_by from follow_filter where target = :target")
        .bind("target", target)
        .mapTo(String.class)
        .findOne();
  }

  /** Of targets that the tenant has no more; one that comes back chooses anew. */
  static void forgetChoices(Handle handle, String tenant, List<String> targets) {
    handle
        .createQuery("select target from follow_filter")
        .mapTo(String.class)
        .filter(it -> it.startsWith(tenant + ".") && !targets.contains(it))
        .forEach(it -> handle.execute("delete from follow_filter where target = ?", it));
  }

  static void choose(Handle handle, String target, String filter) {
    handle.execute(
        "insert into follow_filter (target, chosen_by) values (?, ?)"
            + " on conflict (target) do update set chosen_by = excluded.chosen_by",
        target,
        filter);
  }

  /** Whoever the target is not done with is looked at again. */
  static void release(Handle handle, String target, Instant now) {
    handle.execute(
        "update followed set due_at = ? where target = ? and type = ? and state <> 'synced'",
        now.toEpochMilli(),
        target,
        EntryType.USER.scimName());
  }
}
