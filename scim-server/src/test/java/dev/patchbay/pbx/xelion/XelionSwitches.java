package dev.patchbay.pbx.xelion;

import dev.patchbay.emulator.xelion.Otherwise;
import dev.patchbay.emulator.xelion.Undocumented;
import dev.patchbay.emulator.xelion.Undocumented.Absent;
import dev.patchbay.emulator.xelion.Undocumented.AddTwice;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import dev.patchbay.pbx.SwitchPositions;
import dev.patchbay.pbx.SwitchPositions.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract and more on a Xelion whose switches for what its vendor leaves open are at a row.
 */
abstract class XelionSwitches extends XelionAdapterTest {
  @Parameter SwitchPositions<XelionEmulatorOptions> row;

  static List<SwitchPositions<XelionEmulatorOptions>> singles() {
    return SwitchPositions.singles(switches());
  }

  static List<SwitchPositions<XelionEmulatorOptions>> pairs() {
    return SwitchPositions.pairs(switches());
  }

  private static List<List<Position<XelionEmulatorOptions>>> switches() {
    return List.of(
        List.of(
            position("addTwice=relation", it -> it.withAddTwice(AddTwice.SECOND_RELATION)),
            position("addTwice=once", it -> it.withAddTwice(AddTwice.ONCE)),
            position("addTwice=refused", it -> it.withAddTwice(AddTwice.REFUSED))),
        List.of(
            position("absent=numbered", it -> it.with(Absent.NUMBERED)),
            position("absent=bare", it -> it.with(Absent.BARE)),
            position("absent=success", it -> it.with(Absent.SUCCESS))),
        List.of(
            position("rename=done", it -> it),
            position("rename=refused", it -> it.but(Otherwise.RENAME_REFUSED)),
            position("rename=ignored", it -> it.but(Otherwise.RENAME_IGNORED))),
        List.of(
            position("errors=told", it -> it),
            position("errors=bare", it -> it.but(Otherwise.BARE_SERVER_ERRORS)),
            position("taken=400", it -> it.but(Otherwise.TAKEN_400))),
        List.of(
            position("users=patch", it -> it.withPatchUsers(true)),
            position("users=put", it -> it.withPatchUsers(false), "update-with: put")),
        List.of(
            position("pages", it -> it.withPagedUsers(true)),
            position("noPages", it -> it.withPagedUsers(false))),
        List.of(
            position("addresses=kept", it -> it.withAddressesOnCreate(true)),
            position(
                "addresses=dropped",
                it -> it.withAddressesOnCreate(false),
                "addresses-on-create: false"),
            position(
                "addresses=lookedAt",
                it -> it.withAddressesOnCreate(false),
                "addresses-on-create: look")),
        List.of(
            position("found", it -> it.withFindByName(true)),
            position("notFound", it -> it.withFindByName(false), "find-persons: false")),
        List.of(
            position("splits", it -> it.withSplitsOnWrite(true)),
            position("doesNotSplit", it -> it.withSplitsOnWrite(false))),
        List.of(
            position("person=stays", it -> it.withDeletesPerson(false)),
            position("person=goes", it -> it.withDeletesPerson(true))),
        List.of(
            position("groups", it -> it.withUserGroups(true)),
            position("noGroups", it -> it.withUserGroups(false), "groups: none")));
  }

  private static Position<XelionEmulatorOptions> position(
      String name, UnaryOperator<Undocumented> change, String... settings) {
    return Position.of(name, it -> it.with(change.apply(it.undocumented())), settings);
  }

  @Override
  protected XelionEmulatorOptions emulated(XelionEmulatorOptions defaults) {
    return row.emulated(super.emulated(defaults));
  }

  @Override
  protected String settings() {
    return row.settings();
  }

  @Override
  protected boolean findsPersons() {
    return row.has("found");
  }

  @Override
  protected boolean renames() {
    return row.has("rename=done");
  }

  @Override
  protected List<String> changeOfAnAccount() {
    return row.has("users=patch")
        ? List.of("PATCH /users/#")
        : List.of("GET /users/#", "PUT /users/#");
  }

  @Override
  protected List<String> aLife() {
    var life = new ArrayList<String>();
    life.add("POST /addressables");
    if (!row.has("addresses=kept")) {
      life.addAll(List.of("GET /addressables/#", "PUT /addressables/#"));
    }
    life.addAll(List.of("POST /users", "DELETE /users/#", "DELETE /addressables/#"));
    if (row.has("person=goes") && row.has("absent=bare")) {
      life.add("GET /users"); // a 404 without Xelion's number: is this Xelion?
    }
    if (row.has("person=goes") && !row.has("absent=success")) {
      life.add("GET /addressables/#"); // deleting the account took it along: a look confirms it
    }
    return life;
  }

  /** Waiting for a late answer has nothing to do with the switches. */
  @Override
  @ParameterizedTest
  @EnumSource(names = {"CUT", "ANSWER_LOST", "SERVER_ERROR"})
  protected void anEffectWithoutAClearAnswerIsUnknown(Mishap mishap) {
    super.anEffectWithoutAClearAnswerIsUnknown(mishap);
  }
}
