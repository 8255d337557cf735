package dev.patchbay.pbx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A position of every switch of an emulator: one row of those that a contract runs on.
 *
 * @param each one position of each switch, in the switches' order
 */
public record SwitchPositions<T>(List<Position<T>> each) {

  /**
   * One position of one switch.
   *
   * @param name as a report shows it
   * @param emulated sets it in the emulator's options
   * @param settings what the bridge is told of it: lines of its {@code pbx} section
   */
  public record Position<T>(String name, UnaryOperator<T> emulated, List<String> settings) {
    public Position {
      settings = List.copyOf(settings);
    }

    /** One that the bridge need not be told of. */
    public static <T> Position<T> of(String name, UnaryOperator<T> emulated, String... settings) {
      return new Position<>(name, emulated, List.of(settings));
    }
  }

  /** A position of one switch and one of another: what one row has to have. */
  private record Pair(int first, int firstAt, int second, int secondAt) {
    boolean in(List<Integer> row) {
      return row.get(first) == firstAt && row.get(second) == secondAt;
    }
  }

  public SwitchPositions {
    each = List.copyOf(each);
  }

  public T emulated(T options) {
    T changed = options;
    for (Position<T> position : each) {
      changed = position.emulated().apply(changed);
    }
    return changed;
  }

  /** Lines of the {@code pbx} section. */
  public String settings() {
    return each.stream()
        .flatMap(position -> position.settings().stream())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Whether a switch is at the position of that name. */
  public boolean has(String name) {
    return each.stream().anyMatch(position -> position.name().equals(name));
  }

  @Override
  public String toString() {
    return each.stream().map(Position::name).collect(Collectors.joining(" "));
  }

  /** As many rows as a switch has positions at most: each position of each switch is in one. */
  public static <T> List<SwitchPositions<T>> singles(List<List<Position<T>>> switches) {
    int rows = switches.stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, rows)
        .mapToObj(
            row ->
                new SwitchPositions<>(
                    switches.stream().map(all -> all.get(row % all.size())).toList()))
        .toList();
  }

  /** Few rows in which every position of every switch meets every position of every other. */
  public static <T> List<SwitchPositions<T>> pairs(List<List<Position<T>>> switches) {
    var missing = allPairs(switches);
    var rows = new ArrayList<SwitchPositions<T>>();
    while (!missing.isEmpty()) {
      List<Integer> row = row(switches, missing);
      missing.removeIf(pair -> pair.in(row));
      rows.add(
          new SwitchPositions<>(
              IntStream.range(0, row.size())
                  .mapToObj(i -> switches.get(i).get(row.get(i)))
                  .toList()));
    }
    return rows;
  }

  private static <T> List<Pair> allPairs(List<List<Position<T>>> switches) {
    var pairs = new ArrayList<Pair>();
    for (int first = 0; first < switches.size(); first++) {
      for (int second = first + 1; second < switches.size(); second++) {
        for (int a = 0; a < switches.get(first).size(); a++) {
          for (int b = 0; b < switches.get(second).size(); b++) {
            pairs.add(new Pair(first, a, second, b));
          }
        }
      }
    }
    return pairs;
  }

  /** From one missing pair, switch by switch the position with the most missing pairs. */
  private static <T> List<Integer> row(List<List<Position<T>>> switches, List<Pair> missing) {
    Pair seed = missing.getFirst();
    var row = new ArrayList<Integer>();
    for (int i = 0; i < switches.size(); i++) {
      row.add(-1);
    }
    row.set(seed.first(), seed.firstAt());
    row.set(seed.second(), seed.secondAt());
    for (int i = 0; i < switches.size(); i++) {
      if (row.get(i) < 0) {
        row.set(i, best(i, switches.get(i).size(), row, missing));
      }
    }
    return row;
  }

  private static int best(int at, int positions, List<Integer> row, List<Pair> missing) {
    int best = 0;
    long most = -1;
    for (int position = 0; position < positions; position++) {
      var tried = new ArrayList<>(row);
      tried.set(at, position);
      long covered = missing.stream().filter(pair -> pair.in(tried)).count();
      if (covered > most) {
        most = covered;
        best = position;
      }
    }
    return best;
  }
}
