package dev.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.Database;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That what is read most is found by indexes, in their order. */
class ReadPlansTest {
  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestStore.sqlite().open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void aUserIsFoundByIndexesAlone(UserRow.Key key) {
    assertThat(plan(key.sql()))
        .hasSize(3)
        .allMatch(it -> it.startsWith("SEARCH"))
        .first()
        .asString()
        .contains(key == UserRow.Key.ID ? "(id=?)" : "AND " + column(key) + "=?)");
  }

  @Test
  void membersAreReadInOnePass() {
    assertThat(plan(EntryRows.MEMBERS))
        .containsExactly("SEARCH member USING PRIMARY KEY (group_id=? AND user_id>?)");
  }

  private static String column(UserRow.Key key) {
    return key.name().toLowerCase(Locale.ROOT);
  }

  private List<String> plan(String sql) {
    return database.select("explain query plan " + sql, List.of(), ReadPlansTest::details);
  }

  private static List<String> details(ResultSet rows) throws SQLException {
    var details = new ArrayList<String>();
    while (rows.next()) {
      details.add(rows.getString("detail"));
    }
    return details;
  }
}
