package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.Database;
import dev.patchbay.database.StoreUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What reads of users, groups and roles show: accepted entries, each read from one consistent
 * state.
 */
public final class Directory {
  /** Readers that a filter without an index may hold at once; the others stay free. */
  private static final int SCANS = 2;

  /** Below what clients wait for an answer; a queue of them would never be worked off. */
  private static final Duration TURN = Duration.ofSeconds(10);

  /** Members read at once, so that no slow client holds a reader while it receives them. */
  private static final int MEMBERS = 1000;

  private final Database database;
  private final CursorSeal cursors;
  private final Duration turn;
  private final Semaphore scans = new Semaphore(SCANS, true);

  public Directory(Database database, Clock clock) {
    this(database, clock, TURN);
  }

  /**
   * @param turn how long such a filter waits for one of those readers before it is refused
   */
  Directory(Database database, Clock clock, Duration turn) {
    this.database = database;
    this.turn = turn;
    this.cursors = new CursorSeal(CursorKey.of(database), clock);
  }

  /** What clients are given for cursors. */
  public CursorSeal cursors() {
    return cursors;
  }

  public Optional<Stored> get(String tenant, EntryType type, String id) {
    return switch (type) {
      case USER ->
          UserRow.find(database, tenant, UserRow.Key.ID, id).stream()
              .flatMap(List::stream)
              .findFirst();
      case GROUP, ROLE ->
          database.read(
              handle ->
                  EntryRows.find(handle, tenant, type, id)
                      .map(it -> surrounded(handle, List.of(it)).getFirst()));
    };
  }

  /** The entry as a write left it, with what is read beside it. */
  public Stored stored(Entry entry) {
    var stored = Stored.of(entry);
    return entry.type() == EntryType.USER
        ? stored.with(Memberships.shownGroups(database, entry.id()), List.of())
        : database.read(handle -> surrounded(handle, List.of(stored)).getFirst());
  }

  /**
   * A page of a list, in the order asked for or else of creation.
   *
   * @throws dev.patchbay.schema.Refusal {@code INVALID_FILTER} for a filter the types cannot
   *     answer, {@code INVALID_VALUE} for what they cannot be sorted by
   */
  public Page list(ListQuery query) {
    return UserLookup.of(query).flatMap(it -> it.page(database)).orElseGet(() -> any(query));
  }

  private Page any(ListQuery query) {
    var sql = ListSql.of(query, database.json());
    return sql.scans() ? scan(query, sql) : page(query, sql);
  }

  private Page scan(ListQuery query, ListSql sql) {
    takeTurn();
    try {
      return page(query, sql);
    } finally {
      scans.release();
    }
  }

  private void takeTurn() {
    try {
      if (scans.tryAcquire(turn.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreUnavailable("too many lists that test every entry are under way");
  }

  private Page page(ListQuery query, ListSql sql) {
    return database.read(
        handle -> {
          var page = new EntryList(handle, query, sql).page();
          return page.with(surrounded(handle, page.entries()));
        });
  }

  /** With the groups of users and what groups wait for: one query of either for all of them. */
  private List<Stored> surrounded(Handle handle, List<Stored> entries) {
    var whole = new HashMap<String, Stored>();
    entries.stream()
        .collect(Collectors.groupingBy(Stored::type))
        .forEach(
            (type, own) -> surrounded(handle, type, own).forEach(it -> whole.put(it.id(), it)));
    return entries.stream().map(it -> whole.getOrDefault(it.id(), it)).toList();
  }

  private List<Stored> surrounded(Handle handle, EntryType type, List<Stored> entries) {
    return switch (type) {
      case USER -> EntryRows.withGroups(handle, entries);
      case GROUP -> EntryRows.withParked(handle, entries);
      case ROLE -> entries;
    };
  }

  /**
   * Calls back with every member of the group, in a stable order. A large group is read in parts,
   * so a change meanwhile may show in a later part; it then has a later version.
   */
  public void members(String groupId, Consumer<Member> member) {
    var after = "";
    List<Member> part;
    do {
      part = EntryRows.members(database, groupId, after, MEMBERS);
      for (Member it : part) {
        member.accept(it);
        after = it.id();
      }
    } while (part.size() == MEMBERS);
  }

  /** Adds to a user the queues or ring groups that it is in by its groups. */
  void addServices(ObjectNode tree, String attribute, Stored user) {
    JoinedServices.add(tree, attribute, user.groups(), database);
  }
}
