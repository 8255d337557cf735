package dev.patchbay.app;

import dev.patchbay.config.Section;
import java.nio.file.Path;

/**
 * Where the bridge keeps what it knows.
 *
 * @param file of SQLite, absolute
 */
record StoreSettings(Path file) {
  /** A file has a directory, and {@code file} is absolute. */
  Path directory() {
    return file.resolveSibling(".").normalize();
  }

  private static final String SQLITE = "sqlite:";

  static StoreSettings from(Section section) {
    String file =
        section
            .value("url", "sqlite:FILE such as sqlite:data/patchbay.db", StoreSettings::file)
            .orElse("data/patchbay.db");
    return new StoreSettings(section.resolve(file));
  }

  private static String file(String url) {
    if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
      throw new IllegalArgumentException(url);
    }
    return url.substring(SQLITE.length());
  }
}
