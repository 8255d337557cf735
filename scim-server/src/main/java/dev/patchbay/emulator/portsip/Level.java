package dev.patchbay.emulator.portsip;

import java.util.Arrays;

/** The versions between which the vendor's API changed. */
public enum Level {
  V22_0,
  V22_2,
  V22_3,
  V22_4,
  V22_6;

  boolean atLeast(Level other) {
    return compareTo(other) >= 0;
  }

  /** As {@code 22.3}. */
  public String word() {
    return name().substring(1).replace('_', '.');
  }

  /** The one of that word. */
  public static Level of(String word) {
    return Arrays.stream(values())
        .filter(level -> level.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no API level " + word));
  }
}
