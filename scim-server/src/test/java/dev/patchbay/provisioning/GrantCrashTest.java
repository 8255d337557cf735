package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes of a group that gives a role, spoilt after every commit and at every call: in the end who
 * is a member has the role and nobody else, and what was taken away stays so.
 */
class GrantCrashTest {
  private static final Set<Fault> FAULTS =
      EnumSet.of(
          Fault.REJECTED,
          Fault.UNAVAILABLE,
          Fault.LOST_BEFORE,
          Fault.LOST_AFTER,
          Fault.LATE,
          Fault.CRASH_BEFORE,
          Fault.CRASH_AFTER,
          Fault.CRASH_LATE);

  @TempDir private static Path directory;
  private static SteppedStore store;

  @BeforeAll
  static void open() {
    store = SteppedStore.in(directory);
    store.keep("office"); // empty
  }

  @AfterAll
  static void close() {
    store.close();
  }

  /** Ada is in the group. */
  enum Change {
    JOIN,
    LEAVE,
    SWAP,
    DELETE_GROUP,
    DELETE_USER,
    /** Takes another role away from who is in the group, too. */
    LOSE_OWN_ROLE
  }

  private enum Answer {
    ACCEPTED,
    NOT_NOW,
    REFUSED,
    DIED
  }

  /** One run, on an office of its own. */
  private static final class World implements AutoCloseable {
    private final Office office;
    private final Entry ada;
    private final Entry bob;
    private final Entry managers;
    private Points points;

    World(Map<Integer, Fault> faults) {
      store.step(SteppedStore.Steps.NONE);
      store.restore("office");
      office = new Office(store.database());
      office.pbx.sequential();
      ada = office.user("ada", ",'roles':[{'value':'StandardInternationalUser'}]");
      bob = office.user("bob");
      office.map("role-source: groups");
      managers = office.groupOf("Managers", "role", "QueueManager", ada);
      points = new Points(faults, office.pbx, () -> {}, call -> {}, () -> {});
      store.step(points);
      office.pbx.follow(points);
    }

    void send(Change change) {
      switch (change) {
        case JOIN -> office.patch(managers, members("add", bob));
        case LEAVE -> office.patch(managers, members("remove", ada));
        case SWAP -> office.patch(managers, members("replace", bob));
        case DELETE_GROUP -> office.delete(managers);
        case DELETE_USER -> office.delete(ada);
        case LOSE_OWN_ROLE -> office.patch(ada, "{'op':'replace','path':'roles','value':[]}");
      }
    }

    Answer answer(Change change) {
      try {
        send(change);
        return Answer.ACCEPTED;
      } catch (Refusal refusal) {
        return Answer.REFUSED;
      } catch (TryLater later) {
        return Answer.NOT_NOW;
      } catch (Crash crash) {
        office.revived();
        return Answer.DIED;
      }
    }

    void rest() {
      for (int round = 0; round < 30; round++) {
        office.clock.advance(Duration.ofSeconds(round < 15 ? 25 : 700));
        office.pbx.carryOut();
        office.provisioner().recover();
      }
    }

    boolean in(Entry user) {
      return office.find(managers).isPresent() && office.members(managers).contains(user.id());
    }

    String role(String name) {
      return office.pbx.named(name).flatMap(it -> it.get(PbxField.ROLE)).orElse("");
    }

    @Override
    public void close() {
      store.step(SteppedStore.Steps.NONE);
      office.provisioner().close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsAMemberHasTheRoleAndNobodyElse(Change change) {
    List<Points.Point> passed;
    try (var world = new World(Map.of())) {
      assertThat(world.answer(change)).isEqualTo(Answer.ACCEPTED);
      passed = List.copyOf(world.points.passed());
    }
    for (int at = 0; at < passed.size(); at++) {
      var faults = EnumSet.copyOf(passed.get(at).faults());
      faults.retainAll(FAULTS);
      for (Fault fault : faults) {
        run(change, at, fault);
      }
    }
  }

  private static void run(Change change, int at, Fault fault) {
    var what = change + " with " + fault + " at " + at;
    try (var world = new World(Map.of(at, fault))) {
      var answer = world.answer(change);
      boolean stored = world.points.commits() > 0;
      boolean stays = world.office.find(world.managers).isPresent();
      if (answer == Answer.ACCEPTED && change == Change.DELETE_GROUP) {
        assertThat(world.role("ada")).as(what + ": told to be gone").isNotEqualTo("QueueManager");
      }

      world.rest();

      what += " answered " + answer;
      assertThat(world.office.openPlans()).as(what + ": open").isZero();
      role(world, "ada", world.ada, "StandardInternationalUser", change, what);
      role(world, "bob", world.bob, "StandardUser", change, what);
      if (answer == Answer.ACCEPTED || (stored && takesAway(change))) {
        assertThat(done(world, change)).as(what + ": done").isTrue();
      } else if (answer != Answer.DIED && stays && change != Change.SWAP) {
        assertThat(done(world, change)).as(what + ": not done").isFalse();
      }
    }
  }

  private static void role(
      World world, String name, Entry user, String own, Change change, String what) {
    if (world.office.pbx.named(name).isPresent()) {
      boolean lost = change == Change.LOSE_OWN_ROLE && done(world, change) && name.equals("ada");
      var otherwise = lost ? "StandardUser" : own;
      assertThat(world.role(name))
          .as(what + ": role of " + name)
          .isEqualTo(world.in(user) ? "QueueManager" : otherwise);
    }
  }

  /** Whether some of it is never forgotten. */
  private static boolean takesAway(Change change) {
    return change == Change.LEAVE || change == Change.DELETE_GROUP || change == Change.DELETE_USER;
  }

  private static boolean done(World world, Change change) {
    var own = world.office.find(world.ada).map(it -> it.resource().path("roles").size()).orElse(0);
    return switch (change) {
      case JOIN -> world.in(world.bob);
      case LEAVE -> !world.in(world.ada);
      case SWAP -> world.in(world.bob) && !world.in(world.ada);
      case DELETE_GROUP -> world.office.find(world.managers).isEmpty();
      case DELETE_USER -> world.office.pbx.named("ada").isEmpty();
      case LOSE_OWN_ROLE -> own == 0;
    };
  }
}
