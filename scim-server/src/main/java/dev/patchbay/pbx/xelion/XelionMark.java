package dev.patchbay.pbx.xelion;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a Person shows that the bridge made it, for whom and when: the label of its e-mail address,
 * such as {@code anna.berg 2026-03-01 12:00:00}. By it a Person is known again whose account was
 * never made, since the bridge stopped or an answer was lost in between.
 */
record XelionMark(String userName, Instant madeAt) {
  private static final Pattern FORM =
      Pattern.compile("(.+) (\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})");

  static Optional<XelionMark> read(String label) {
    var parts = FORM.matcher(label);
    return parts.matches()
        ? XelionTime.read(parts.group(2)).map(at -> new XelionMark(parts.group(1), at))
        : Optional.empty();
  }

  String label() {
    return userName + " " + XelionTime.write(madeAt);
  }
}
