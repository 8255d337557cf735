package dev.patchbay.provisioning;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random changes of three people, at any of which something goes wrong or the process dies, with a
 * while in between or none: in the end the target has the last that the tenant says. About 10 s.
 */
class TargetProperties {
  private static final List<String> PEOPLE = List.of("ada", "bob", "cid");
  private static final List<Fault> FAULTS =
      List.of(
          Fault.CRASH_AFTER,
          Fault.CRASH_BEFORE,
          Fault.CRASH_LATE,
          Fault.UNAVAILABLE,
          Fault.LOST_BEFORE,
          Fault.LOST_AFTER,
          Fault.LATE);
  private static final List<String> WHAT =
      List.of("create", "name", "leave", "return", "agent", "boss", "delete", "rest");

  /**
   * @param at which point goes wrong; often one that is not come by
   */
  record Step(String what, String who, int at, Fault fault) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(WHAT),
            Arbitraries.of(PEOPLE),
            Arbitraries.integers().between(0, 24),
            Arbitraries.of(FAULTS))
        .as(Step::new)
        .list()
        .ofMinSize(3)
        .ofMaxSize(12);
  }

  private static SteppedStore store;
  private static TwoSystems.Kept office;

  @BeforeContainer
  static void open() throws IOException {
    store = SteppedStore.in(Files.createTempDirectory("targets"));
    office = TwoSystems.office(store);
  }

  @AfterContainer
  static void close() {
    store.close();
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void theTargetHasTheLastOfAll(@ForAll("steps") List<Step> steps) {
    try (var both = TwoSystems.of(store, office)) {
      for (Step step : steps) {
        both.spoilt(step.at(), step.fault());
        var unused = both.accepted(() -> run(both, step));
        both.revived();
      }
      both.rest();
      TargetCrashPointsTest.check(both, steps.toString());
    }
  }

  private static void run(TwoSystems both, Step step) {
    switch (step.what()) {
      case "create" -> both.create(step.who(), ",'userType':'agent'");
      case "name" -> both.patch(step.who(), set("displayName", "'N" + step.at() + "'"));
      case "leave" -> both.patch(step.who(), set("active", "false"));
      case "return" -> both.patch(step.who(), set("active", "true"));
      case "agent" -> both.patch(step.who(), set("userType", "'agent'"));
      case "boss" -> both.patch(step.who(), set("userType", "'boss'"));
      case "delete" -> both.delete(step.who());
      default -> both.rest();
    }
  }

  private static String set(String path, String value) {
    return "{'op':'replace','path':'" + path + "','value':" + value + "}";
  }
}
