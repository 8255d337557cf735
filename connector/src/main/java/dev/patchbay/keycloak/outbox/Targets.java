package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.outbox.TargetRow.Health;
import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The targets of all realms, within one transaction. */
public final class Targets {
  private static final String SELECT =
      "select TARGET_ID, REALM_ID, OWNER, BEAT, LEASE_MILLIS, CONFIG_HASH, SYNC_ASKED,"
          + " SYNC_RUNNING, SYNC_STARTED, SYNC_ENDED, SYNC_COMPARED, SYNC_DIFFERENT,"
          + " SYNC_STRANGERS, SYNC_ORPHANS, LAST_SENT, LAST_ERROR, LAST_ERROR_AT from {TARGET}";
  private static final int ERROR_LIMIT = 1000;

  private final Sql sql;

  public Targets(KeycloakSession session) {
    this.sql = new Sql(session);
  }

  /** A target's component as Keycloak keeps it. */
  public record Component(String id, String realmId) {}

  /** The components that are targets, enabled or not, read past the cache. */
  public List<Component> components(String providerId) {
    return sql
        .entities()
        .createQuery(
            "select c.id, c.realm.id from ComponentEntity c where c.providerId = :provider",
            Object[].class)
        .setParameter("provider", providerId)
        .getResultList()
        .stream()
        .map(each -> new Component(each[0].toString(), each[1].toString()))
        .toList();
  }

