package dev.patchbay.pbx.portsip;

import dev.patchbay.emulator.portsip.AuthStyle;
import dev.patchbay.emulator.portsip.Otherwise;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.Undocumented;
import dev.patchbay.emulator.portsip.Undocumented.MemberAddTwice;
import dev.patchbay.emulator.portsip.UpdateMode;
import dev.patchbay.pbx.SwitchPositions;
import dev.patchbay.pbx.SwitchPositions.Position;
import java.util.EnumSet;
import java.util.List;
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

  /** Together, as far as they go together; {@link PortSipOtherwiseTest} has each alone. */
  private static List<Position<PortSipEmulatorOptions>> otherwise() {
    var most = EnumSet.allOf(Otherwise.class);
    var second =
        EnumSet.of(
            Otherwise.ABSENT_MEMBER_400,
            Otherwise.HTML_REFUSALS,
            Otherwise.BIND_REPLACES,
            Otherwise.UNBOUND_OK);
    var third = EnumSet.of(Otherwise.OTHER_REFUSALS, Otherwise.UNBOUND_400);
    most.removeAll(second);
    most.remove(Otherwise.OTHER_REFUSALS);
    return List.of(
        Position.of("otherwise=not", it -> it),
        Position.of("otherwise=most", it -> it.withOtherwise(most), "clear-with: empty"),
        Position.of("otherwise=second", it -> it.withOtherwise(second)),
        Position.of("otherwise=third", it -> it.withOtherwise(third)));
  }

  private Undocumented undocumented() {
    return row.emulated(PortSipEmulatorOptions.defaults()).undocumented();
  }

  /** Rules go by {@code null}, whatever the setting says. */
  @Override
  protected boolean clears() {
    return !undocumented().otherwise().contains(Otherwise.NULL_KEEPS)
        || undocumented().updateMode() == UpdateMode.REPLACE;
  }

  @Override
  protected boolean keepsRolesInUse() {
    return !undocumented().otherwise().contains(Otherwise.ROLE_IN_USE_GOES);
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
