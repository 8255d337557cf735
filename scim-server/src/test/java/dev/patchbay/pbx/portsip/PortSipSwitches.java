package dev.patchbay.pbx.portsip;

import dev.patchbay.emulator.portsip.AuthStyle;
import dev.patchbay.emulator.portsip.Otherwise;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.Undocumented.MemberAddTwice;
import dev.patchbay.emulator.portsip.UpdateMode;
import dev.patchbay.pbx.SwitchPositions;
import dev.patchbay.pbx.SwitchPositions.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract and more on a PortSip whose switches for what its vendor leaves open are at a row.
 */
abstract class PortSipSwitches extends PortSipAdapterTest {
  @Parameter SwitchPositions<PortSipEmulatorOptions> row;

  static List<SwitchPositions<PortSipEmulatorOptions>> singles() {
    return SwitchPositions.singles(switches());
  }

  static List<SwitchPositions<PortSipEmulatorOptions>> pairs() {
    return SwitchPositions.pairs(switches());
  }

  private static List<List<Position<PortSipEmulatorOptions>>> switches() {
    String account = "username: bridge\ndomain: office.example.com\npassword: file:SECRET";
    return List.of(
        List.of(
            Position.of("static", it -> it.withAuthStyles(AuthStyle.STATIC), "token: file:SECRET"),
            Position.of("signin", it -> it.withAuthStyles(AuthStyle.SIGNIN), account),
            Position.of(
                "oauth", it -> it.withAuthStyles(AuthStyle.OAUTH), account, "auth-style: oauth")),
        List.of(
            Position.of("update=replaces", it -> it.withUpdateMode(UpdateMode.REPLACE)),
            Position.of("update=merges", it -> it.withUpdateMode(UpdateMode.MERGE)),
            Position.of(
                "update=mergesAndIsKnown",
                it -> it.withUpdateMode(UpdateMode.MERGE),
                "update-mode: merge")),
        List.of(
            Position.of("duplicate=400", it -> it.withDuplicateStatus(400)),
            Position.of("duplicate=409", it -> it.withDuplicateStatus(409))),
        List.of(
            Position.of("addTwice=ok", it -> it.withMemberAddTwice(MemberAddTwice.OK)),
            Position.of("addTwice=refused", it -> it.withMemberAddTwice(MemberAddTwice.REFUSED))),
        otherwise());
  }

  private static List<Position<PortSipEmulatorOptions>> otherwise() {
    var positions = new ArrayList<Position<PortSipEmulatorOptions>>();
    positions.add(Position.of("as usual", it -> it));
    for (Otherwise word : Otherwise.values()) {
      positions.add(Position.of(word.toString(), it -> it.withOtherwise(Set.of(word))));
    }
    return positions;
  }

  @Override
  protected PortSipEmulatorOptions emulated(PortSipEmulatorOptions defaults) {
    return row.emulated(defaults);
  }

  @Override
  protected String settings() {
    return row.settings().replace("SECRET", secret().toString());
  }

  /** Waiting for a late answer has nothing to do with the switches. */
  @Override
  @ParameterizedTest
  @EnumSource(names = {"CUT", "ANSWER_LOST", "SERVER_ERROR"})
  protected void anEffectWithoutAClearAnswerIsUnknown(Mishap mishap) {
    super.anEffectWithoutAClearAnswerIsUnknown(mishap);
  }
}
