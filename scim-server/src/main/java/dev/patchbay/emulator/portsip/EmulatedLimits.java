package dev.patchbay.emulator.portsip;

import dev.patchbay.emulator.RateLimit;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How much the tenant holds and takes.
 *
 * @param maxExtensions users at most; empty for no limit (the vendor's default is 1,000)
 * @param requestsPerMinute beyond it 429; empty for no limit (the vendor's are 5,000 and 10,000)
 * @param reservedExtensions numbers of the system's own services
 */
public record EmulatedLimits(
    OptionalInt maxExtensions,
    OptionalInt requestsPerMinute,
    PasswordPolicy passwordPolicy,
    Set<String> reservedExtensions) {
  public EmulatedLimits {
    reservedExtensions = Set.copyOf(reservedExtensions);
  }

  /** The limit of requests by that clock. */
  RateLimit rate(Clock clock, Undocumented undocumented) {
    if (requestsPerMinute.isEmpty()) {
      return RateLimit.none();
    }
    return undocumented.is(Otherwise.NO_RETRY_AFTER)
        ? RateLimit.silent(requestsPerMinute.getAsInt(), clock)
        : RateLimit.telling(requestsPerMinute.getAsInt(), clock);
  }

  static EmulatedLimits none() {
    return new EmulatedLimits(
        OptionalInt.empty(),
        OptionalInt.empty(),
        PasswordPolicy.vendor(),
        Set.of("555", "666", "777", "888"));
  }
}
