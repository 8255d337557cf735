package dev.patchbay.directory;

import dev.patchbay.database.Database;
import java.security.SecureRandom;
import java.util.Base64;
import org.jdbi.v3.core.Handle;

/**
 * The secret that cursors are sealed with: made once for a store, so that they outlive a restart.
 */
public final class CursorKey {
  private static final String NAME = "cursor-key";
  private static final int BYTES = 32;

  private final byte[] bytes;

  private CursorKey(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** The store's key, made now if it has none. Of processes that do so at once one is heard. */
  public static CursorKey of(Database database) {
    var fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    var text = Base64.getEncoder().encodeToString(fresh);
    database.run(
        handle ->
            handle.execute(
                "insert into setting (name, value) values (?, ?) on conflict do nothing",
                NAME,
                text));
    return new CursorKey(Base64.getDecoder().decode(database.read(CursorKey::stored)));
  }

  private static String stored(Handle handle) {
    return handle
        .createQuery("select value from setting where name = :name")
        .bind("name", NAME)
        .mapTo(String.class)
        .one();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "***";
  }
}
