package dev.patchbay.directory;

import dev.patchbay.directory.Cursor.Side;
import dev.patchbay.directory.EntryRows.Placed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One list, read from one consistent state. Every order is a walk along ascending values, those
 * without one behind them, or the same walk backwards; a page before a cursor is the other way
 * again.
 */
final class EntryList {
  /**
   * Characters of the resources on a page, from which on it is shorter than asked for (RFC 7644
   * §3.4.2.4). A thousand users as identity providers send them have a quarter of it.
   */
  static final int MOST_CHARACTERS = 4 << 20;

  private static final int FETCHED = 100; // rows at once, where a driver would take them all

  private final Handle handle;
  private final ListQuery query;
  private final ListSql sql;

  /** Entries on the page: as many as asked for, or as fit. */
  private int count;

  private int room = MOST_CHARACTERS;
  private int read;

  EntryList(Handle handle, ListQuery query, ListSql sql) {
    this.handle = handle;
    this.query = query;
    this.sql = sql;
    this.count = query.count();
  }

  /** The page that is asked for, entries without what is read beside them. */
  Page page() {
    return switch (query.paging()) {
      case Paging.Index(int start) -> byPlace(start);
      case Paging.First it -> first();
      case Paging.Beside(Cursor cursor) ->
          cursor.side() == Side.AFTER ? after(cursor) : before(cursor);
    };
  }

  private Page byPlace(int start) {
    if (query.filter().isEmpty()) {
      var counts = EntryCounts.of(handle, query);
      var rows = sql.key().isEmpty() ? counted(counts, start - 1) : sorted(start - 1);
      return Page.of(counts.total(), start, entries(shown(rows)));
    }
    var rows = sql.key().isEmpty() ? walked(start - 1) : sorted(start - 1);
    // The last page tells the total by itself.
    boolean last = rows.size() < count && (!rows.isEmpty() || start == 1);
    return Page.of(last ? start - 1 + rows.size() : total(), start, entries(shown(rows)));
  }

  /** Goes to the block the page is in: what lies before it is not walked over. */
  private List<Placed> counted(EntryCounts counts, int offset) {
    return counts
        .range(offset, count)
        .map(
            range ->
                rows(
                    EntryRows.bySeq(
                        sql.where() + " and entry.seq >= :from and entry.seq < :to", true),
                    count,
                    range.skip(),
                    Map.of("from", range.from(), "to", range.to())))
        .orElse(List.of());
  }

  private List<Placed> walked(int offset) {
    return rows(EntryRows.bySeq(where(), true), count, offset, Map.of());
  }

  private List<Placed> sorted(int offset) {
    var key = sql.key().orElseThrow();
    return rows(EntryRows.byKey(key.sql(), where(), ascending()), count, offset, Map.of());
  }

  private boolean ascending() {
    return query.sort().map(it -> it.order() == Sort.Order.ASCENDING).orElse(true);
  }

  private int total() {
    return query.filter().isEmpty()
        ? EntryCounts.of(handle, query).total()
        : LongStatement.query(handle, count(sql))
            .bind("tenant", query.tenant())
            .bindMap(sql.bindings())
            .mapTo(Integer.class)
            .one();
  }

  static String count(ListSql sql) {
    return "select count(*) from entry where " + sql.where();
  }

  private Page first() {
    int total = total();
    var rows = beside(Optional.empty(), ascending());
    return new Page(
        total, Optional.empty(), entries(shown(rows)), Optional.empty(), next(rows, total));
  }

  private Page after(Cursor cursor) {
    int total = known(cursor);
    var rows = beside(Optional.of(cursor), ascending());
    var shown = shown(rows);
    var previous =
        shown.isEmpty()
            ? Optional.<Cursor>empty()
            : Optional.of(cursor(Side.BEFORE, shown.getFirst(), total));
    return new Page(total, Optional.empty(), entries(shown), previous, next(rows, total));
  }

  private Page before(Cursor cursor) {
    int total = known(cursor);
    var rows = beside(Optional.of(cursor), !ascending());
    var shown = shown(rows).reversed();
    boolean isFirst = rows.size() <= count;
    return new Page(
        total,
        Optional.empty(),
        entries(shown),
        isFirst ? Optional.empty() : Optional.of(cursor(Side.BEFORE, shown.getFirst(), total)),
        shown.isEmpty()
            ? Optional.empty()
            : Optional.of(cursor(Side.AFTER, shown.getLast(), total)));
  }

