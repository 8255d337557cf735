package dev.patchbay.pbx.crmcom;

import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.emulator.crmcom.Otherwise;
import dev.patchbay.emulator.crmcom.Undocumented;
import dev.patchbay.emulator.crmcom.Undocumented.NeedlessExtension;
import dev.patchbay.emulator.crmcom.Undocumented.NewId;
import dev.patchbay.emulator.crmcom.Undocumented.Taken;
import dev.patchbay.pbx.SwitchPositions;
import dev.patchbay.pbx.SwitchPositions.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract and more on a CrmCom whose switches for what its vendor leaves open are at a row.
 */
abstract class CrmComSwitches extends CrmComAdapterTest {
  @Parameter SwitchPositions<CrmComOptions> row;

  static List<SwitchPositions<CrmComOptions>> singles() {
    return SwitchPositions.singles(switches());
  }

  static List<SwitchPositions<CrmComOptions>> pairs() {
    return SwitchPositions.pairs(switches());
  }

  private static List<List<Position<CrmComOptions>>> switches() {
    return List.of(
        List.of(
            position("id=data", it -> it.with(NewId.DATA)),
            position("id=data.user", it -> it.with(NewId.DATA_USER)),
            position("id=nowhere", it -> it.with(NewId.NOWHERE))),
        List.of(
            position("template=both", it -> it.withIdentifiers(Set.of("id", "name"))),
            position("template=id", it -> it.withIdentifiers(Set.of("id"))),
            position("template=name", it -> it.withIdentifiers(Set.of("name")))),
        List.of(
            position("refusal=200", it -> it.withRefusalStatus(200)),
            position("refusal=400", it -> it.withRefusalStatus(400)),
            position("refusal=422", it -> it.withRefusalStatus(422))),
        List.of(
            position("extension=ignored", it -> it.with(NeedlessExtension.IGNORED)),
            position("extension=refused", it -> it.with(NeedlessExtension.REFUSED))),
        List.of(
            position("taken=exists", it -> it.with(Taken.EXISTS)),
            position("taken=inUse", it -> it.with(Taken.IN_USE)),
            position("taken=named", it -> it.with(Taken.NAMED)),
            position("taken=unsaid", it -> it.with(Taken.UNSAID))),
        List.of(
            position("dates=usual", it -> it),
            position("dates=dayFirst", it -> it.with(Otherwise.DAY_FIRST))),
        List.of(
            position("answer=envelope", it -> it),
            position("answer=user", it -> it.with(Otherwise.BARE_USER))),
        List.of(
            position("badToken=refusal", it -> it),
            position("badToken=401", it -> it.with(Otherwise.TOKEN_401))),
        List.of(Position.of("key", it -> it), Position.of("account", it -> it)));
  }

  private static Position<CrmComOptions> position(String name, UnaryOperator<Undocumented> change) {
    return Position.of(name, it -> it.withUndocumented(change.apply(it.undocumented())));
  }

  @Override
  protected CrmComOptions emulated(CrmComOptions defaults) {
    return row.emulated(defaults);
  }

  @Override
  protected String login(Path key, Path password) {
    return row.has("key")
        ? super.login(key, password)
        : "username: bridge\norganisation: Acme\npassword: file:" + password;
  }

  @Override
  protected String dates() {
    return row.has("dates=dayFirst") ? "date-format: dd/MM/uuuu" : super.dates();
  }

  @Override
  protected boolean saysWhatIsTaken() {
    return !row.has("taken=unsaid");
  }

  @Override
  protected String templates() {
    return row.has("template=id")
        ? "agent: { id: '1', cti: true }, office: { id: '2' }"
        : super.templates();
  }

  /** Waiting for a late answer has nothing to do with the switches. */
  @Override
  @ParameterizedTest
  @EnumSource(names = {"CUT", "ANSWER_LOST", "SERVER_ERROR"})
  protected void aCreateWithoutAClearAnswerIsUnknownAndSentOnce(Trouble trouble) {
    super.aCreateWithoutAClearAnswerIsUnknownAndSentOnce(trouble);
  }
}
