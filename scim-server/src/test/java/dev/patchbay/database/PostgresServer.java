package dev.patchbay.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.StoreAddress.PostgresDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of this JVM's own, without any setting up: its program comes from Maven
 * Central, its data is in a temporary directory, and both end with the JVM, however that ends.
 */
public final class PostgresServer {
  private static final String USER = "postgres";

  /** Uid and gid of nobody: PostgreSQL refuses to run as root. */
  private static final int NOBODY = 65534;

  /** Stops the server and takes its data away when standard input ends, as it does with the JVM. */
  private static final String UNTIL_INPUT_ENDS =
      "\"$0\" \"$@\" & server=$!; cat > /dev/null; kill -QUIT $server; wait $server; rm -rf"
          + " \"${PGDATA%/data}\"";

  private static final class Running {
    private static final PostgresServer SERVER = start();
  }

  /** Its tables and columns; changes with a test that alters them. */
  private static final String SHAPE =
      """
      select md5(string_agg(format('%s.%s', a.attrelid::regclass, a.attname), ' ' order by 1))
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and a.attnum > 0
      """;

  /** All rows go, whatever refers to them, and what counts begins anew. */
  private static final String EMPTY =
      """
      do $$ declare each record; begin
        set local session_replication_role = replica;
        for each in select relname from pg_stat_user_tables where relname <> 'flyway_schema_history' loop
          execute format('delete from %I', each.relname);
        end loop;
        perform setval(seqrelid, seqstart, false) from pg_sequence;
      end $$
      """;

  private final int port;
  private final Path home;
  private final boolean asNobody;
  private final AtomicInteger databases = new AtomicInteger();
  private final Deque<String> spare = new ConcurrentLinkedDeque<>();
  private String shape = "";

  private PostgresServer(int port, Path home, boolean asNobody) {
    this.port = port;
    this.home = home;
    this.asNobody = asNobody;
  }

  /** The server, started by the first who asks. */
  public static PostgresServer running() {
    return Running.SERVER;
  }

  public PostgresDatabase address(String database) {
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    return new PostgresDatabase(url, USER, Optional.empty());
  }

  /** A database that has the bridge's tables and nothing in them; its name. */
  public String newDatabase() {
    var emptied = spare.poll();
    return emptied != null ? emptied : made();
  }

  private String made() {
    var name = "test" + databases.incrementAndGet();
    execute("create database " + name + " template patchbay");
    return name;
  }

  /** Makes an empty database, of an encoding such as {@code UTF8}, and returns its name. */
  public String emptyDatabase(String encoding) {
    var name = "test" + databases.incrementAndGet();
    execute(
        "create database %s template template0 encoding '%s' locale_provider libc locale 'C'"
            .formatted(name, encoding));
    return name;
  }

  /**
   * Nobody needs it any more. It is emptied and serves again unless it has grown or was altered:
   * making one takes longer than most tests.
   */
  void giveBack(String database) {
    var name = renamed(database);
    if (emptied(name)) {
      spare.push(name);
    } else {
      drop(name);
    }
  }

  /** Whoever still writes to it, or comes back, does not find it any more. */
  private String renamed(String database) {
    var name = "test" + databases.incrementAndGet();
    execute(
        "alter database %s allow_connections false".formatted(database),
        "select pg_terminate_backend(pid, 20000) from pg_stat_activity where datname = '%s'"
            .formatted(database),
        "alter database %s rename to %s".formatted(database, name),
        "alter database %s allow_connections true".formatted(name));
    return name;
  }

  private boolean emptied(String database) {
    try (var connection = connection(database);
        var statement = connection.createStatement()) {
      if (!shape(statement).equals(shape) || !small(statement)) {
        return false;
      }
      statement.execute(EMPTY);
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException(database + " cannot be emptied", e);
    }
  }

  private static String shape(Statement statement) throws SQLException {
    return text(statement, SHAPE);
  }

  /** What was deleted keeps its room; a new database has 8 MB. */
  private static boolean small(Statement statement) throws SQLException {
    var bytes = Long.parseLong(text(statement, "select pg_database_size(current_database())"));
    return bytes < 12 << 20;
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  public void drop(String database) {
    execute("drop database if exists " + database + " with (force)");
  }

  /** Ends every connection to the database, as a server does that is started anew. */
  public void cut(PostgresDatabase database) {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
            .formatted(database.url().substring(database.url().lastIndexOf('/') + 1)));
  }

  /**
   * Kills one of its processes, as a system does that is out of memory: the server drops everybody
   * and recovers from its log. Returns when it answers again.
   */
  public void crash() {
    try (var connection = connection("postgres");
        var pid = connection.createStatement().executeQuery("select pg_backend_pid()")) {
      pid.next();
      ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
    } catch (SQLException e) {
      // as it should be: its connection is gone
    }
    await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(20)).until(this::answers);
  }

  private Connection connection(String database) throws SQLException {
    return DriverManager.getConnection(address(database).url(), USER, "");
  }

  /** Runs statements beside the tests' databases, each in a transaction of its own. */
  public void execute(String... statements) {
    try (var connection = connection("postgres");
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(String.join("; ", statements), e);
    }
  }

  private static PostgresServer start() {
    try {
      var program = PostgresProgram.unpacked();
      var home = Files.createTempDirectory("patchbay-postgresql-data-");
      boolean root = Files.getAttribute(home, "unix:uid").equals(0);
      if (root) {
        Files.setAttribute(home, "unix:uid", NOBODY);
      }
      var server = new PostgresServer(freePort(), home, root);
      server.makeCluster(program);
      server.serve(program);
      server.execute("create database patchbay");
      Database.open(server.address("patchbay")).close();
      try (var connection = server.connection("patchbay");
          var statement = connection.createStatement()) {
        server.shape = shape(statement);
      }
      return server;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Sorted by another rule than ours, so that ours has to come from the columns. */
  private void makeCluster(Path program) throws IOException {
    var made =
        process(
                program.resolve("bin/initdb").toString(),
                "--auth=trust",
                "--username=" + USER,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=icu",
                "--icu-locale=en-US",
                "--no-sync")
            .start();
    await().atMost(60, SECONDS).until(() -> !made.isAlive());
    if (made.exitValue() != 0) {
      throw new IllegalStateException("initdb failed: " + log());
    }
  }

  private void serve(Path program) throws IOException {
    var settings =
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "max_connections=500",
            "shared_buffers=64MB",
            "fsync=off", // nothing here outlives the JVM
            "full_page_writes=off",
            "autovacuum=off");
    var command =
        new ArrayList<>(
            List.of("sh", "-c", UNTIL_INPUT_ENDS, program.resolve("bin/postgres").toString()));
    settings.forEach(it -> command.addAll(List.of("-c", it)));
    var server = process(command.toArray(String[]::new)).start();
    await()
        .atMost(60, SECONDS)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !server.isAlive() || answers());
    if (!server.isAlive()) {
      throw new IllegalStateException("the server ended: " + log());
    }
  }

  private boolean answers() {
    try {
      execute("select 1");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Run by nobody where we are root. */
  private ProcessBuilder process(String... command) {
    var whole = new ArrayList<String>();
    if (asNobody) {
      whole.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    whole.addAll(List.of(command));
    var process = new ProcessBuilder(whole).directory(home.toFile()).redirectErrorStream(true);
    process.environment().put("PGDATA", home.resolve("data").toString());
    process.environment().put("LC_ALL", "C");
    return process.redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
  }

  private String log() throws IOException {
    return Files.readString(home.resolve("log"));
  }
}
