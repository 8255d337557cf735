package dev.patchbay.database;

import java.time.Duration;
import java.time.Instant;

/**
 * Work that is done from time to time by one of the processes that have a store, whichever comes
 * first. One that dies at it leaves it to the next time.
 */
public final class Rounds {
  private final Database database;
  private final String name;

  /**
   * @param name of the work, told from other work in the store by it
   */
  public Rounds(Database database, String name) {
    this.database = database;
    this.name = "round: " + name;
  }

  /**
   * Whether the work is the caller's to do: nobody has begun it since {@code period} ago. Then it
   * counts as begun at {@code now}.
   *
   * @param now in the store's time
   */
  public boolean begins(Instant now, Duration period) {
    return database.write(
        handle ->
            handle.execute(
                    """
                    insert into setting (name, value) values (?, ?)
                    on conflict (name) do update set value = excluded.value
                    where cast(setting.value as bigint) <= ?
                    """,
                    name,
                    Long.toString(now.toEpochMilli()),
                    now.minus(period).toEpochMilli())
                == 1);
  }
}
