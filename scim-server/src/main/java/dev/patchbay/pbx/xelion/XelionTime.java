package dev.patchbay.pbx.xelion;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Xelion's form of a time: UTC, whole seconds, no word about the zone. */
final class XelionTime {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private XelionTime() {}

  static Optional<Instant> read(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, FORM).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  static String write(Instant time) {
    return FORM.format(time.atOffset(ZoneOffset.UTC));
  }
}
