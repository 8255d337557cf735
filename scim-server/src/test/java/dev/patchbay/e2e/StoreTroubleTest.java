package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.patchbay.database.StoreAddress.SqliteFile;
import dev.patchbay.database.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The disk of the store is full, or its file damaged: whoever asks is told, and nothing is lost.
 */
class StoreTroubleTest {
  private static final int PAGE = 4096;

  /** Of the small disk: four times what an empty store takes. */
  private static final int PAGES = 1000;

  private static final String LONG = "Engineer".repeat(PAGE / 8);

  /** Take pages of their own, which can be found. */
  private static final String LONG_VALUES = "'title':'%1$s','nickName':'%1$s'".formatted(LONG);

  private final TestStore.OnSqlite store = new TestStore.OnSqlite();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;

  /** A disk that has room for so many pages of SQLite, which has the same error for both. */
  private record OnSmallDisk(TestStore.OnSqlite store) implements TestStore {
    @Override
    public SqliteFile at(Path folder) {
      return store.at(folder);
    }

    @Override
    public String yaml(Path folder) {
      return "{ url: \"sqlite:" + at(folder) + "?max_page_count=" + PAGES + "\" }";
    }

    @Override
    public Connection connection(Path folder) throws SQLException {
      return store.connection(folder);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @BeforeEach
  void listen() {
    log.start();
    ours().addAppender(log);
    ours().setAdditive(false);
    ours().setLevel(Level.WARN);
  }

  @AfterEach
  void listenNoMore() {
    ours().detachAppender(log);
    ours().setAdditive(true);
    ours().setLevel(Level.ERROR); // as in logback-test.xml
  }

  private static Logger ours() {
    return (Logger) LoggerFactory.getLogger("dev.patchbay");
  }

  @Test
  void aFullDiskIsToldAndWhatWasAskedIsDoneOnceThereIsRoom() throws SQLException {
    try (var bridge = RunningBridge.on(new OnSmallDisk(store), folder)) {
      var scim = bridge.scim();
      var ada = scim.createUser("ada@corp.example").is(201).id();
      var team = scim.createGroup("Sales", ada).is(201).id();
      onDisk(bridge, "CREATE TABLE ballast AS SELECT zeroblob(" + PAGES * PAGE + ") AS room");

      scim.createUser("bob@corp.example", LONG_VALUES).isRetry(503);
      scim.patch("/Users/" + ada, leaves()).isRetry(503);

      isDown(bridge, "database or disk is full");
      scim.get("/Users/" + ada).is(200);
      assertThat(bridge.pbx().users()).hasSize(1);

      onDisk(bridge, "DROP TABLE ballast");
      isUp(bridge);
      scim.createUser("bob@corp.example", LONG_VALUES).is(201);
      scim.patch("/Users/" + ada, leaves()).is(200);
      assertThat(scim.get("/Groups/" + team).at("/members/0/value")).isEqualTo(ada);
      bridge.settled().assertBothSidesAgree();
      assertThat(bridge.pbx().user("ada").path("enabled").asBoolean()).isFalse();
    }
  }

  private static String leaves() {
    return "{'op':'replace','value':{'active':false," + LONG_VALUES + "}}";
  }

  private void onDisk(RunningBridge bridge, String sql) throws SQLException {
    try (var connection = store.connection(bridge.files());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aDamagedFileIsToldAndABackupHasWhatWasThere() throws IOException {
    try (var bridge = RunningBridge.on(store, folder)) {
      var ada = bridge.scim().createUser("ada@corp.example", LONG_VALUES).id();
      var bob = bridge.scim().createUser("bob@corp.example").is(201).id();
      bridge.stop();
      var file = store.at(bridge.files()).file();
      var backup = Files.copy(file, folder.resolve("backup.db"));
      damage(file);
      bridge.start();

      bridge.scim().get("/Users/" + ada).isRetry(503);

      isDown(bridge, "database disk image is malformed");
      bridge.scim().get("/Users/" + bob).is(200);
      assertThat(bridge.ready().status()).as("though something could be read").isEqualTo(503);

      bridge.stop();
      Files.delete(file);
      Files.copy(backup, file);
      bridge.start();
      isUp(bridge);
      assertThat(bridge.scim().get("/Users/" + ada).is(200).at("/title")).isEqualTo(LONG);
      bridge.assertBothSidesAgree();
    }
  }

  /** Writes over the pages that hold nothing but long values; those begin with a page number. */
  private static void damage(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    var content = new String(bytes, StandardCharsets.ISO_8859_1);
    int damaged = 0;
    for (int page = 0; page < bytes.length; page += PAGE) {
      if (LONG.contains(content.substring(page + 4, page + PAGE / 2))) {
        Arrays.fill(bytes, page, page + PAGE, (byte) 'Z');
        damaged++;
      }
    }
    assertThat(damaged).as("pages").isPositive();
    Files.write(file, bytes);
  }

  private void isDown(RunningBridge bridge, String words) {
    var ready = bridge.ready().is(503);
    assertThat(ready.at("/status")).isEqualTo("unavailable");
    assertThat(ready.at("/store")).isEqualTo("down");
    assertThat(log.list)
        .filteredOn(it -> it.getFormattedMessage().startsWith("store is not available request="))
        .anySatisfy(it -> assertThat(it.getFormattedMessage()).contains(words));
  }

  private static void isUp(RunningBridge bridge) {
    assertThat(bridge.ready().is(200).at("/store")).isEqualTo("up");
  }
}
