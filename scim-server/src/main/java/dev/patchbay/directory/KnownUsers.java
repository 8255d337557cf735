package dev.patchbay.directory;

import dev.patchbay.schema.Refusal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds users by what requests call them; all methods run in the caller's transaction. In each
 * statement the values come first and then an index: SQLite keeps no statistics, and left to itself
 * it would walk all users for the sake of a few.
 */
public final class KnownUsers {
  private static final String BY_ID =
      "e.id%s from bound cross join entry e where e.id = bound.value"
          + " and e.type = 'User' and e.life = 'live' and e.tenant = :tenant";

  private static final String CALLED =
      "coalesce(e.extension, (select max(r.value) from reservation r"
          + " where r.entry_id = e.id and r.kind = 'pbxName'))";

  private static final String BY_EXTERNAL_ID =
      "e.external_id, e.id from bound cross join entry e where e.tenant = :tenant"
          + " and e.type = 'User' and e.visible = 1 and e.external_id = bound.value"
          + " and e.life = 'live'";

  private static final String GROUP_BY_ID =
      "e.id, e.label from bound cross join entry e where e.id = bound.value"
          + " and e.type = 'Group' and e.life = 'live' and e.tenant = :tenant";

  private KnownUsers() {}

  /** Users among these ids that reads show, with the number each has on the PBX, or the name. */
  public static Map<String, String> byId(Handle handle, String tenant, Collection<String> ids) {
    return ids.isEmpty()
        ? Map.of()
        : found(handle, BY_ID.formatted(", " + CALLED), tenant, BoundList.of(ids));
  }

  /** Those of the ids that are users whom reads show. */
  public static Set<String> among(Handle handle, String tenant, Collection<String> ids) {
    return ids.isEmpty() ? Set.of() : ids(handle, tenant, BoundList.of(ids)).set();
  }

  /**
   * Users that reads show, by what members are called: value to id. A value that is no id is an
   * externalId.
   *
   * @throws Refusal {@code INVALID_VALUE} for one that several have: who is meant is not known
   */
  public static Map<String, String> named(Handle handle, String tenant, Collection<String> values) {
    if (values.isEmpty()) {
      return Map.of();
    }
    var bound = BoundList.of(values);
    var users = new LinkedHashMap<String, String>();
    ids(handle, tenant, bound).forEach(id -> users.put(id, id));
    if (!users.keySet().containsAll(values)) {
      var ids = Set.copyOf(users.keySet());
      rows(handle, BY_EXTERNAL_ID, tenant, bound)
          .filter(it -> !ids.contains(it.getKey()))
          .forEach(it -> putOnly(users, it));
    }
    return users;
  }

  /** Those of the ids that are groups' which reads show. */
  public static Set<String> groups(Handle handle, String tenant, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : found(handle, GROUP_BY_ID, tenant, BoundList.of(ids)).keySet();
  }

  private static void putOnly(Map<String, String> users, Map.Entry<String, String> named) {
    // The same one again is no other: a value may be asked for twice.
    if (!users.computeIfAbsent(named.getKey(), it -> named.getValue()).equals(named.getValue())) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "members: " + Refusal.quoted(named.getKey()) + " is the externalId of several users");
    }
  }

  /** The first column to the second. */
  private static Map<String, String> found(
      Handle handle, String what, String tenant, String bound) {
    var found = new LinkedHashMap<String, String>();
    rows(handle, what, tenant, bound).forEach(it -> found.put(it.getKey(), it.getValue()));
    return found;
  }

  private static ResultIterable<String> ids(Handle handle, String tenant, String bound) {
    return query(handle, BY_ID.formatted(""), tenant, bound).mapTo(String.class);
  }

  private static Query query(Handle handle, String what, String tenant, String bound) {
    return handle
        .createQuery("select " + what.replace("bound ", BoundList.texts(handle) + " "))
        .bind("tenant", tenant)
        .bind(BoundList.NAME, bound);
  }

  private static ResultIterable<Map.Entry<String, String>> rows(
      Handle handle, String what, String tenant, String bound) {
    return query(handle, what, tenant, bound)
        .map(
            (row, context) ->
                Map.entry(row.getString(1), Optional.ofNullable(row.getString(2)).orElse("")));
  }
}
