package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.outbox.HeldGroups.Certainty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** What a target is known to hold, within one transaction. */
public final class Remotes {
  private static final String COLUMNS =
      "select ITEM, REMOTE_ID, NAME, EMAIL, HASH, ACTIVE, NOTE from {REMOTE}";
  private static final int NAME_LIMIT = 255;
  private static final int NOTE_LIMIT = 1000;

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
   * it is younger than that.
   */
  public void put(Kind kind, Remote remote) {
    var parameters = of(kind, Map.of("item", remote.item(), "remote", remote.remoteId()));
    parameters.put("name", cut(remote.name(), NAME_LIMIT));
    parameters.put("email", cut(remote.email(), NAME_LIMIT));
    parameters.put("hash", remote.hash());
    parameters.put("active", remote.active() ? 1 : 0);
    parameters.put("note", cut(remote.note(), NOTE_LIMIT));
    parameters.put("now", System.currentTimeMillis());
    int known =
        sql.change(
            "update {REMOTE} set REMOTE_ID = :remote, NAME = :name, EMAIL = :email, HASH = :hash,"
                + " ACTIVE = :active, NOTE = :note, SEEN = :now, FOUND = :now"
                + " where TARGET_ID = :target and KIND = :kind and ITEM = :item",
            parameters);
    if (known == 0) {
      sql.change(
          "insert into {REMOTE} (TARGET_ID, KIND, ITEM, REMOTE_ID, NAME, EMAIL, HASH, ACTIVE, NOTE,"
              + " SEEN, FOUND) values (:target, :kind, :item, :remote, :name, :email, :hash,"
              + " :active, :note, :now, :now)",
          parameters);
    }
  }

  /** The target does not hold it any more, nor any membership with it. */
  public void remove(Kind kind, String item) {
    sql.change(
        "delete from {REMOTE} where TARGET_ID = :target and KIND = :kind and ITEM = :item",
        of(kind, Map.of("item", item)));
    String column = kind == Kind.GROUP ? "GROUP_ID" : "USER_ID";
    sql.change(
        "delete from {MEMBER} where TARGET_ID = :target and " + column + " = :item",
        Map.of("target", target, "item", item));
  }

  /** Groups that the target holds the user in. */
  public HeldGroups groupsOf(String user) {
    return groupsOf(List.of(user)).getOrDefault(user, HeldGroups.NONE);
  }

  /** Groups that the target holds these users in, by the user; none for who is in no group. */
  public Map<String, HeldGroups> groupsOf(Collection<String> users) {
    record Row(String user, String group, Certainty certainty) {}
    if (users.isEmpty()) {
      return Map.of();
    }
    return sql
        .select(
            "select USER_ID, GROUP_ID, CERTAINTY from {MEMBER}"
                + " where TARGET_ID = :target and USER_ID in (:users)",
            Map.of("target", target, "users", users),
            Integer.MAX_VALUE,
            row -> new Row(row.text(0), row.text(1), Certainty.valueOf(row.text(2))))
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::user,
                Collectors.collectingAndThen(
                    Collectors.toMap(Row::group, Row::certainty), HeldGroups::new)));
  }

  /** Members of a group as the target holds it, in the order of their ids and after this one. */
  public List<String> membersOf(String group, String after, int most) {
    return sql.select(
        "select USER_ID from {MEMBER} where TARGET_ID = :target and GROUP_ID = :group"
            + " and USER_ID > :after order by USER_ID",
        Map.of("target", target, "group", group, "after", after),
        most,
        row -> row.text(0));
  }

  /** The target took this user into the group, or may have, or may have put him out. */
  public void member(String group, String user, Certainty certainty) {
    Map<String, Object> parameters =
        Map.of("target", target, "group", group, "user", user, "certainty", certainty.name());
    int known =
        sql.change(
            "update {MEMBER} set CERTAINTY = :certainty"
                + " where TARGET_ID = :target and GROUP_ID = :group and USER_ID = :user",
            parameters);
    if (known == 0) {
      sql.change(
          "insert into {MEMBER} (TARGET_ID, GROUP_ID, USER_ID, CERTAINTY)"
              + " values (:target, :group, :user, :certainty)",
          parameters);
    }
  }

  /** The target does not hold this user in the group. */
  public void leave(String group, String user) {
    sql.change(
        "delete from {MEMBER} where TARGET_ID = :target and GROUP_ID = :group and USER_ID = :user",
        Map.of("target", target, "group", group, "user", user));
  }

  /** Another who has the same account, as after an import that gave its user another id. */
  public boolean shared(Kind kind, Remote remote) {
    return count(
            "select count(*) from {REMOTE} where TARGET_ID = :target and KIND = :kind"
                + " and REMOTE_ID = :remote and ITEM <> :item and HASH <> 'gone'",
            of(kind, Map.of("remote", remote.remoteId(), "item", remote.item())))
        > 0;
  }

  /** Those whose making was never answered, among these. */
  public Optional<Remote> unanswered(Kind kind, String item) {
    return get(kind, item).filter(Remote::unanswered);
  }

  /** All ids are another server's from now on: everything is looked for there again. */
  public void forgetIds() {
    Map<String, Object> parameters = Map.of("target", target);
    sql.change("delete from {MEMBER} where TARGET_ID = :target", parameters);
    sql.change("delete from {REMOTE} where TARGET_ID = :target and HASH = 'gone'", parameters);
    sql.change(
        "update {REMOTE} set REMOTE_ID = '', HASH = 'again' where TARGET_ID = :target", parameters);
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
          of(kind, Map.of("run", run, "values", values)));
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
        of(kind, Map.of("run", run, "after", after)),
        most,
        row -> row.text(0));
  }

  /** How many were not seen in Keycloak, see {@link #unseen}. */
  public long countUnseen(Kind kind, long run) {
    return count(
        "select count(*) from {REMOTE} where TARGET_ID = :target and KIND = :kind and SEEN < :run"
            + " and HASH <> 'gone'",
        of(kind, Map.of("run", run)));
  }

  /** How many of a kind the target holds, those who are gone from Keycloak left out. */
  public long count(Kind kind) {
    return count(
        "select count(*) from {REMOTE} where TARGET_ID = :target and KIND = :kind and HASH <>"
            + " 'gone'",
        of(kind, Map.of()));
  }

  private long count(String statement, Map<String, Object> parameters) {
    return sql.select(statement, parameters, 1, row -> row.number(0)).get(0);
  }

  /** What the target took but could not do altogether. */
  public List<Remote> noted(int most) {
    return select(Kind.USER, " and NOTE like '_%'", Map.of(), most);
  }

  private Map<String, Object> of(Kind kind, Map<String, Object> more) {
    var parameters = new HashMap<>(more);
    parameters.put("target", target);
    parameters.put("kind", kind.name());
    return parameters;
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
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
