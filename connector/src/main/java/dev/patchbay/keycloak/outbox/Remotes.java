package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.change.Change.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What a target is known to hold, within one transaction. */
public final class Remotes {
  private static final String COLUMNS =
      "select ITEM, REMOTE_ID, NAME, EMAIL, HASH, ACTIVE, NOTE from {REMOTE}";
  private static final int NAME_LIMIT = 255;
  private static final int NOTE_LIMIT = 1000;

  /** None for a target that was removed meanwhile: nothing is kept of that one. */
  private static final String NUMBER =
      "(select t.SYNC_NUMBER from {TARGET} t where t.TARGET_ID = :target)";

  /** Sorts before every id; Oracle takes an empty text for none. */
  public static final String START = " ";

  /** Databases take about so many values in one list. */
  private static final int LIST_LIMIT = 1000;

  private final Sql sql;
  private final String target;

  public Remotes(KeycloakSession session, String target) {
    this.sql = new Sql(session);
    this.target = target;
  }

  /** Who is in which group there. */
  public Members members() {
    return new Members(sql, target);
  }

  /** Which of these a comparison has come across. */
  public Marks marks() {
    return new Marks(sql, target);
  }

  public Optional<Remote> get(Kind kind, String item) {
    return select(kind, " and ITEM = :item", Map.of("item", item), 1).stream().findFirst();
  }

  /**
   * Those that are known among these, by their ids in Keycloak; at most {@value #LIST_LIMIT} are
   * asked for at once.
   */
  public Map<String, Remote> get(Kind kind, Collection<String> items) {
    var found = new HashMap<String, Remote>();
    if (!items.isEmpty()) {
      select(kind, " and ITEM in (:items)", Map.of("items", items), LIST_LIMIT)
          .forEach(each -> found.put(each.item(), each));
    }
    return found;
  }

  /** Those that are known among these, by their ids at the target. */
  public Map<String, Remote> byRemoteId(Kind kind, Collection<String> remoteIds) {
    var found = new HashMap<String, Remote>();
    if (!remoteIds.isEmpty()) {
      select(kind, " and REMOTE_ID in (:ids)", Map.of("ids", remoteIds), LIST_LIMIT)
          .forEach(each -> found.put(each.remoteId(), each));
    }
    return found;
  }

  private List<Remote> select(Kind kind, String condition, Map<String, Object> more, int most) {
    var parameters = of(kind, more);
    return sql.select(
        COLUMNS + " where TARGET_ID = :target and KIND = :kind" + condition,
        parameters,
        most,
        row ->
            new Remote(
                row.text(0),
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.number(5) != 0,
                row.text(6)));
  }

  /**
   * From now on this is what the target holds. A comparison under way takes it for seen and found:
   * it is younger than that, and gets its number.
   */
  public void put(Kind kind, Remote remote) {
    var parameters = of(kind, Map.of("item", remote.item(), "remote", remote.remoteId()));
    parameters.put("name", Sql.text(remote.name(), NAME_LIMIT));
    parameters.put("email", Sql.text(remote.email(), NAME_LIMIT));
    parameters.put("hash", remote.hash());
    parameters.put("active", remote.active() ? 1 : 0);
    parameters.put("note", Sql.text(remote.note(), NOTE_LIMIT));
    int known =
        sql.change(
            "update {REMOTE} set REMOTE_ID = :remote, NAME = :name, EMAIL = :email, HASH = :hash,"
                + " ACTIVE = :active, NOTE = :note, SEEN = "
                + NUMBER
                + ", FOUND = "
                + NUMBER
                + " where TARGET_ID = :target and KIND = :kind and ITEM = :item",
            parameters);
    if (known == 0) {
      sql.change(
          "insert into {REMOTE} (TARGET_ID, KIND, ITEM, REMOTE_ID, NAME, EMAIL, HASH, ACTIVE, NOTE,"
              + " SEEN, FOUND) values (:target, :kind, :item, :remote, :name, :email, :hash,"
              + " :active, :note, "
              + NUMBER
              + ", "
              + NUMBER
              + ")",
          parameters);
    }
  }

  /** The target does not hold it any more, nor any membership with it. */
  public void remove(Kind kind, String item) {
    sql.change(
        "delete from {REMOTE} where TARGET_ID = :target and KIND = :kind and ITEM = :item",
        of(kind, Map.of("item", item)));
    if (kind == Kind.GROUP) {
      members().removeGroup(item);
    } else {
      members().removeUser(item);
    }
  }

  /**
   * Another who has the same account, as after an import that gave its user another id.
   *
   * @return the other's id in Keycloak
   */
  public Optional<String> sharer(Kind kind, Remote remote) {
    return sql
        .select(
            "select ITEM from {REMOTE} where TARGET_ID = :target and KIND = :kind"
                + " and REMOTE_ID = :remote and ITEM <> :item and HASH <> 'gone'",
            of(kind, Map.of("remote", remote.remoteId(), "item", remote.item())),
            1,
            row -> row.text(0))
        .stream()
        .findFirst();
  }

  /** Those whose making was never answered, among these. */
  public Optional<Remote> unanswered(Kind kind, String item) {
    return get(kind, item).filter(Remote::unanswered);
  }

  /** All ids are another server's from now on: everything is looked for there again. */
  public void forgetIds() {
    Map<String, Object> parameters = Map.of("target", target);
    members().removeAll();
    sql.change("delete from {REMOTE} where TARGET_ID = :target and HASH = 'gone'", parameters);
    sql.change(
        "update {REMOTE} set REMOTE_ID = '', HASH = 'again' where TARGET_ID = :target", parameters);
  }

  /** How many of a kind the target holds, those who are gone from Keycloak left out. */
  public long count(Kind kind) {
    return sql.count(
        "select count(*) from {REMOTE} where TARGET_ID = :target and KIND = :kind and HASH <>"
            + " 'gone'",
        of(kind, Map.of()));
  }

  /** What the target took but could not do altogether. */
  public List<Remote> noted(int most) {
    return select(Kind.USER, " and NOTE like '_%'", Map.of(), most);
  }

  private Map<String, Object> of(Kind kind, Map<String, Object> more) {
    return Sql.with(Map.of("target", target, "kind", kind.name()), more);
  }

  /** In parts that fit into one statement. */
  public static <T> List<List<T>> parts(List<T> all) {
    var parts = new ArrayList<List<T>>();
    for (int i = 0; i < all.size(); i += LIST_LIMIT) {
      parts.add(all.subList(i, Math.min(all.size(), i + LIST_LIMIT)));
    }
    return parts;
  }
}
