package dev.patchbay.database;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables up to date; resources/db/migration/both/README.md says how to add to them. */
final class Migrations {
  private Migrations() {}

  /**
   * @param own the folder of what only this database runs
   * @param words what the two databases say differently, by the name migrations use
   */
  static void run(DataSource source, String own, Map<String, String> words) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/" + own, "classpath:db/migration/both")
        .placeholders(words)
        .load()
        .migrate();
  }
}
