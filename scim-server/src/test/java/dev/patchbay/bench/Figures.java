package dev.patchbay.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One round, or the medians of several.
 *
 * @param rate answers a second
 * @param perCore answers per second of processor time the server used; 0 if it used none to speak
 *     of
 * @param p50 milliseconds
 * @param p99 milliseconds
 */
record Figures(double rate, double perCore, double p50, double p99) {
  static Figures of(long[] nanos, double seconds, double cpuSeconds) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Figures(
        sorted.length / seconds,
        cpuSeconds > 0 ? sorted.length / cpuSeconds : 0,
        at(sorted, 0.50),
        at(sorted, 0.99));
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }

  static Figures median(List<Figures> rounds) {
    return new Figures(
        median(rounds, Figures::rate),
        median(rounds, Figures::perCore),
        median(rounds, Figures::p50),
        median(rounds, Figures::p99));
  }

  static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    return rounds.stream()
        .mapToDouble(figure)
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
