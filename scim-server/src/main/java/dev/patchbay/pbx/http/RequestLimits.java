package dev.patchbay.pbx.http;

/**
 * How many requests one PBX is sent; more wait for up to a quarter of a call's time.
 *
 * @param atOnce under way at the same time
 * @param perMinute evenly spread; 0 for no limit
 */
public record RequestLimits(int atOnce, int perMinute) {
  public RequestLimits {
    if (atOnce < 1 || perMinute < 0) {
      throw new IllegalArgumentException(
          "limits must be positive, was " + atOnce + ", " + perMinute);
    }
  }
}