  /** Without a filter the total costs nothing; with one it was counted when the list was begun. */
  private int known(Cursor cursor) {
    return query.filter().isEmpty() ? total() : cursor.total();
  }

  private List<Placed> shown(List<Placed> rows) {
    return rows.size() > count ? rows.subList(0, count) : rows;
  }

  private Optional<Cursor> next(List<Placed> rows, int total) {
    return rows.size() > count && count > 0
        ? Optional.of(cursor(Side.AFTER, rows.get(count - 1), total))
        : Optional.empty();
  }

  private static Cursor cursor(Side side, Placed at, int total) {
    return new Cursor(side, at.key(), at.seq(), total);
  }

  /** One entry more than the page has, if there is one. */
  private List<Placed> beside(Optional<Cursor> from, boolean ascending) {
    return count == 0
        ? List.of()
        : sql.key()
            .map(it -> besideByKey(it, from, ascending))
            .orElseGet(() -> besideBySeq(from, ascending));
  }

  private List<Placed> besideBySeq(Optional<Cursor> from, boolean ascending) {
    var where =
        from.map(it -> where() + " and entry.seq" + sign(ascending) + ":seq").orElse(where());
    var bound = from.map(it -> Map.<String, Object>of("seq", it.seq())).orElse(Map.of());
    return rows(EntryRows.bySeq(where, ascending), count + 1, 0, bound);
  }

  /** Entries with a value and those without are asked for apart: an index has either in order. */
  private List<Placed> besideByKey(SortSql.Key key, Optional<Cursor> from, boolean ascending) {
    boolean begins = from.map(it -> it.key().isPresent()).orElse(ascending); // with values
    boolean ends = !ascending;
    var found = new ArrayList<>(part(key, begins, from, ascending, count + 1));
    int missing = count + 1 - found.size();
    if (begins != ends && missing > 0) {
      found.addAll(part(key, ends, Optional.empty(), ascending, missing));
    }
    return found;
  }

  private List<Placed> part(
      SortSql.Key key, boolean valued, Optional<Cursor> from, boolean ascending, int limit) {
    var own = where() + " and " + key.sql() + (valued ? " is not null" : " is null");
    var place = valued ? "(" + key.sql() + ", entry.seq)" : "entry.seq";
    var edge = valued ? "(:key, :seq)" : ":seq";
    var where = from.map(it -> own + " and " + place + sign(ascending) + edge).orElse(own);
    var bound = new HashMap<String, Object>();
    from.ifPresent(it -> bound.put("seq", it.seq()));
    from.flatMap(Cursor::key)
        .ifPresent(it -> bound.put("key", key.numeric() ? (Object) Long.valueOf(it) : it));
    return rows(EntryRows.byKey(key.sql(), where, ascending), limit, 0, bound);
  }

  private static String sign(boolean ascending) {
    return ascending ? " > " : " < ";
  }

  private String where() {
    return "(" + sql.where() + ")";
  }

  private List<Placed> rows(String text, int limit, int offset, Map<String, Object> more) {
    if (limit == 0) {
      return List.of();
    }
    var found =
        LongStatement.query(handle, text)
            .bind("tenant", query.tenant())
            .bindMap(sql.bindings())
            .bindMap(more)
            .bind("limit", limit)
            .bind("offset", offset)
            .setFetchSize(FETCHED)
            .map((row, context) -> EntryRows.placed(row, sql.key().isPresent()));
    try (var each = found.iterator()) {
      return fitting(each);
    }
  }

  /** Up to the one that is too much, which tells that there are more. */
  private List<Placed> fitting(Iterator<Placed> found) {
    var rows = new ArrayList<Placed>();
    while (found.hasNext() && (room >= 0 || read <= 1)) {
      var row = found.next();
      rows.add(row);
      read++;
      room -= row.entry().resource().length();
    }
    if (room < 0 && read > 1) {
      count = Math.min(count, read - 1);
    }
    return rows;
  }

  private static List<Stored> entries(List<Placed> rows) {
    return rows.stream().map(Placed::entry).toList();
  }
}
