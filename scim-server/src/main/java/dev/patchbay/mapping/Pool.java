package dev.patchbay.mapping;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Extension numbers to hand out, the lowest free one first.
 *
 * @param ranges in the order of {@link NumberRange#ORDER}, none overlapping another
 * @param reserved numbers inside the ranges that are never handed out
 * @param quarantine how long a number that the PBX ever held rests before somebody else gets it
 * @param departments whose users get their number here unless they name a pool
 */
public record Pool(
    String name,
    List<NumberRange> ranges,
    List<NumberRange> reserved,
    Duration quarantine,
    List<String> departments) {

  /** PortSIP's own services answer there unless an administrator moved them. */
  static final List<NumberRange> RESERVED =
      List.of(
          new NumberRange("555", "555"),
          new NumberRange("666", "666"),
          new NumberRange("777", "777"),
          new NumberRange("888", "888"));

  public Pool {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("pool '" + name + "' needs at least one range");
    }
    ranges =
        ranges.stream()
            .sorted(Comparator.comparing(NumberRange::first, NumberRange.ORDER))
            .toList();
    reserved = List.copyOf(reserved);
    departments = List.copyOf(departments);
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i - 1).overlaps(ranges.get(i))) {
        throw new IllegalArgumentException(
            "ranges " + ranges.get(i - 1) + " and " + ranges.get(i) + " overlap");
      }
    }
  }

  /** The pool's name and numbers: with other numbers it begins anew, and so uses them all. */
  public String shape() {
    return name + " " + ranges + " without " + reserved;
  }

  public boolean contains(String number) {
    return holds(ranges, number).isPresent() && holds(reserved, number).isEmpty();
  }

  /** The lowest number; empty when all are reserved. */
  public Optional<String> first() {
    return atLeast(ranges.getFirst().first());
  }

  /**
   * The number that follows, whether or not {@code after} is one of this pool; empty at the end.
   */
  public Optional<String> next(String after) {
    return atLeast(successor(after));
  }

  private Optional<String> atLeast(String number) {
    String lowest = number;
    for (NumberRange range : ranges) {
      lowest = higher(lowest, range.first());
      Optional<NumberRange> taken = holds(reserved, lowest);
      while (taken.isPresent()) {
        lowest = successor(taken.get().last());
        taken = holds(reserved, lowest);
      }
      if (range.contains(lowest)) {
        return Optional.of(lowest);
      }
    }
    return Optional.empty();
  }

  private static Optional<NumberRange> holds(List<NumberRange> ranges, String number) {
    return ranges.stream().filter(range -> range.contains(number)).findFirst();
  }

  private static String higher(String one, String other) {
    return NumberRange.ORDER.compare(one, other) > 0 ? one : other;
  }

  /** Digits of the same width plus one; after 999 comes 0000. */
  private static String successor(String number) {
    String sum = new BigInteger(number).add(BigInteger.ONE).toString();
    return sum.length() > number.length()
        ? "0".repeat(sum.length())
        : "0".repeat(number.length() - sum.length()) + sum;
  }
}
