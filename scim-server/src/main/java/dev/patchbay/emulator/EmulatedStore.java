package dev.patchbay.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The emulated PBX's memory: SQLite in {@code portsip.db} of a directory, or in memory. One
 * connection, one piece of work at a time; what {@link #write} did survives {@code kill -9}.
 */
final class EmulatedStore implements AutoCloseable {
  static final String FILE = "portsip.db";

  /** A row is JSON; what is looked up has a column and an index beside it. */
  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS users (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        extension_number TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        ms365 TEXT UNIQUE,
        password TEXT NOT NULL,
        balance TEXT NOT NULL DEFAULT '0.00000',
        body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS users_role ON users (role);
      CREATE INDEX IF NOT EXISTS users_email ON users (json_extract(body, '$.email'));
      CREATE TABLE IF NOT EXISTS roles (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS user_groups (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS members (
        group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        PRIMARY KEY (group_id, user_id)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS members_user ON members (user_id);
      CREATE TABLE IF NOT EXISTS ms365_users (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        body TEXT NOT NULL);
      """;

  private final ReentrantLock lock = new ReentrantLock();
  private final Handle handle;

  private EmulatedStore(Handle handle) {
    this.handle = handle;
  }

  /** Opens the store of that directory, making both; in memory without one. */
  static EmulatedStore open(Optional<Path> directory) throws IOException {
    String place = directory.isPresent() ? file(directory.get()) : ":memory:";
    // NORMAL: a commit survives the process, which is all an emulator has to promise.
    String url = "jdbc:sqlite:" + place + "?journal_mode=WAL&synchronous=NORMAL&foreign_keys=on";
    Handle handle = Jdbi.create(url).open();
    handle.createScript(TABLES).execute();
    return new EmulatedStore(handle);
  }

  private static String file(Path directory) throws IOException {
    return Files.createDirectories(directory).resolve(FILE).toString();
  }

  <T> T read(Function<Handle, T> work) {
    lock.lock();
    try {
      return work.apply(handle);
    } finally {
      lock.unlock();
    }
  }

  /** Does all of the work or, when it throws, nothing of it. */
  <T> T write(Function<Handle, T> work) {
    return read(open -> open.inTransaction(work::apply));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      handle.close();
    } finally {
      lock.unlock();
    }
  }
}
