package dev.patchbay.pbx.crmcom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Section;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.crmcom.CrmComEmulator;
import dev.patchbay.emulator.crmcom.CrmComOptions;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.PbxEffectsContract;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.Attempt;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The adapter against the emulator, by the vendor's words where it has any. */
@Timeout(60)
class CrmComAdapterTest extends PbxEffectsContract {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(4);
  private static final PbxUser ADA =
      new PbxUser(
          Map.of(
              PbxField.NAME, "ada",
              PbxField.GIVEN_NAME, "Ada",
              PbxField.FAMILY_NAME, "Lovelace",
              PbxField.EMAIL, "ada@example.com",
              PbxField.ENABLED, "true",
              PbxField.EXTENSION, "0100",
              PbxField.ROLE, "agent"));

  private final MovableClock clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
  @TempDir private Path directory;
  private CrmComEmulator pbx;
  private PbxAdapter adapter;

  protected CrmComOptions emulated(CrmComOptions defaults) {
    return defaults;
  }

  protected String login(Path key, Path password) {
    return "api-key: file:" + key;
  }

  protected String templates() {
    return "agent: { name: Agent, cti: true }, office: { name: Back office }";
  }

  protected String dates() {
    return "";
  }

  @BeforeEach
  void start() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "Orange-4-Teapot-Key");
    Path password = Files.writeString(directory.resolve("password"), "Orange-4-Teapot-Runs");
    pbx = CrmComEmulator.start(emulated(CrmComOptions.defaults().withClock(clock)));
    adapter = open(login(key, password));
  }

  private PbxAdapter open(String more) {
    String settings =
        "base-url: %s\ncall-limit: %s\ntemplates: { %s }\n%s\n%s"
            .formatted(pbx.baseUrl(), CALL_LIMIT, templates(), dates(), more);
    return new CrmComDialect().open("desk", Section.of(settings), clock, () -> 1);
  }

  @AfterEach
  void stop() {
    adapter.close();
    pbx.close();
  }

  @Override
  protected PbxAdapter adapter() {
    return adapter;
  }

  @Override
  protected PbxUser ada() {
    return ADA;
  }

  @Override
  protected int sent() {
    return pbx.calls().calls().size();
  }

  @Override
  protected void next(Trouble trouble) {
    next(
        switch (trouble) {
          case CUT -> new Fault.Reset();
          case ANSWER_LOST -> new Fault.DropAfterCommit();
          case LATE -> new Fault.Delay(CALL_LIMIT.plusMillis(500));
          case SERVER_ERROR -> new Fault.Status(503);
          case THROTTLED -> new Fault.Status(429);
        });
  }

  private PbxRef apply(PbxUser user) {
    return adapter.apply(new CreateUser(user, SECRETS));
  }

  private PbxRef again(PbxUser user) {
    return adapter.apply(new CreateUser(user, SECRETS, Attempt.AGAIN));
  }

  private void next(Fault fault) {
    pbx.faults().replace(FaultRule.on("POST", ".*/users/create", fault).times(1));
  }

  @Test
  void aUserIsMadeByOneCallWithOrWithoutPhones() {
    apply(ADA);
    apply(ADA.with(PbxField.NAME, Optional.of("grace")).with(PbxField.ROLE, Optional.of("office")));

    assertThat(pbx.calls().calls())
        .allSatisfy(
            call ->
                assertThat(call.body())
                    .hasValueSatisfying(it -> assertThat(it).contains("\"password\":\"***\"")))
        .extracting(call -> call.body().orElseThrow().contains("cti_phone_extension_number"))
        .containsExactly(true, false);
  }

  @Test
  void aDateGoesInTheFormOfTheSettings() {
    apply(ADA.with(PbxField.CUSTOM_DATE_1, Optional.of("2025-03-01")));

    String sent = dates().isEmpty() ? "2025-03-01" : "01/03/2025";
    assertThat(pbx.calls().calls().getFirst().body().orElseThrow())
        .contains("\"udf_date_1\":\"" + sent + "\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"NAME", "GIVEN_NAME"})
  void aRefusedValueIsInvalid(PbxField missing) {
    assertThatThrownBy(() -> apply(ADA.with(missing, Optional.of(" "))))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void anInactiveUserAndOneWithoutATemplateAreRefusedWithoutACall() {
    assertThatThrownBy(() -> apply(ADA.with(PbxField.ENABLED, Optional.of("false"))))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("inactive");
    assertThatThrownBy(() -> apply(ADA.with(PbxField.ROLE, Optional.of("boss"))))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("template");
    assertThat(pbx.calls().calls()).isEmpty();
  }

  @Test
  void aLostAnswerIsUnknownAndTheSameCreateAgainFindsItsUser() {
    next(new Fault.DropAfterCommit());
    assertThatThrownBy(() -> apply(ADA)).isInstanceOf(OutcomeUnknown.class);

    if (saysWhatIsTaken()) {
      assertThat(again(ADA)).isEqualTo(new PbxRef("ada"));
    } else {
      assertThatThrownBy(() -> again(ADA)).isInstanceOf(OutcomeUnknown.class);
    }
    assertThat(pbx.calls().calls()).hasSize(2);
  }

  /** Whether a refusal tells that the user name is taken. */
  protected boolean saysWhatIsTaken() {
    return true;
  }

  @Override
  protected Reason ofATakenName() {
    return saysWhatIsTaken() ? Reason.CONFLICT : Reason.INVALID;
  }

  @Test
  void aCreateThatWasNeverDoneIsDoneByTheNext() {
    next(new Fault.Reset());
    assertThatThrownBy(() -> apply(ADA)).isInstanceOf(OutcomeUnknown.class);

    again(ADA);

    assertThatThrownBy(() -> apply(ADA)).isInstanceOf(Rejected.class);
  }

  @Test
  void aRefusalThatIsNoDuplicateLeavesTheLostCreateInDoubt() {
    next(new Fault.DropAfterCommit());
    assertThatThrownBy(() -> apply(ADA)).isInstanceOf(OutcomeUnknown.class);

    assertThatThrownBy(() -> again(ADA.with(PbxField.GIVEN_NAME, Optional.empty())))
        .isInstanceOf(OutcomeUnknown.class);
    assertThatThrownBy(() -> again(ADA.with(PbxField.ENABLED, Optional.of("false"))))
        .isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void whereNobodyIsToBeAdoptedADuplicateStaysInDoubt() {
    apply(ADA);
    try (var careful =
        open(
            login(directory.resolve("key"), directory.resolve("password"))
                + "\nduplicate-after-loss: block")) {
      assertThatThrownBy(() -> careful.apply(new CreateUser(ADA, SECRETS, Attempt.AGAIN)))
          .isInstanceOf(OutcomeUnknown.class);
    }
  }

  @Test
  void aTokenIsUsedForNearlyItsLifeAndThenFetchedAnew() {
    apply(ADA);
    clock.advance(Duration.ofMinutes(109));

    apply(ADA.with(PbxField.NAME, Optional.of("grace")));

    assertThat(pbx.calls().calls()).hasSize(2).allMatch(call -> call.status() == 200);
  }

  @Test
  void aTokenThatEndedEarlyIsFetchedAnewOnce() throws IOException {
    pbx.close();
    pbx =
        CrmComEmulator.start(
            emulated(CrmComOptions.defaults().withClock(clock))
                .withTokenLife(Duration.ofMinutes(5)));
    adapter.close();
    adapter = open(login(directory.resolve("key"), directory.resolve("password")));
    apply(ADA);
    clock.advance(Duration.ofMinutes(6));

    apply(ADA.with(PbxField.NAME, Optional.of("grace")));

    assertThat(pbx.calls().calls()).hasSize(3);
  }

  @Test
  void aRefusedSignInIsNotTriedAgainAtOnce() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong"), "wrong");
    try (var refused = open("api-key: file:" + wrong)) {
      for (int time = 0; time < 2; time++) {
        assertThatThrownBy(() -> refused.apply(new CreateUser(ADA, SECRETS)))
            .isInstanceOfSatisfying(
                Unavailable.class, no -> assertThat(no.why()).isEqualTo(Cause.LOGIN_REFUSED));
      }
    }
    assertThat(pbx.calls().calls()).isEmpty();
  }

  @Test
  void theTemplatesAreTheRoles() {
    assertThat(adapter.roles())
        .allMatch(role -> role.managedByPbx())
        .extracting(role -> role.value().name())
        .containsExactly("agent", "office");
  }
}
