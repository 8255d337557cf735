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
 * The emulated PBX's memory: SQLite in one file of a directory, or in memory. One connection, one
 * piece of work at a time; what {@link #write} did survives {@code kill -9}.
 */
public final class EmulatedStore implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Handle handle;

  private EmulatedStore(Handle handle) {
    this.handle = handle;
  }

  /** Opens the store of that directory, making both; in memory without one. */
  public static EmulatedStore open(Optional<Path> directory, Vendor vendor) throws IOException {
    String place = directory.isPresent() ? file(directory.get(), vendor) : ":memory:";
    // NORMAL: a commit survives the process, which is all an emulator has to promise.
    String url = "jdbc:sqlite:" + place + "?journal_mode=WAL&synchronous=NORMAL&foreign_keys=on";
    Handle handle = Jdbi.create(url).open();
    handle.createScript(vendor.tables()).execute();
    return new EmulatedStore(handle);
  }

  private static String file(Path directory, Vendor vendor) throws IOException {
    return Files.createDirectories(directory).resolve(vendor.name() + ".db").toString();
  }

  /** Looks; nothing else is done meanwhile. */
  public <T> T read(Function<Handle, T> work) {
    lock.lock();
    try {
      return work.apply(handle);
    } finally {
      lock.unlock();
    }
  }

  /** Does all of the work or, when it throws, nothing of it. */
  public <T> T write(Function<Handle, T> work) {
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