  /** The settings of these components, read past the cache, as one text for each. */
  public Map<Component, String> settings(String providerId) {
    record Row(Component component, String setting) {}
    return sql
        .entities()
        .createQuery(
            "select c.component.id, c.component.realm.id, c.name, c.value"
                + " from ComponentConfigEntity c where c.component.providerId = :provider",
            Object[].class)
        .setParameter("provider", providerId)
        .getResultList()
        .stream()
        .map(
            each ->
                new Row(
                    new Component(each[0].toString(), each[1].toString()), each[2] + "=" + each[3]))
        .collect(
            Collectors.groupingBy(
                Row::component,
                Collectors.mapping(
                    Row::setting,
                    Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), each -> String.join("\n", each)))));
  }

  public List<TargetRow> all() {
    return sql.select(SELECT, Map.of(), Integer.MAX_VALUE, Targets::read);
  }

  public Optional<TargetRow> get(String target) {
    return sql
        .select(SELECT + " where TARGET_ID = :target", Map.of("target", target), 1, Targets::read)
        .stream()
        .findFirst();
  }

  private static TargetRow read(Sql.Row row) {
    return new TargetRow(
        row.text(0),
        row.text(1),
        row.text(2),
        row.number(3),
        row.number(4),
        row.text(5),
        new Sync(
            SyncKind.valueOf(row.text(6)),
            SyncKind.valueOf(row.text(7)),
            row.number(8),
            row.number(9),
            row.number(10),
            row.number(11),
            row.number(12),
            row.number(13)),
        new Health(row.number(14), row.text(15), row.number(16)));
  }

  /** A target that nothing was sent to yet. */
  public void add(Component component) {
    sql.change(
        "insert into {TARGET} (TARGET_ID, REALM_ID, BEAT, LEASE_MILLIS, SYNC_ASKED, SYNC_RUNNING,"
            + " SYNC_STARTED, SYNC_ENDED, SYNC_COMPARED, SYNC_DIFFERENT, SYNC_STRANGERS,"
            + " SYNC_ORPHANS, LAST_SENT, LAST_ERROR_AT) values (:target, :realm, 0, 0, 'NONE',"
            + " 'NONE', 0, 0, 0, 0, 0, 0, 0, 0)",
        Map.of("target", component.id(), "realm", component.realmId()));
  }

  /** Forgets a target; what it holds stays there. */
  public void remove(String target) {
    for (String table : List.of("CHANGE", "WORK", "MEMBER", "REMOTE", "TARGET")) {
      sql.change("delete from {" + table + "} where TARGET_ID = :target", Map.of("target", target));
    }
  }

  /** Whether the node owns the target from now on; not if anybody's beat went on since this one. */
  public boolean take(String target, String node, long seenBeat, Duration lease) {
    return sql.change(
            "update {TARGET} set OWNER = :node, BEAT = BEAT + 1, LEASE_MILLIS = :lease"
                + " where TARGET_ID = :target and BEAT = :beat",
            Map.of("target", target, "node", node, "beat", seenBeat, "lease", lease.toMillis()))
        == 1;
  }

  /** Whether the node still owns the target. */
  public boolean beat(String target, String node, Duration lease) {
    return sql.change(
            "update {TARGET} set BEAT = BEAT + 1, LEASE_MILLIS = :lease"
                + " where TARGET_ID = :target and OWNER = :node",
            Map.of("target", target, "node", node, "lease", lease.toMillis()))
        == 1;
  }

  /** Another node may take it at once. */
  public void release(String target, String node) {
    sql.change(
        "update {TARGET} set OWNER = null, BEAT = BEAT + 1 where TARGET_ID = :target and OWNER ="
            + " :node",
        Map.of("target", target, "node", node));
  }

  /** Everything is to be compared; what was asked for before and is more stays asked for. */
  public void ask(String target, SyncKind kind) {
    SyncKind asked = get(target).map(each -> each.sync().asked()).orElse(SyncKind.NONE);
    sql.change(
        "update {TARGET} set SYNC_ASKED = :kind where TARGET_ID = :target",
        Map.of("target", target, "kind", asked.and(kind).name()));
  }

  /**
   * These settings hold from now on, and what they changed is to be found.
   *
   * @return whether the target is another server than before
   */
  public boolean configured(String target, String configHash, String scimUrl) {
    boolean elsewhere =
        sql.change(
                "update {TARGET} set SCIM_URL = :url"
                    + " where TARGET_ID = :target and SCIM_URL is not null and SCIM_URL <> :url",
                Map.of("target", target, "url", scimUrl))
            == 1;
    sql.change(
        "update {TARGET} set CONFIG_HASH = :hash, SCIM_URL = :url where TARGET_ID = :target",
        Map.of("target", target, "hash", configHash, "url", scimUrl));
    ask(target, SyncKind.FULL);
    return elsewhere;
  }

  /**
   * Nothing is captured for a target that is switched off: all is to be compared when it is on
   * again.
   */
  public void unconfigured(String target) {
    sql.change(
        "update {TARGET} set CONFIG_HASH = 'off' where TARGET_ID = :target and"
            + " (CONFIG_HASH is null or CONFIG_HASH <> 'off')",
        Map.of("target", target));
  }

  /**
   * A comparison begins; what is asked for from now on is another one.
   *
   * @return its number, higher than any before
   */
  public long started(String target, SyncKind kind, long now) {
    sql.change(
        "update {TARGET} set SYNC_NUMBER = SYNC_NUMBER + 1, SYNC_ASKED = 'NONE', SYNC_RUNNING ="
            + " :kind, SYNC_STARTED = :now, SYNC_COMPARED = 0, SYNC_DIFFERENT = 0,"
            + " SYNC_STRANGERS = 0, SYNC_ORPHANS = 0 where TARGET_ID = :target",
        Map.of("target", target, "kind", kind.name(), "now", now));
    return sql.count(
        "select SYNC_NUMBER from {TARGET} where TARGET_ID = :target", Map.of("target", target));
  }

  /** A part of the comparison is done. */
  public void progress(String target, long compared, long different) {
    sql.change(
        "update {TARGET} set SYNC_COMPARED = SYNC_COMPARED + :compared, SYNC_DIFFERENT ="
            + " SYNC_DIFFERENT + :different where TARGET_ID = :target",
        Map.of("target", target, "compared", compared, "different", different));
  }

  /** Accounts at the target of which nothing here knows, see {@link Sync}. */
  public void strangers(String target, long strangers, long orphans) {
    sql.change(
        "update {TARGET} set SYNC_STRANGERS = SYNC_STRANGERS + :strangers, SYNC_ORPHANS ="
            + " SYNC_ORPHANS + :orphans where TARGET_ID = :target",
        Map.of("target", target, "strangers", strangers, "orphans", orphans));
  }

  public void ended(String target, long now) {
    sql.change(
        "update {TARGET} set SYNC_RUNNING = 'NONE', SYNC_ENDED = :now where TARGET_ID = :target",
        Map.of("target", target, "now", now));
  }

  public void sent(String target, long now) {
    sql.change(
        "update {TARGET} set LAST_SENT = :now where TARGET_ID = :target",
        Map.of("target", target, "now", now));
  }

  public void failed(String target, String error, long now) {
    sql.change(
        "update {TARGET} set LAST_ERROR = :error, LAST_ERROR_AT = :now where TARGET_ID = :target",
        Map.of("target", target, "now", now, "error", Sql.text(error, ERROR_LIMIT)));
  }
}
