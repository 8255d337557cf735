package dev.patchbay.provisioning;

import static net.bytebuddy.implementation.MethodCall.invoke;

import dev.patchbay.directory.Entry;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.plan.PlannedCall;
import dev.patchbay.plan.Planner;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.provisioning.ProvisioningPolicy.OnUnavailable;
import dev.patchbay.provisioning.Scenario.Repeat;
import dev.patchbay.provisioning.Scenario.Setting;
import dev.patchbay.provisioning.Scenario.When;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;

/**
 * The rules of docs/explanation/write-protocol.md, each with the methods that hold it, what they
 * would do without it, and a scenario in which that is missed.
 */
enum Rule {
  CLOSE(
      List.of(new Switch(UserSettlement.class, "synced", FixedValue.value(true))),
      Scenario.of(OnUnavailable.REFUSE, Write.DEACTIVATE, Repeat.NEVER)),
  DUP(
      List.of(new Switch(SentCreates.class, "ours", FixedValue.argument(1))),
      Scenario.of(OnUnavailable.REFUSE, Write.CREATE, Repeat.LATER)
          .in(Setting.QUIET_TIME_TOO_SHORT)),
  QUIET(
      List.of(new Switch(Tenant.class, "quietLeft", none())),
      Scenario.of(Write.PROFILE, Write.PASSWORD_AND_PROFILE, When.AT_ONCE, CrashWorld.IDP)),
  AGAIN(
      List.of(new Switch(UserSettlement.class, "sentAgain", FixedValue.argument(0))),
      Scenario.of(Write.ACTIVATE, Write.DEACTIVATE, When.AT_ONCE, CrashWorld.IDP)
          .after(Write.DEACTIVATE)
          .with(OnUnavailable.QUEUE)),
  KEEP(
      List.of(new Switch(UserWrites.class, "keep", StubMethod.INSTANCE)),
      Scenario.of(Write.PROFILE, Write.DEACTIVATE, When.MEANWHILE, CrashWorld.IDP)),
  JOIN(
      List.of(new Switch(UserCreates.class, "joins", FixedValue.value(false))),
      Scenario.of(OnUnavailable.REFUSE, Write.CREATE, Repeat.LATER)),
  /** Either of the two is enough to keep what is taken away. */
  BASE_AND_FIRST_COMMIT(
      List.of(
          new Switch(UserBeginning.class, "kept", of(Run.class, "entry").onArgument(0)),
          new Switch(
              UserWrites.class,
              "base",
              of(Entry.class, "resource").onMethodCall(of(Taken.class, "entry").onArgument(0)))),
      Scenario.of(Write.DEACTIVATE, Write.PROFILE, When.LATER, CrashWorld.IDP)),
  LEFT(
      List.of(new Switch(Planner.class, "askedFor", FixedValue.argument(0))),
      Scenario.of(Write.MIXED_UP, Write.PROFILE, When.LATER, CrashWorld.IDP),
      Fault.UNAVAILABLE,
      Fault.REJECTED),
  MAYBE(
      List.of(new Switch(UserBeginning.class, "doubting", FixedValue.argument(0))),
      Scenario.of(Write.PROFILE, Write.PROFILE_BACK, When.LATER, CrashWorld.IDP)),
  LEASE(
      List.of(new Switch(Claim.class, "outlastsACall", FixedValue.value(true))),
      Scenario.of(OnUnavailable.REFUSE, Write.EVERYTHING, Repeat.NEVER).in(Setting.SLOW_PBX)),
  SPLIT_AND_CLOSE(
      List.of(
          new Switch(PlannedCall.class, "offBoardingPart", none()),
          new Switch(UserSettlement.class, "synced", FixedValue.value(true))),
      Scenario.of(OnUnavailable.REFUSE, Write.MIXED_DOWN, Repeat.NEVER)),
  CAS(
      List.of(new Switch(UserEnding.class, "newer", FixedValue.value(false))),
      Scenario.of(Write.PROFILE, Write.DEACTIVATE, When.MEANWHILE, CrashWorld.IDP)),
  /** Seen where a process stood still until another one had taken over. */
  STORE(
      List.of(new Switch(UserRunner.class, "holds", FixedValue.value(false))),
      Scenario.of(OnUnavailable.REFUSE, Write.MIXED_UP, Repeat.NEVER).in(Setting.TWO_PROCESSES),
      Fault.FROZEN),
  STORE_OF_GROUPS(
      List.of(new Switch(GroupRunner.class, "holds", FixedValue.value(false))),
      Scenario.of(OnUnavailable.REFUSE, Write.GROUP_MIXED, Repeat.NEVER).in(Setting.TWO_PROCESSES),
      Fault.FROZEN),
  MEMB(
      List.of(
          new Switch(UserMemberships.class, "flagOff", StubMethod.INSTANCE),
          new Switch(UserMemberships.class, "takeOut", none())),
      Scenario.of(OnUnavailable.REFUSE, Write.DELETE, Repeat.NEVER)),
  BACK(
      List.of(new Switch(JournalEntry.class, "goesBack", FixedValue.value(false))),
      Scenario.of(OnUnavailable.REFUSE, Write.CREATE, Repeat.NEVER));

  /** A method, and what it does without the rule. */
  record Switch(Class<?> type, String method, Implementation off) {}

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final List<Switch> switches;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Scenario missed;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Fault> faults;

  /**
   * @param faults it takes these, one after the other; none: any one
   */
  Rule(List<Switch> switches, Scenario missed, Fault... faults) {
    this.switches = switches;
    this.missed = missed;
    this.faults = List.of(faults);
  }

  /** Which choices of faults are tried. */
  boolean tries(Map<Integer, Fault> chosen) {
    var inOrder = List.copyOf(new TreeMap<>(chosen).values());
    return faults.isEmpty() || faults.subList(0, inOrder.size()).equals(inOrder);
  }

  int faults() {
    return Math.max(1, faults.size());
  }

  List<Switch> switches() {
    return switches;
  }

  Scenario missed() {
    return missed;
  }

  private static MethodCall.WithoutSpecifiedTarget of(Class<?> type, String property) {
    try {
      return invoke(type.getDeclaredMethod(property));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Implementation none() {
    try {
      return invoke(Optional.class.getMethod("empty"));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
