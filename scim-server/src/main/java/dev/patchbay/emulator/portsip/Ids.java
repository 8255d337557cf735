package dev.patchbay.emulator.portsip;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that look like the vendor's {@code NzAwNTUxOTA5NzczMTQ4MTYw}: 18 digits in base 64. */
final class Ids {
  private static final long FROM = 100_000_000_000_000_000L;

  private Ids() {}

  static String next() {
    // A number of 18 digits again is as likely as not within a thousand million users.
    long number = ThreadLocalRandom.current().nextLong(FROM, 10 * FROM);
    return Base64.getUrlEncoder()
        .encodeToString(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }
}
