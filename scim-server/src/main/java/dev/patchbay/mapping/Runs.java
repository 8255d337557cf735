package dev.patchbay.mapping;

import java.util.stream.IntStream;

/** Runs of letters or digits that guessers try first. */
final class Runs {
  /** From this length on a run is refused: PortSIP's own samples are 111 and 012. */
  private static final int LENGTH = 3;

  private Runs() {}

  /** Whether neighbours differ by {@code step} (0 equal, 1 ascending, -1 descending) in a run. */
  static boolean in(String text, int step) {
    return IntStream.rangeClosed(0, text.length() - LENGTH).anyMatch(at -> runs(text, at, step));
  }

  private static boolean runs(String text, int start, int step) {
    return IntStream.range(start + 1, start + LENGTH)
        .allMatch(
            i ->
                text.charAt(i) - text.charAt(i - 1) == step
                    && (step == 0 || (alphanumeric(text, i - 1) && alphanumeric(text, i))));
  }

  private static boolean alphanumeric(String text, int at) {
    return Character.isLetterOrDigit(text.charAt(at));
  }
}
