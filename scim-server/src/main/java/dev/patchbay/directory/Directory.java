package dev.patchbay.directory;

import dev.patchbay.database.Database;
import dev.patchbay.schema.Filter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * What reads of users, groups and roles show: accepted entries, each read from one consistent
 * state.
 */
public final class Directory {
  /** Readers that a filter without an index may hold at once; the others stay free. */
  private static final int SCANS = 2;

  /** Members read at once, so that no slow client holds a reader while it receives them. */
  private static final int MEMBERS = 1000;

  private final Database database;
  private final Clock clock;
  private final Semaphore scans = new Semaphore(SCANS, true);

  public Directory(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public Optional<Stored> get(String tenant, EntryType type, String id) {
    return database.read(
        handle ->
            EntryRows.find(handle, tenant, type, id)
                .map(it -> surrounded(handle, List.of(it)).getFirst()));
  }

  /** The entry as a write left it, with what is read beside it. */
  public Stored stored(Entry entry) {
    return database.read(handle -> surrounded(handle, List.of(Stored.of(entry))).getFirst());
  }

  /**
   * Entries in the order they were made.
   *
   * @throws dev.patchbay.schema.Refusal {@code INVALID_FILTER} for a filter the type cannot answer
   */
  public Page list(ListQuery query) {
    var sql = FilterSql.of(query.filter(), query.type());
    return sql.residual().map(rest -> scan(query, sql, rest)).orElseGet(() -> page(query, sql));
  }

  /** SQL knows which entries belong to the answer. */
  private Page page(ListQuery query, FilterSql sql) {
    return database.read(
        handle -> {
          var rows = EntryRows.page(handle, query, sql);
          boolean last = rows.size() < query.count();
          boolean counted = last && (!rows.isEmpty() || query.offset() == 0);
          int total = counted ? query.offset() + rows.size() : EntryRows.count(handle, query, sql);
          return new Page(total, query.startIndex(), surrounded(handle, rows));
        });
  }

  /** SQL knows where to look; each candidate is read, and only the page is kept. */
  private Page scan(ListQuery query, FilterSql sql, Filter rest) {
    scans.acquireUninterruptibly();
    try {
      return database.read(handle -> scan(handle, query, sql, rest));
    } finally {
      scans.release();
    }
  }

  private Page scan(Handle handle, ListQuery query, FilterSql sql, Filter rest) {
    var test = new RowFilter(handle, rest, query.type());
    var found = new ArrayList<Stored>();
    int total = 0;
    try (var candidates = EntryRows.stream(handle, query, sql)) {
      for (var it = candidates.iterator(); it.hasNext(); ) {
        var candidate = it.next();
        if (test.test(candidate)) {
          total++;
          if (total > query.offset() && found.size() < query.count()) {
            found.add(candidate);
          }
        }
      }
    }
    return new Page(total, query.startIndex(), surrounded(handle, found));
  }

  /** With the groups of users and what groups wait for: one query for the whole page. */
  private List<Stored> surrounded(Handle handle, List<Stored> entries) {
    return entries.isEmpty()
        ? entries
        : switch (entries.getFirst().type()) {
          case USER -> EntryRows.withGroups(handle, entries);
          case GROUP -> EntryRows.withParked(handle, entries, clock.instant());
          case ROLE -> entries;
        };
  }

  /**
   * Calls back with id and label of every member of the group, in a stable order. A large group is
   * read in parts, so a change meanwhile may show in a later part; it then has a later version.
   */
  public void members(String groupId, BiConsumer<String, String> member) {
    var after = "";
    List<EntryRows.Member> part;
    do {
      var from = after;
      part = database.read(handle -> EntryRows.members(handle, groupId, from, MEMBERS));
      for (EntryRows.Member it : part) {
        member.accept(it.id(), it.label());
        after = it.id();
      }
    } while (part.size() == MEMBERS);
  }
}
