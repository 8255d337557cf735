package dev.patchbay.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachStore
class DatabaseTest {
  private final TestStore store;
  private Database database;

  DatabaseTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = store.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aWriteThatThrowsLeavesNothing() {
    assertThatThrownBy(
            () ->
                database.run(
                    handle -> {
                      handle.execute("insert into pool_cursor values ('office', 'p', '1')");
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");

    database.run(handle -> handle.execute("insert into pool_cursor values ('office', 'p', '1')"));
  }

  @Test
  void noFailureRepeatsTheValuesOfAStatement() {
    var insert = "insert into pool_cursor values ('office', ?, ?)";
    database.run(handle -> handle.execute(insert, "ada@corp.example", "1"));

    assertThatThrownBy(
            () -> database.run(handle -> handle.execute(insert, "ada@corp.example", "2")))
        .satisfies(it -> assertThatStackTrace(it).doesNotContain("ada@corp.example"));
    assertThatThrownBy(
            () ->
                database.run(
                    handle -> {
                      try (var batch = handle.prepareBatch(insert)) {
                        batch.add("bob@corp.example", "1").add("ada@corp.example", "1").execute();
                      }
                    }))
        .satisfies(it -> assertThatStackTrace(it).doesNotContain("@corp.example"));
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertThatStackTrace(Throwable it) {
    return org.assertj.core.api.Assertions.assertThat(
        org.assertj.core.util.Throwables.getStackTrace(it));
  }
}
