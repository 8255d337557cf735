package dev.patchbay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both stores have the same tables, so that the same SQL runs on both. */
class MigrationsTest {
  /** What only one of the two needs. */
  private static final List<String> OWN =
      List.of("flyway_schema_history", "replica", "sqlite_sequence", "sqlite_stat1");

  /** Up to here migrations may do as they like: nobody has them in a release. */
  private static final int BEFORE_THE_FIRST_RELEASE = 3;

  private static final Pattern ADDS =
      Pattern.compile(
          "create (table|index|trigger|function) .*|insert into .*"
              + "|alter table \\w+ add column \\w+ [^,]*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @TempDir private Path folder;

  /** Columns and indexes by table. */
  private record Table(TreeSet<String> columns, TreeSet<String> indexes) {}

  @Test
  void bothStoresHaveTheSameTablesColumnsAndIndexes() {
    try (var sqlite = TestStore.sqlite();
        var postgresql = TestStore.postgresql()) {
      assertThat(tables(postgresql)).isEqualTo(tables(sqlite)).hasSizeGreaterThan(7);
    }
  }

  @Test
  void everyTextOnPostgresqlIsComparedByteByByte() {
    try (var postgresql = TestStore.postgresql();
        var database = postgresql.open(folder)) {
      var others =
          """
          select table_name || '.' || column_name from information_schema.columns
          where table_schema = current_schema() and table_name <> 'flyway_schema_history'
            and (data_type in ('character varying', 'integer')
              or (data_type = 'text' and collation_name is distinct from 'C'))
          """;

      List<String> found =
          database.read(handle -> handle.createQuery(others).mapTo(String.class).list());

      assertThat(found).as("text of the database's own order, or numbers of 32 bits").isEmpty();
    }
  }

  /** A bridge of the release before must go on with the new tables until it is replaced. */
  @Test
  void migrationsOnlyAdd() throws IOException {
    for (Path migration : migrations()) {
      for (String statement : statements(Files.readString(migration))) {
        assertThat(statement).as(migration.toString()).matches(ADDS);
        if (statement.matches("(?is)alter table .* not null.*")) {
          assertThat(statement).as(migration.toString()).containsIgnoringCase(" default ");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop table replica",
        "alter table entry drop column folded",
        "alter table entry rename column folded to folding",
        "alter table entry alter column folded set not null",
        "create unique index entry_name on entry (user_name)",
        "delete from email",
      })
  void whatTakesAwayIsFound(String statement) {
    assertThat(statement).doesNotMatch(ADDS);
  }

  private static List<Path> migrations() throws IOException {
    try (var files = Files.walk(Path.of("src/main/resources/db/migration"))) {
      return files
          .filter(it -> it.toString().endsWith(".sql"))
          .filter(it -> version(it) > BEFORE_THE_FIRST_RELEASE)
          .toList();
    }
  }

  private static int version(Path migration) {
    return Integer.parseInt(migration.getFileName().toString().replaceAll("^V(\\d+)_.*", "$1"));
  }

  /** Without comments; what functions and triggers do is theirs. */
  private static List<String> statements(String sql) {
    var plain =
        sql.replaceAll("--[^\n]*", "")
            .replaceAll("(?s)\\$\\$.*?\\$\\$", "")
            .replaceAll("(?is)\\bbegin\\b.*?\\bend\\b", "");
    return Stream.of(plain.split(";")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  private Map<String, Table> tables(TestStore store) {
    try (var database = store.open(folder)) {
      return database.read(MigrationsTest::tables);
    }
  }

  private static Map<String, Table> tables(Handle handle) {
    try {
      var metadata = handle.getConnection().getMetaData();
      var tables = new TreeMap<String, Table>();
      var schema = handle.getConnection().getSchema();
      for (String name :
          texts(metadata.getTables(null, schema, null, new String[] {"TABLE"}), "TABLE_NAME")) {
        if (!OWN.contains(name)) {
          tables.put(name, table(metadata, schema, name));
        }
      }
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Table table(DatabaseMetaData metadata, String schema, String name)
      throws SQLException {
    var columns =
        new TreeSet<>(texts(metadata.getColumns(null, schema, name, null), "COLUMN_NAME"));
    var indexes = new TreeSet<String>();
    for (String index :
        texts(metadata.getIndexInfo(null, schema, name, false, true), "INDEX_NAME")) {
      if (index.startsWith(name + "_") && !index.matches(".*_(pkey|key)")) { // those with a name
        indexes.add(index);
      }
    }
    return new Table(columns, indexes);
  }

  private static List<String> texts(ResultSet rows, String column) throws SQLException {
    var texts = new ArrayList<String>();
    try (rows) {
      while (rows.next()) {
        var text = rows.getString(column);
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
