package dev.patchbay.emulator;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which calls go wrong, how, and how often.
 *
 * @param method the HTTP method; empty for any
 * @param path matches the whole path as sent, without the query; empty for any
 * @param times how many more calls; empty for ever
 */
public record FaultRule(
    Optional<String> method, Optional<Pattern> path, Fault fault, OptionalInt times) {
  public FaultRule {
    if (times.isPresent() && times.getAsInt() < 1) {
      throw new IllegalArgumentException("times must be at least 1, was " + times.getAsInt());
    }
  }

  /** Every call of that method and path, for ever. */
  public static FaultRule on(String method, String path, Fault fault) {
    return new FaultRule(
        Optional.of(method), Optional.of(Pattern.compile(path)), fault, OptionalInt.empty());
  }

  public FaultRule times(int count) {
    return new FaultRule(method, path, fault, OptionalInt.of(count));
  }

  boolean matches(String calledMethod, String calledPath) {
    return method.map(calledMethod::equalsIgnoreCase).orElse(true)
        && path.map(it -> it.matcher(calledPath).matches()).orElse(true);
  }
}
