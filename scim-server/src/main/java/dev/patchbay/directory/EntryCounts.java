package dev.patchbay.directory;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How many entries reads show, block by block. Triggers keep the numbers in the transaction that
 * changes them, so that they are exact.
 */
record EntryCounts(List<Block> blocks) {
  /** Places in a block, as the migration has them. */
  private static final int PLACES = 1024;

  EntryCounts {
    blocks = List.copyOf(blocks);
  }

  /** So many entries with {@code seq / 1024 = number}. */
  record Block(long number, int entries) {}

  /**
   * Where a page is.
   *
   * @param from the first place to be looked at
   * @param to the first place behind
   * @param skip entries before the page, from {@code from} on
   */
  record Range(long from, long to, int skip) {}

  static EntryCounts of(Handle handle, ListQuery query) {
    var types = query.types().stream().map(it -> it.name()).toList();
    return new EntryCounts(
        handle
            .createQuery(
                "select block, sum(entries) as entries from entry_count"
                    + " where tenant = :tenant and type in (<types>) group by block order by block")
            .bind("tenant", query.tenant())
            .bindList("types", types)
            .map((row, context) -> new Block(row.getLong("block"), row.getInt("entries")))
            .list());
  }

  int total() {
    return blocks.stream().mapToInt(Block::entries).sum();
  }

  /** Empty if there is nothing behind {@code offset}. */
  Optional<Range> range(int offset, int count) {
    int before = 0;
    int at = 0;
    while (at < blocks.size() && before + blocks.get(at).entries() <= offset) {
      before += blocks.get(at++).entries();
    }
    if (at == blocks.size()) {
      return Optional.empty();
    }
    int first = at;
    long found = before - (long) offset;
    while (at < blocks.size() && found < count) {
      found += blocks.get(at++).entries();
    }
    long to = blocks.get(Math.max(first, at - 1)).number() + 1;
    return Optional.of(
        new Range(blocks.get(first).number() * PLACES, to * PLACES, offset - before));
  }
}
