package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.provisioning.ProvisioningPolicy.OnUnavailable;
import dev.patchbay.provisioning.Scenario.Repeat;
import dev.patchbay.provisioning.Scenario.Setting;
import dev.patchbay.provisioning.Scenario.When;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of write, with the process dying after every durable step and around every call, and
 * every call ending in every way: when the journal has come to rest, no answer was a lie. What is
 * too much for every build is run by chance, always the same; {@code -Pfull} runs all of it.
 */
class CrashPointsTest {
  private static final long SEED = Long.getLong("patchbay.seed", 7);

  /** Percent: of what is long, so much is run each time. */
  private static final int A_FEW = 25;

  @TempDir private static Path directory;
  private static SteppedStore store;
  private static CrashWorld.Kept office;
  private static int runs;

  @BeforeAll
  static void open() {
    store = SteppedStore.in(directory);
    office = CrashWorld.office(store);
  }

  @AfterAll
  static void close() {
    store.close();
    System.out.println("crash points: " + runs + " runs");
  }

  @ParameterizedTest
  @EnumSource
  void oneFaultAnywhereLosesAndFalsifiesNothing(Write write) {
    for (OnUnavailable policy : OnUnavailable.values()) {
      check(List.of(Scenario.of(policy, write, Repeat.NEVER)), 1, faults -> true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void norDoesItWhereTheClientComesBack(Write write) {
    check(singles(List.of(write)), 1, some(A_FEW, 0));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void norDoesAnyWhereTheClientComesBack(Write write) {
    check(singles(List.of(write)), 1, faults -> true);
  }

  @ParameterizedTest
  @EnumSource
  void noPasswordIsLostWithAKey(Repeat repeat) {
    for (Write write : List.of(Write.CREATE, Write.PASSWORD, Write.PASSWORD_AND_PROFILE)) {
      for (OnUnavailable policy : OnUnavailable.values()) {
        var sealed = Scenario.of(policy, write, repeat).in(Setting.SECRET_KEY);
        check(List.of(sealed), 1, faults -> true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoWasDeletedIsKeptAndReturns(Repeat repeat) {
    for (OnUnavailable policy : OnUnavailable.values()) {
      var deleted = Scenario.of(policy, Write.DELETE, repeat).in(Setting.RETAINING);
      var returning = Scenario.of(policy, Write.RETURN, repeat).in(Setting.RETAINING);
      check(List.of(deleted, returning.after(Write.DELETE)), 1, faults -> true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoExchangeTheirIds(When when) {
    for (OnUnavailable policy : OnUnavailable.values()) {
      var swap = Scenario.of(Write.TAKE, Write.GIVE, when, CrashWorld.IDP).with(policy);
      check(List.of(swap), 1, faults -> true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsDeletedComesBackAtAnyTime(When when) {
    for (OnUnavailable policy : OnUnavailable.values()) {
      var back = Scenario.of(Write.DELETE, Write.RETURN, when, CrashWorld.IDP).with(policy);
      check(List.of(back, back.in(Setting.RETAINING)), 1, faults -> true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAnOperatorTakesBackIsAsBeforeOrDone(Write write) {
    for (When when : List.of(When.AT_ONCE, When.LATER, When.MEANWHILE)) {
      for (OnUnavailable policy : OnUnavailable.values()) {
        check(List.of(cancelled(write, when, policy)), 1, some(A_FEW, 0));
      }
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void whateverAnOperatorTakesBackIsAsBeforeOrDone(Write write) {
    for (When when : List.of(When.AT_ONCE, When.LATER, When.MEANWHILE)) {
      for (OnUnavailable policy : OnUnavailable.values()) {
        check(List.of(cancelled(write, when, policy)), 1, faults -> true);
      }
    }
  }

  private static Scenario cancelled(Write write, When when, OnUnavailable policy) {
    return Scenario.of(write, Write.CANCEL, when, CrashWorld.IDP).with(policy);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CREATE",
        "CREATE_BOUND",
        "PROFILE",
        "ROLE_UP",
        "ROLE_DOWN",
        "PASSWORD_AND_PROFILE",
        "DEACTIVATE",
        "ACTIVATE",
        "REBIND",
        "MIXED_UP",
        "MIXED_DOWN",
        "DELETE",
        "GROUP_CREATE",
        "GROUP_ADD",
        "GROUP_REMOVE",
        "GROUP_REPLACE",
        "GROUP_RENAME",
        "GROUP_MIXED",
        "GROUP_DELETE"
      })
  void whoStoodStillAnswersWhatAnotherProcessMadeOfIt(Write write) {
    for (OnUnavailable policy : OnUnavailable.values()) {
      var taken = Scenario.of(policy, write, Repeat.NEVER).in(Setting.TWO_PROCESSES);
      check(List.of(taken), 1, faults -> faults.containsValue(Fault.FROZEN));
    }
  }

  /** What was found among the runs with two faults. */
  @Test
  void twoFaultsThatOnceToldALieDoNotAnyMore() {
    twoFaults(Write.PASSWORD_AND_DEACTIVATE, Repeat.NEVER, 2, Fault.LOST_BEFORE, Fault.CRASH_AFTER);
    twoFaults(Write.GROUP_CREATE, Repeat.LATER, 1, Fault.UNAVAILABLE, Fault.REFUSED_FOR_GOOD);
    twoFaults(Write.ROLE_CREATE, Repeat.LATER, 2, Fault.LOST_BEFORE, Fault.REFUSED_FOR_GOOD);
    twoFaults(Write.ROLE_DELETE, Repeat.LATER, 1, Fault.UNAVAILABLE, Fault.REJECTED);
  }

  /** The second of them anywhere behind the first. */
  private static void twoFaults(Write write, Repeat repeat, int at, Fault first, Fault second) {
    check(
        List.of(Scenario.of(OnUnavailable.QUEUE, write, repeat)),
        2,
        faults -> faults.get(at) == first && (faults.size() == 1 || faults.containsValue(second)));
  }

  @Tag("long")
  @Test
  void twoFaultsLoseAndFalsifyNothing() {
    check(singles(List.of(Write.values())), 2, some(25, 3));
  }

  @Tag("long")
  @Test
  void twoWishesAfterEachOtherLoseAndFalsifyNothing() {
    var few = new ArrayList<Scenario>();
    var random = new Random(SEED);
    pairs().stream().filter(each -> random.nextInt(100) < 40).forEach(few::add);
    check(few, 1, some(5, 0));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void anyTwoFaultsLoseAndFalsifyNothing(Write write) {
    check(singles(List.of(write)), 2, faults -> true);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void anyTwoWishesLoseAndFalsifyNothing(Write first) {
    var pairs = pairs().stream().filter(each -> each.first() == first).toList();
    check(pairs, 1, faults -> true);
    check(pairs, 2, some(5, 2));
  }

  private static void check(
      List<Scenario> scenarios, int faults, Predicate<Map<Integer, Fault>> chosen) {
    var explorer = new Explorer(store, office, chosen);
    scenarios.forEach(each -> explorer.explore(each, faults));
    runs += explorer.runs();

    assertThat(explorer.failures()).isEmpty();
  }

  /**
   * Some of the choices of faults.
   *
   * @param percentOfOne of those with one fault
   * @param percentOfTwo of those with two, where the first was chosen
   */
  private static Predicate<Map<Integer, Fault>> some(int percentOfOne, int percentOfTwo) {
    var random = new Random(SEED);
    return faults ->
        random.nextInt(100) < (Explorer.counted(faults) < 2 ? percentOfOne : percentOfTwo);
  }

  private static List<Scenario> singles(List<Write> writes) {
    var singles = new ArrayList<Scenario>();
    for (Write write : writes) {
      for (OnUnavailable policy : OnUnavailable.values()) {
        for (Repeat repeat : Repeat.values()) {
          singles.add(Scenario.of(policy, write, repeat));
        }
      }
    }
    return singles;
  }

  private static List<Scenario> pairs() {
    var pairs = new ArrayList<Scenario>();
    for (Write first : Write.values()) {
      for (Write second : Write.values()) {
        for (When when : When.values()) {
          pairs.add(Scenario.of(first, second, when, CrashWorld.IDP));
          pairs.add(Scenario.of(first, second, when, CrashWorld.OTHER));
        }
      }
    }
    // Somebody else then has the name that the facts know ada by.
    pairs.removeIf(it -> it.first() == Write.RENAME && it.then(Write.RETURN));
    return pairs;
  }
}
