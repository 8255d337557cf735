package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.database.StoreAddress;
import dev.patchbay.database.StoreAddress.PostgresDatabase;
import dev.patchbay.database.StoreAddress.SqliteFile;
import dev.patchbay.provisioning.SecretSeal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the bridge keeps what it knows. */
final class StoreSettings {
  private static final String SQLITE = "sqlite:";
  private static final String EXPECTED =
      "sqlite:FILE such as sqlite:data/patchbay.db or jdbc:postgresql://HOST:PORT/DATABASE";
  private static final Pattern POSTGRESQL =
      Pattern.compile("jdbc:postgresql://[^/?#\\s]+/[^/?#\\s]+(\\?[^#\\s]*)?");
  private static final Pattern CREDENTIALS = Pattern.compile("@|[?&](user|password)=");

  private StoreSettings() {}

  static StoreAddress from(Section section) {
    String url =
        section.value("url", EXPECTED, StoreSettings::url).orElse("sqlite:data/patchbay.db");
    return url.startsWith(SQLITE) ? sqlite(section, url) : postgresql(section, url);
  }

  /** The key with which passwords may wait in the store. */
  static Optional<Secret> secretKey(Section section) {
    var key = section.optionalSecret("secret-key");
    if (key.filter(it -> it.reveal().length() < SecretSeal.SHORTEST_KEY).isPresent()) {
      section.reject(
          "secret-key", "expected " + SecretSeal.SHORTEST_KEY + " random characters or more");
    }
    return key;
  }

  /** How long lines of the provisioning log are kept. */
  static Duration keepLog(Section section) {
    return section.duration(
        "keep-log", Duration.ofDays(365), Duration.ofDays(1), Duration.ofDays(36500));
  }

  private static String url(String url) {
    boolean sqlite = url.startsWith(SQLITE) && url.length() > SQLITE.length();
    if (!sqlite && !hasCredentials(url) && !POSTGRESQL.matcher(url).matches()) {
      throw new IllegalArgumentException(url);
    }
    return url;
  }

  /** Such an address is refused without repeating it. */
  private static boolean hasCredentials(String url) {
    return CREDENTIALS.matcher(url).find();
  }

  private static SqliteFile sqlite(Section section, String url) {
    for (String key : List.of("user", "password")) {
      if (section.has(key)) {
        section.reject(key, "expected only beside a store.url of jdbc:postgresql");
      }
    }
    return new SqliteFile(section.resolve(url.substring(SQLITE.length())));
  }

  private static PostgresDatabase postgresql(Section section, String url) {
    if (hasCredentials(url)) {
      section.reject(
          "url", "expected no user and password in it, but in store.user and store.password");
    }
    return new PostgresDatabase(url, section.string("user"), section.optionalSecret("password"));
  }
}
