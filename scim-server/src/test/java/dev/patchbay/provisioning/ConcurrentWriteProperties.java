package dev.patchbay.provisioning;

import dev.patchbay.database.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Several writers at one resource: every answer is one they would have got in some order one by
 * one, what they leave is what that order leaves, and the PBX has the same. The seed of a failure
 * gives the same requests; how they meet is the machine's.
 */
class ConcurrentWriteProperties {
  private static final int RUNS = 1000;

  private static TestStore sqlite;
  private static TestStore postgresql;
  private static WritersAtOnce onSqlite;
  private static WritersAtOnce onPostgresql;
  private static WritersAtOnce atTwoProcesses;

  @BeforeContainer
  static void open() throws IOException {
    sqlite = TestStore.sqlite();
    postgresql = TestStore.postgresql();
    onSqlite = new WritersAtOnce(sqlite.open(Files.createTempDirectory("writers")));
    onPostgresql = new WritersAtOnce(postgresql.open(Files.createTempDirectory("writers")));
    var shared = Files.createTempDirectory("writers");
    atTwoProcesses = new WritersAtOnce(postgresql.open(shared), postgresql.open(shared));
  }

  @AfterContainer
  static void close() {
    onSqlite.close();
    onPostgresql.close();
    atTwoProcesses.close();
    sqlite.close();
    postgresql.close();
  }

  @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
  void noUpdateIsLostOnSqlite(@ForAll("interleavings") Interleaving interleaving) {
    onSqlite.check(interleaving);
  }

  @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
  void noUpdateIsLostOnPostgresql(@ForAll("interleavings") Interleaving interleaving) {
    onPostgresql.check(interleaving);
  }

  @Property(tries = RUNS / 10, shrinking = ShrinkingMode.OFF)
  void noUpdateIsLostBetweenTwoProcesses(@ForAll("interleavings") Interleaving interleaving) {
    atTwoProcesses.check(interleaving);
  }

  @Property(tries = RUNS, shrinking = ShrinkingMode.OFF)
  @Tag("long") // writers of another process look again and again
  void noUpdateIsLostBetweenTwoProcessesInManyRuns(
      @ForAll("interleavings") Interleaving interleaving) {
    atTwoProcesses.check(interleaving);
  }

  @Provide
  Arbitrary<Interleaving> interleavings() {
    return Interleaving.any();
  }
}
