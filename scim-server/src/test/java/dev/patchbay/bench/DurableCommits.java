package dev.patchbay.bench;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/** What a write cannot be faster than: one row and one commit that survives power loss, by JDBC. */
final class DurableCommits {
  private DurableCommits() {}

  static Figures run(Path file, Duration time) {
    var url = "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL";
    try (var connection = DriverManager.getConnection(url)) {
      connection
          .createStatement()
          .execute("create table if not exists t (id integer primary key, v)");
      connection.setAutoCommit(false);
      try (var insert = connection.prepareStatement("insert into t (v) values (?)")) {
        var nanos = new long[200_000];
        int count = 0;
        long begin = System.nanoTime();
        for (long now = begin; now < begin + time.toNanos(); ) {
          insert.setString(1, "x".repeat(1000));
          insert.executeUpdate();
          connection.commit();
          long then = System.nanoTime();
          nanos[count++] = then - now;
          now = then;
        }
        return Figures.of(Arrays.copyOf(nanos, count), (System.nanoTime() - begin) / 1e9, 0);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the raw store failed", e);
    }
  }
}
