package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Random changes of groups in groups, some of whose calls are spoilt: when nothing is open any more
 * the PBX has everybody in every group to whom a walk through what reads show leads. About 15 s.
 */
class NestedGroupProperties {
  private static final int USERS = 3;
  private static final int GROUPS = 5;
  private static final List<Fault> FAULTS =
      List.of(
          Fault.UNAVAILABLE,
          Fault.LOST_BEFORE,
          Fault.LOST_AFTER,
          Fault.LATE,
          Fault.CRASH_BEFORE,
          Fault.CRASH_AFTER);

  /**
   * @param op add, remove, replace or delete
   * @param member of the groups and then the users
   * @param fault of the first call, if any
   */
  record Change(String op, int group, int member, Optional<Fault> fault) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    var fault =
        Arbitraries.integers()
            .between(0, FAULTS.size() * 2)
            .map(it -> it < FAULTS.size() ? Optional.of(FAULTS.get(it)) : Optional.<Fault>empty());
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(8, "add"),
                Tuple.of(4, "remove"),
                Tuple.of(1, "replace"),
                Tuple.of(1, "delete")),
            Arbitraries.integers().between(0, GROUPS - 1),
            Arbitraries.integers().between(0, GROUPS + USERS - 1),
            fault)
        .as(Change::new)
        .list()
        .ofMinSize(4)
        .ofMaxSize(16);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void thePbxHasWhomAWalkFinds(@ForAll("changes") List<Change> changes) throws IOException {
    try (var store = TestStore.sqlite();
        var office = new Office(store.open(Files.createTempDirectory("nested")))) {
      var world = new World(office);
      changes.forEach(world::change);
      office.pbx.heal();
      office.rest();
      world.check();
    }
  }

  private static final class World {
    private final Office office;
    private final List<Entry> users = new ArrayList<>();
    private final List<Entry> groups = new ArrayList<>();

    World(Office office) {
      this.office = office;
      for (int i = 0; i < USERS; i++) {
        users.add(office.user("user" + i));
      }
      for (int i = 0; i < GROUPS; i++) {
        groups.add(office.group("Group" + i));
      }
    }

    void change(Change change) {
      change.fault().ifPresent(fault -> office.pbx.spoil(call -> true, fault));
      var group = groups.get(change.group());
      var member =
          change.member() < GROUPS
              ? groups.get(change.member())
              : users.get(change.member() - GROUPS);
      try {
        send(change, group, member);
      } catch (Refusal | TryLater said) {
        // what reads show counts
      } catch (Crash crash) {
        office.revived();
      }
    }

    private void send(Change change, Entry group, Entry member) {
      if (change.op().equals("delete")) {
        office.delete(group);
        return;
      }
      var before = reached(member.id(), new HashSet<>());
      boolean circle = change.op().equals("add") && before.contains(group.id());
      office.patch(group, Office.members(change.op(), member));
      assertThat(circle).as("accepted, and a circle: " + change).isFalse();
    }

    /** The group and all that it leads to. */
    private Set<String> reached(String id, Set<String> seen) {
      if (seen.add(id)) {
        groups.stream()
            .filter(group -> group.id().equals(id))
            .forEach(group -> office.members(group).forEach(each -> reached(each, seen)));
      }
      return seen;
    }

    void check() {
      assertThat(office.openPlans()).as("open").isZero();
      for (Entry group : groups) {
        var there = office.find(group);
        var onPbx = Optional.ofNullable(office.pbx.groupMembers().get(name(group)));
        assertThat(onPbx.isPresent()).as(name(group)).isEqualTo(there.isPresent());
        onPbx.ifPresent(it -> assertThat(it).as(name(group)).isEqualTo(walked(group)));
      }
    }

    private static String name(Entry group) {
      return group.resource().path("displayName").asText();
    }

    private Set<String> walked(Entry group) {
      var reached = reached(group.id(), new HashSet<>());
      var extensions = new TreeSet<String>();
      users.stream()
          .filter(user -> user.type() == EntryType.USER && reached.contains(user.id()))
          .forEach(user -> extensions.add(UserTarget.extension(user.resource())));
      return extensions;
    }
  }
}
