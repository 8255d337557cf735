package dev.patchbay.pbx.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * How far the PBX's clock is ahead of ours, by the Date of its latest answer. The header counts
 * whole seconds, so this is right to half a second and half the round trip.
 */
final class ClockSkew {
  private volatile Duration ahead = Duration.ZERO;

  Duration ahead() {
    return ahead;
  }

  void learn(String date, Instant sent, Instant received) {
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Instant ours = sent.plus(Duration.between(sent, received).dividedBy(2));
      ahead = Duration.between(ours, theirs.plusMillis(500));
    } catch (DateTimeException unreadable) {
      // a Date we cannot read teaches nothing
    }
  }
}
