package dev.patchbay.provisioning;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The points a run comes by, in their order, and what goes wrong at some of them. */
final class Points implements SteppedStore.Steps, InMemoryPbx.Script {
  /** A place where something can go wrong. */
  enum Point {
    /** A write is durable. */
    COMMIT(EnumSet.of(Fault.CRASH_AFTER)),
    /** A call is about to leave. */
    CALL(EnumSet.allOf(Fault.class)),
    /** The PBX is about to be asked something. */
    READ(EnumSet.of(Fault.UNAVAILABLE, Fault.MEANWHILE));

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final Set<Fault> faults;

    Point(Set<Fault> faults) {
      this.faults = faults;
    }

    Set<Fault> faults() {
      return faults;
    }
  }

  private final Map<Integer, Fault> faults;
  private final InMemoryPbx pbx;
  private final Runnable meanwhile;
  private final Consumer<PbxCall> watch;
  private final Runnable other;
  private final List<Point> passed = new ArrayList<>();
  private boolean refused;
  private int commits;

  /**
   * @param meanwhile the request that comes where a fault says so
   * @param watch sees each call before it leaves
   * @param other another process takes over
   */
  Points(
      Map<Integer, Fault> faults,
      InMemoryPbx pbx,
      Runnable meanwhile,
      Consumer<PbxCall> watch,
      Runnable other) {
    this.other = other;
    this.faults = faults;
    this.pbx = pbx;
    this.meanwhile = meanwhile;
    this.watch = watch;
  }

  List<Point> passed() {
    return passed;
  }

  /** How often something was stored. */
  int commits() {
    return commits;
  }

  /** Whether the PBX refused a call since this was last asked. */
  boolean refused() {
    boolean was = refused;
    refused = false;
    return was;
  }

  private Optional<Fault> pass(Point point) {
    var fault = Optional.ofNullable(faults.get(passed.size()));
    passed.add(point);
    refused |= fault.equals(Optional.of(Fault.REJECTED));
    refused |= fault.equals(Optional.of(Fault.REFUSED_FOR_GOOD));
    if (fault.equals(Optional.of(Fault.MEANWHILE))) {
      meanwhile.run();
      return Optional.empty();
    }
    if (fault.equals(Optional.of(Fault.OVERTAKEN))) {
      pbx.actNow();
      return Optional.empty();
    }
    return fault;
  }

  @Override
  public void beginning() {
    if (pbx.dead()) {
      throw new Crash();
    }
  }

  @Override
  public void committed() {
    commits++;
    if (pass(Point.COMMIT).isPresent()) {
      pbx.die();
      throw new Crash();
    }
  }

  @Override
  public Optional<Fault> call(PbxCall call) {
    watch.accept(call);
    return pass(Point.CALL);
  }

  @Override
  public Optional<Fault> read() {
    return pass(Point.READ);
  }

  @Override
  public void frozen() {
    other.run();
  }
}
