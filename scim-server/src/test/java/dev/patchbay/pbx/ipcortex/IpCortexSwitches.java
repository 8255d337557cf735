package dev.patchbay.pbx.ipcortex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.config.Secret;
import dev.patchbay.emulator.ipcortex.Account.Right;
import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import dev.patchbay.emulator.ipcortex.Undocumented;
import dev.patchbay.emulator.ipcortex.Undocumented.Counts;
import dev.patchbay.emulator.ipcortex.Undocumented.Empty;
import dev.patchbay.emulator.ipcortex.Undocumented.Ended;
import dev.patchbay.emulator.ipcortex.Undocumented.KeyPlace;
import dev.patchbay.emulator.ipcortex.Undocumented.Names;
import dev.patchbay.emulator.ipcortex.Undocumented.Nobody;
import dev.patchbay.pbx.SwitchPositions;
import dev.patchbay.pbx.SwitchPositions.Position;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract and more on a IpCortex whose switches for what its vendor leaves open are at a row.
 */
abstract class IpCortexSwitches extends IpCortexAdapterTest {
  @Parameter SwitchPositions<IpCortexEmulatorOptions> row;

  static List<SwitchPositions<IpCortexEmulatorOptions>> singles() {
    return SwitchPositions.singles(switches());
  }

  static List<SwitchPositions<IpCortexEmulatorOptions>> pairs() {
    return SwitchPositions.pairs(switches());
  }

  private static List<List<Position<IpCortexEmulatorOptions>>> switches() {
    return List.of(
        List.of(
            position("session", it -> it, "username: bridge", "password: file:SECRET"),
            position("keyInBody", it -> it.with(KeyPlace.BODY), "key: file:SECRET"),
            position(
                "keyAsBearer",
                it -> it.with(KeyPlace.BEARER),
                "key: file:SECRET",
                "send-key-as: bearer")),
        List.of(
            position("ended=fail", it -> it.with(Ended.FAIL)),
            position("ended=401", it -> it.with(Ended.UNAUTHORIZED)),
            position("ended=403", it -> it.with(Ended.FORBIDDEN))),
        List.of(
            position("fail=200", it -> it.withFailStatus(200)),
            position("fail=400", it -> it.withFailStatus(400))),
        List.of(
            position("numrows=matched", it -> it.with(Counts.MATCHED)),
            position("numrows=changed", it -> it.with(Counts.CHANGED))),
        List.of(
            position("nobody=zero", it -> it.with(Nobody.ZERO)),
            position("nobody=fail", it -> it.with(Nobody.FAIL)),
            position("nobody=failOfReads", it -> it.with(Nobody.FAIL_READS))),
        List.of(
            position("names=any", it -> it.with(Names.ANY)),
            position("names=company", it -> it.with(Names.COMPANY), "real-names: plain")),
        List.of(
            Position.of("right=system", it -> it.with(Right.SYSTEM_ADMIN)),
            Position.of("right=company", it -> it.with(Right.COMPANY_ADMIN))),
        List.of(
            Position.of("company=usual", it -> it),
            Position.of("company=given", it -> it, "company: acme")),
        // Without clearing, no number can be released.
        List.of(
            position("leaves=role", it -> it.with(Empty.CLEARS), "disabled-role: suspended"),
            position("leaves=scramble", it -> it.with(Empty.CLEARS), "deactivate-by: scramble"),
            position("leaves=release", it -> it.with(Empty.CLEARS), "deactivate-by: release"),
            position("empty=keeps", it -> it.with(Empty.KEEPS), "disabled-role: suspended")));
  }

  private static Position<IpCortexEmulatorOptions> position(
      String name, UnaryOperator<Undocumented> change, String... settings) {
    return Position.of(name, it -> it.with(change.apply(it.undocumented())), settings);
  }

  @Override
  protected IpCortexEmulatorOptions emulated(IpCortexEmulatorOptions defaults) {
    return row.emulated(defaults);
  }

  @Override
  protected String settings() {
    return row.settings().replace("SECRET", secret().toString());
  }

  /** A key does not tell its rights: then the password goes first and alone. */
  @Test
  void aRefusalSaysWhetherThePasswordIsSetAllTheSame() {
    PbxRef ada = adapter().apply(create(ADA));
    PbxUser grace =
        ADA.with(PbxField.NAME, Optional.of("grace")).with(PbxField.EXTENSION, Optional.of("0101"));
    PbxRef unused = adapter().apply(create(grace));
    var taken =
        new UpdateUser(
            ada,
            ADA.with(PbxField.NAME, Optional.of("grace")),
            Set.of(PbxField.NAME),
            Map.of(PbxSecret.PASSWORD, Secret.of("Red-5-Bucket-Swims")));

    var refusal = catchThrowable(() -> adapter().apply(taken));

    assertThat(refusal).isInstanceOf(Rejected.class).hasMessageNotContaining("Bucket");
    assertThat(refusal.getMessage().endsWith("; the password is set"))
        .isEqualTo(!row.has("session"));
  }

  @Test
  void aUserNameThePbxDoesNotTakeIsRefusedAndNobodyMade() {
    var address = ADA.with(PbxField.NAME, Optional.of("ada@l"));

    var refusal = catchThrowable(() -> adapter().apply(create(address)));

    assertThat(refusal instanceof Rejected no && no.reason() == Reason.INVALID)
        .isEqualTo(row.has("names=company"));
    assertThat(adapter().usersWith("ada@l", "")).hasSize(row.has("names=company") ? 0 : 1);
  }

  @Override
  protected String specialName() {
    return row.has("names=company") ? "anna.o_neil" : super.specialName();
  }

  @Override
  protected boolean clears() {
    return !row.has("empty=keeps");
  }

  /** Waiting for a late answer has nothing to do with the switches. */
  @Override
  @ParameterizedTest
  @EnumSource(names = {"CUT", "ANSWER_LOST", "SERVER_ERROR"})
  protected void anEffectWithoutAClearAnswerIsUnknown(Mishap mishap) {
    super.anEffectWithoutAClearAnswerIsUnknown(mishap);
  }
}
