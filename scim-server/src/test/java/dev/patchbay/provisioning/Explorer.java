package dev.patchbay.provisioning;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.provisioning.Points.Point;
import dev.patchbay.provisioning.Scenario.Setting;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Runs scenarios with every choice of faults, up to a number of them; counts and collects. */
final class Explorer {
  /** What comes besides the faults that are counted. */
  private static final Set<Fault> FREE = EnumSet.of(Fault.MEANWHILE, Fault.OVERTAKEN);

  /** More would say the same. */
  private static final int ENOUGH = 25;

  private final SteppedStore store;
  private final CrashWorld.Kept office;
  private final Predicate<Map<Integer, Fault>> chosen;
  private final List<String> failures = new ArrayList<>();
  private int runs;

  /**
   * @param chosen which of the choices of faults are run
   */
  Explorer(SteppedStore store, CrashWorld.Kept office, Predicate<Map<Integer, Fault>> chosen) {
    this.store = store;
    this.office = office;
    this.chosen = chosen;
  }

  int runs() {
    return runs;
  }

  List<String> failures() {
    return failures;
  }

  boolean enough() {
    return failures.size() >= ENOUGH;
  }

  void explore(Scenario scenario, int faults) {
    run(scenario, Map.of()).ifPresent(passed -> explore(scenario, Map.of(), 0, passed, faults));
  }

  private void explore(
      Scenario scenario, Map<Integer, Fault> before, int from, List<Point> passed, int more) {
    for (int place = from; place < passed.size(); place++) {
      for (Fault fault : passed.get(place).faults()) {
        boolean counted = !FREE.contains(fault);
        if ((counted && more == 0) || !fits(scenario, before, fault) || enough()) {
          continue;
        }
        var faults = new TreeMap<>(before);
        faults.put(place, fault);
        int next = place + 1;
        int left = counted ? more - 1 : more;
        if (chosen.test(faults)) {
          run(scenario, faults).ifPresent(it -> explore(scenario, faults, next, it, left));
        }
      }
    }
  }

  /** How many faults are not free. */
  static long counted(Map<Integer, Fault> faults) {
    return faults.values().stream().filter(it -> !FREE.contains(it)).count();
  }

  /** A write that comes meanwhile comes once; a late call overtakes where it may. */
  private static boolean fits(Scenario scenario, Map<Integer, Fault> before, Fault fault) {
    boolean due = scenario.meanwhile() && !before.containsValue(Fault.MEANWHILE);
    return switch (fault) {
      case MEANWHILE -> due;
      case OVERTAKEN ->
          scenario.setting() == Setting.QUIET_TIME_TOO_SHORT && before.containsValue(Fault.LATE);
      case REJECTED,
          UNAVAILABLE,
          LOST_BEFORE,
          LOST_AFTER,
          LATE,
          CRASH_BEFORE,
          CRASH_AFTER,
          CRASH_LATE,
          REFUSED_FOR_GOOD ->
          !due;
      case FROZEN -> scenario.setting() == Setting.TWO_PROCESSES && !due;
    };
  }

  private Optional<List<Point>> run(Scenario scenario, Map<Integer, Fault> faults) {
    runs++;
    try {
      return Optional.of(scenario.run(store, office, faults));
    } catch (AssertionError | RuntimeException e) {
      var at = e.getStackTrace().length > 0 ? e.getStackTrace()[0].toString() : "";
      failures.add(
          "\n%s %s: %s %s".formatted(scenario, faults, e.toString().replace('\n', ' '), at));
      return Optional.empty();
    }
  }
}
