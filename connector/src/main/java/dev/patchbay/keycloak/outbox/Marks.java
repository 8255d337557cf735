package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.change.Change.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which of those that a target holds a comparison has come across, within one transaction. A
 * comparison has a number that is higher than the last one's, whatever the nodes' clocks say;
 * {@link Remotes#put} marks with the latest.
 */
public final class Marks {
  private final Sql sql;
  private final Map<String, Object> target;

  Marks(Sql sql, String target) {
    this.sql = sql;
    this.target = Map.of("target", target);
  }

  /** Marks those as there in Keycloak, in the comparison with this number. */
  public void seen(Kind kind, Collection<String> items, long run) {
    mark("SEEN", "ITEM", kind, items, run);
  }

  /** Marks those as there at the target, in the comparison with this number. */
  public void found(Kind kind, Collection<String> remoteIds, long run) {
    mark("FOUND", "REMOTE_ID", kind, remoteIds, run);
  }

  private void mark(String mark, String column, Kind kind, Collection<String> values, long run) {
    if (!values.isEmpty()) {
      sql.change(
          "update {REMOTE} set "
              + mark
              + " = :run where TARGET_ID = :target and KIND = :kind and "
              + column
              + " in (:values)",
          Sql.with(target, Map.of("kind", kind.name(), "run", run, "values", values)));
    }
  }

  /**
   * Ids in Keycloak of those that were not seen there, and about whom the target was not told all.
   */
  public List<String> unseen(Kind kind, long run, String after, int most) {
    return missing("SEEN", kind, run, after, most);
  }

  /** Ids in Keycloak of those that were not found at the target although it should hold them. */
  public List<String> unfound(Kind kind, long run, String after, int most) {
    return missing("FOUND", kind, run, after, most);
  }

  private List<String> missing(String mark, Kind kind, long run, String after, int most) {
    return sql.select(
        "select ITEM from {REMOTE} where TARGET_ID = :target and KIND = :kind and "
            + mark
            + " < :run and HASH <> 'gone' and ITEM > :after order by ITEM",
        Sql.with(target, Map.of("kind", kind.name(), "run", run, "after", after)),
        most,
        row -> row.text(0));
  }

  /** How many were not seen in Keycloak, see {@link #unseen}. */
  public long countUnseen(Kind kind, long run) {
    return sql.count(
        "select count(*) from {REMOTE} where TARGET_ID = :target and KIND = :kind and SEEN < :run"
            + " and HASH <> 'gone'",
        Sql.with(target, Map.of("kind", kind.name(), "run", run)));
  }
}
