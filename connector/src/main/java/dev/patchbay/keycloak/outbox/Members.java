package dev.patchbay.keycloak.outbox;

import dev.patchbay.keycloak.outbox.HeldGroups.Certainty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is in which group at a target, as far as that is known, within one transaction. */
public final class Members {
  private final Sql sql;
  private final String target;

  Members(Sql sql, String target) {
    this.sql = sql;
    this.target = target;
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
  public List<String> of(String group, String after, int most) {
    return sql.select(
        "select USER_ID from {MEMBER} where TARGET_ID = :target and GROUP_ID = :group"
            + " and USER_ID > :after order by USER_ID",
        Map.of("target", target, "group", group, "after", after),
        most,
        row -> row.text(0));
  }

  /** The target took this user into the group, or may have, or may have put him out. */
  public void note(String group, String user, Certainty certainty) {
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

  /** The target does not hold the group. */
  void removeGroup(String group) {
    remove("GROUP_ID", group);
  }

  /** The target does not hold the user. */
  void removeUser(String user) {
    remove("USER_ID", user);
  }

  private void remove(String column, String item) {
    sql.change(
        "delete from {MEMBER} where TARGET_ID = :target and " + column + " = :item",
        Map.of("target", target, "item", item));
  }

  void removeAll() {
    sql.change("delete from {MEMBER} where TARGET_ID = :target", Map.of("target", target));
  }
}
