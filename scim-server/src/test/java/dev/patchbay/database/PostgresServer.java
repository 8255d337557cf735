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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final int port;
  private final Path home;
  private final boolean asNobody;
  private final AtomicInteger databases = new AtomicInteger();

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

  /** Makes a database that has the bridge's tables already, and returns its name. */
  public String newDatabase() {
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
    try (var connection = connection();
        var pid = connection.createStatement().executeQuery("select pg_backend_pid()")) {
      pid.next();
      ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
    } catch (SQLException e) {
      // as it should be: its connection is gone
    }
    await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(20)).until(this::answers);
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(address("postgres").url(), USER, "");
  }

  /** Runs one statement beside the tests' databases. */
  public void execute(String sql) {
    try (var connection = connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
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
      return server;
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
