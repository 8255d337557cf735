package dev.patchbay.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The figures as they come, one line each. */
final class Table {
  private static final String LINE = "%-34s %9s %9s %8s %8s %9s %7s %9s %7s%n";

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  void head(Settings settings) {
    out.printf(
        Locale.ROOT,
        "%n%d connections, %d rounds of %d ms in turns, medians; %s, %d processors, Java %s%n%n",
        Server.CONNECTIONS,
        settings.rounds(),
        settings.round().toMillis(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"));
    out.printf(
        Locale.ROOT,
        "%-34s %,27d users%20s floor %,16d users%n",
        "",
        settings.users().getFirst(),
        "",
        settings.users().getLast());
    out.printf(
        LINE, "", "per s", "per core", "p50 ms", "p99 ms", "per s", "ratio", "per s", "ratio");
  }

  /** The large directory's figures beside the small one's, pair by pair. */
  void row(String name, List<Figures> small, List<Figures> large, List<Figures> floor) {
    var few = Figures.median(small);
    out.printf(
        LINE,
        name,
        whole(few.rate()),
        few.perCore() > 0 ? whole(few.perCore()) : "",
        parts(few.p50()),
        parts(few.p99()),
        floor.isEmpty() ? "" : whole(Figures.median(floor).rate()),
        floor.isEmpty() ? "" : parts(ratio(small, floor)),
        large.isEmpty() ? "" : whole(Figures.median(large).rate()),
        large.isEmpty() ? "" : parts(ratio(large, small)));
  }

  /** The same work done in two ways, and the medians of their differences round by round. */
  void pair(String name, List<Figures> one, List<Figures> other) {
    var later =
        IntStream.range(0, one.size())
            .mapToObj(i -> one.get(i).p99() - other.get(i).p99())
            .toList();
    out.printf(
        Locale.ROOT,
        "%n%s%n  through the bridge %s per s, p50 %s ms, p99 %s ms, %s ms of processor time each%n"
            + "  straight           %s per s, p50 %s ms, p99 %s ms, %s ms%n"
            + "  ratio %s, p99 %+.2f ms%n",
        name,
        whole(Figures.median(one).rate()),
        parts(Figures.median(one).p50()),
        parts(Figures.median(one).p99()),
        parts(1000 / Figures.median(one).perCore()),
        whole(Figures.median(other).rate()),
        parts(Figures.median(other).p50()),
        parts(Figures.median(other).p99()),
        parts(1000 / Figures.median(other).perCore()),
        parts(ratio(one, other)),
        Figures.median(later, it -> it));
  }

  /** The median of the ratios of each round. */
  private static double ratio(List<Figures> of, List<Figures> to) {
    var ratios =
        IntStream.range(0, of.size()).mapToObj(i -> of.get(i).rate() / to.get(i).rate()).toList();
    return Figures.median(ratios, it -> it);
  }

  private static String whole(double figure) {
    return String.format(Locale.ROOT, "%,.0f", figure);
  }

  private static String parts(double figure) {
    return String.format(Locale.ROOT, "%.2f", figure);
  }
}
