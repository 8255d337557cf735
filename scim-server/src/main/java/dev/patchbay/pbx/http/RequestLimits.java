package dev.patchbay.pbx.http;

import java.util.function.IntSupplier;

/**
 * How many requests one PBX is sent; more wait for up to a quarter of a call's time.
 *
 * @param atOnce under way at the same time
 * @param perMinute evenly spread, of all bridges together; 0 for no limit
 * @param bridges how many send requests to this PBX now
 */
public record RequestLimits(int atOnce, int perMinute, IntSupplier bridges) {
  public RequestLimits {
    if (atOnce < 1 || perMinute < 0) {
      throw new IllegalArgumentException(
          "limits must be positive, was " + atOnce + ", " + perMinute);
    }
  }

  /** Of one bridge. */
  public RequestLimits(int atOnce, int perMinute) {
    this(atOnce, perMinute, () -> 1);
  }

  /** The same for so many bridges on one PBX. */
  public RequestLimits among(IntSupplier others) {
    return new RequestLimits(atOnce, perMinute, others);
  }
}
