package dev.patchbay.database;

import dev.patchbay.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Where the store is, and how to get in. */
public sealed interface StoreAddress {
  /** A file on a local disk that one bridge has to itself. */
  record SqliteFile(Path file) implements StoreAddress {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * A database of a PostgreSQL server.
   *
   * @param url as JDBC writes it, without user and password
   * @param password empty where the server asks for none
   */
  record PostgresDatabase(String url, String user, Optional<Secret> password)
      implements StoreAddress {
    @Override
    public String toString() {
      return url;
    }
  }
}
