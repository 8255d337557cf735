package dev.patchbay.mapping;

import dev.patchbay.config.Secret;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks and makes voicemail PINs; the rules are PortSIP's, up to its version 22.2. */
public final class PinRules {
  private static final Pattern FORM = Pattern.compile("[0-9]{6,10}");
  private static final int LENGTH = 8;

  private PinRules() {}

  /** The rule the PIN breaks, never the PIN; empty when it breaks none. */
  public static Optional<String> violation(Secret pin) {
    String text = pin.reveal();
    if (!FORM.matcher(text).matches()) {
      return Optional.of("must have 6 to 10 digits");
    }
    if (Runs.in(text, 0)) {
      return Optional.of("must not have three equal digits in a row");
    }
    if (Runs.in(text, 1)) {
      return Optional.of("must not have three digits in sequence such as 012");
    }
    return Optional.empty();
  }

  /** Eight digits without a run in either direction, other than the extension number. */
  public static Secret generate(String extension, RandomGenerator random) {
    return Stream.generate(() -> digits(random))
        .filter(pin -> !Runs.in(pin, 0) && !Runs.in(pin, 1) && !Runs.in(pin, -1))
        .filter(pin -> !pin.equals(extension))
        .map(Secret::of)
        .findFirst()
        .orElseThrow();
  }

  private static String digits(RandomGenerator random) {
    return Stream.generate(() -> String.valueOf(random.nextInt(10)))
        .limit(LENGTH)
        .collect(Collectors.joining());
  }
}
