package dev.patchbay.directory;

import dev.patchbay.pbx.api.PbxRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Which entry stands for which object on the PBX; all methods run in the caller's transaction. */
public final class Counterparts {
  private static final int BATCH = 500; // below SQLite's limit on bound values

  private Counterparts() {}

  /** Entry ids by what the PBX calls them, of every entry that has an object there; reads all. */
  public static Map<PbxRef, String> of(Handle handle, String tenant, EntryType type) {
    var ids = new HashMap<PbxRef, String>();
    handle
        .createQuery("select id, applied from entry where tenant = :tenant and type = :type")
        .bind("tenant", tenant)
        .bind("type", type.scimName())
        .map((row, context) -> Map.entry(row.getString("id"), row.getString("applied")))
        .forEach(
            row -> Json.applied(row.getValue()).ref().ifPresent(ref -> ids.put(ref, row.getKey())));
    return ids;
  }

  /** The groups that stand for something whose reference begins so; reads all groups. */
  public static List<String> groups(Handle handle, String tenant, String prefix) {
    return handle
        .createQuery("select id, applied from entry where tenant = :tenant and type = 'Group'")
        .bind("tenant", tenant)
        .map((row, context) -> Map.entry(row.getString("id"), row.getString("applied")))
        .filter(row -> row.getValue().contains(prefix))
        .filter(row -> begins(Json.applied(row.getValue()), prefix))
        .map(Map.Entry::getKey)
        .list();
  }

  private static boolean begins(Applied applied, String prefix) {
    return applied.ref().filter(ref -> ref.id().startsWith(prefix)).isPresent();
  }

  /** Those of the entries that are neither being made nor deleted; retained users are kept. */
  public static List<Entry> live(Handle handle, Collection<String> ids) {
    return parts(ids).stream().flatMap(part -> part(handle, part).stream()).toList();
  }

  private static List<List<String>> parts(Collection<String> ids) {
    var all = List.copyOf(ids);
    var parts = new ArrayList<List<String>>();
    for (int from = 0; from < all.size(); from += BATCH) {
      parts.add(all.subList(from, Math.min(from + BATCH, all.size())));
    }
    return parts;
  }

  private static List<Entry> part(Handle handle, List<String> ids) {
    return handle
        .createQuery("select * from entry where id in (<ids>) and life in ('live', 'retained')")
        .bindList("ids", ids)
        .map((row, context) -> EntryStore.entry(row))
        .list();
  }

  /** What the PBX calls these entries, of those that have an object there. */
  public static Map<String, PbxRef> refs(Handle handle, Collection<String> ids) {
    var refs = new HashMap<String, PbxRef>();
    for (List<String> part : parts(ids)) {
      handle
          .createQuery("select id, applied from entry where id in (<ids>)")
          .bindList("ids", part)
          .map((row, context) -> Map.entry(row.getString("id"), row.getString("applied")))
          .forEach(
              row ->
                  Json.applied(row.getValue()).ref().ifPresent(ref -> refs.put(row.getKey(), ref)));
    }
    return refs;
  }

  /** Those of the users that reads show and that are not on the PBX: it lost them. */
  public static Set<String> absent(Handle handle, Collection<String> users) {
    return users.isEmpty()
        ? Set.of()
        : handle
            .createQuery(
                "select e.id from "
                    + BoundList.texts(handle)
                    + " cross join entry e where e.id = bound.value and e.type = 'User'"
                    + " and e.life = 'live' and e.applied like :absent")
            .bind(BoundList.NAME, BoundList.of(users))
            .bind("absent", Json.ABSENT + "%")
            .mapTo(String.class)
            .set();
  }

  /** The user with this number on the PBX or, where it has none, this name, if reads show one. */
  public static Optional<String> user(Handle handle, String tenant, String key) {
    return numbered(handle, tenant, key).or(() -> named(handle, tenant, key));
  }

  private static Optional<String> named(Handle handle, String tenant, String name) {
    return handle
        .createQuery(
            "select e.id from reservation r join entry e on e.id = r.entry_id"
                + " where r.tenant = :tenant and r.kind = 'pbxName' and r.value = :name"
                + " and e.type = 'User' and e.visible = 1 and e.life = 'live'"
                + " and e.extension is null")
        .bind("tenant", tenant)
        .bind("name", name)
        .mapTo(String.class)
        .findFirst();
  }

  private static Optional<String> numbered(Handle handle, String tenant, String extension) {
    return handle
        .createQuery(
            "select id from entry where tenant = :tenant and type = 'User' and visible = 1"
                + " and extension = :extension and life = 'live'")
        .bind("tenant", tenant)
        .bind("extension", extension)
        .mapTo(String.class)
        .findFirst();
  }
}
