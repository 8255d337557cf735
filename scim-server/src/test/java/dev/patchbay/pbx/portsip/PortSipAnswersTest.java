package dev.patchbay.pbx.portsip;

import static dev.patchbay.pbx.http.ScriptedServer.answer;
import static dev.patchbay.pbx.http.ScriptedServer.json;
import static dev.patchbay.pbx.http.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ScriptedServer;
import dev.patchbay.pbx.http.ScriptedServer.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of PortSIP, or of what stands in front of it, is taken for. */
@Timeout(30)
class PortSipAnswersTest {
  private static final PbxRef ADA = new PbxRef("NzA");
  private static final PbxRef SALES = new PbxRef("NzE");
  private static final PbxUser USER =
      new PbxUser(Map.of(PbxField.NAME, "ada", PbxField.DISPLAY_NAME, "Ada"));
  private static final PbxCall CREATE =
      new PbxCall.CreateUser(
          USER, new PbxSecrets(Secret.of("s3cret-1"), Secret.of("s3cret-2"), Secret.of("749205")));
  private static final PbxCall DELETE = new PbxCall.DeleteUser(ADA);
  private static final PbxCall ADD = new PbxCall.AddMember(SALES, "0100");
  private static final PbxCall REMOVE = new PbxCall.RemoveMember(SALES, "0100");
  private static final PbxCall BIND = new PbxCall.BindMicrosoft365(ADA, "ada@example.com");
  private static final PbxCall BIND_AGAIN =
      new PbxCall.BindMicrosoft365(ADA, "ada@example.com", PbxCall.Attempt.AGAIN);
  private static final Turn DONE = json(200, "");
  private static final Turn ABSENT = error(404, "NOT_FOUND");
  private static final Turn NO_PORTSIP = answer(404, "Content-Type: text/html\r\n", "<html>");

  private final MovableClock clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
  @TempDir private Path directory;
  private Optional<ScriptedServer> pbx = Optional.empty();
  private Optional<PbxAdapter> adapter = Optional.empty();

  private static Turn error(int status, String code) {
    return json(
        status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"'ada' is wrong\"}]}");
  }

  private PbxAdapter answering(Turn... turns) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "static-token");
    return open("token: file:" + token + "\nupdate-mode: merge", turns);
  }

  private PbxAdapter signingIn(Turn... turns) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "hidden-password");
    return open("username: bridge\npassword: file:" + password, turns);
  }

  private PbxAdapter open(String settings, Turn... turns) {
    var server = ScriptedServer.start(turns);
    var section = Section.of("base-url: " + server.uri() + "\n" + settings);
    pbx = Optional.of(server);
    adapter = Optional.of(new PortSipDialect().open("office", section, clock, () -> 1));
    return adapter.get();
  }

  private long sent(String what) {
    return pbx.orElseThrow().requests().stream().filter(it -> it.startsWith(what)).count();
  }

  @AfterEach
  void close() {
    adapter.ifPresent(PbxAdapter::close);
    pbx.ifPresent(ScriptedServer::close);
  }

  @ParameterizedTest
  @CsvSource({
    "400, VALIDATE_FAILED, INVALID",
    "422, UNKNOWN, INVALID",
    "418, '', INVALID",
    "402, '', QUOTA",
    "403, UNAUTHORIZED, FORBIDDEN",
    "400, MAX_EXTENSIONS, QUOTA",
    "400, LENGTH_LIMIT, INVALID",
    "404, NOT_FOUND, INVALID",
    "405, '', UNSUPPORTED",
    "409, CONFLICT, CONFLICT"
  })
  void aRefusalIsRejected(int status, String code, Reason reason) throws IOException {
    var pbx = answering(error(status, code));

    assertThatThrownBy(() -> pbx.apply(CREATE))
        .isInstanceOfSatisfying(Rejected.class, no -> assertThat(no.reason()).isEqualTo(reason))
        .hasMessageContaining("pbx 'office' answered " + status)
        .hasMessageContaining(code)
        .hasMessageNotContaining("ada");
  }

  @Test
  void aChangeOfWhatIsGoneIsRejectedAsAbsent() throws IOException {
    var pbx = answering(ABSENT);

    assertThatThrownBy(() -> pbx.apply(new PbxCall.ChangeRole(ADA, "QueueManager")))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.ABSENT));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 501, 502, 503, 504, 599})
  void aServerErrorLeavesAnEffectUnknown(int status) throws IOException {
    var pbx = answering(error(status, "UNKNOWN"));

    assertThatThrownBy(() -> pbx.apply(CREATE)).isInstanceOf(OutcomeUnknown.class);
    assertThatThrownBy(() -> pbx.apply(DELETE)).isInstanceOf(OutcomeUnknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 408, 409, 500, 503})
  void whateverKeepsAReadFromItsAnswerIsUnavailable(int status) throws IOException {
    var pbx = answering(error(status, "UNKNOWN"));

    assertThatThrownBy(() -> pbx.user(ADA)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(pbx::roles).isInstanceOf(Unavailable.class);
  }

  @Test
  void theReadBeforeAnUpdateLeavesNoDoubt() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "static-token");
    var pbx = open("token: file:" + token, error(500, "UNKNOWN"));
    var update = new PbxCall.UpdateGroup(SALES, new PbxGroup("Sales", Optional.empty()));

    assertThatThrownBy(() -> pbx.apply(update)).isInstanceOf(Unavailable.class);
    assertThat(sent("POST")).isZero();
  }

  @Test
  void allRequestsOfACallTogetherKeepItsLimit() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "static-token");
    var pbx = open("token: file:" + token + "\ncall-limit: 3s", json(200, "{}"), silence());
    var update = new PbxCall.UpdateGroup(SALES, new PbxGroup("Sales", Optional.empty()));
    long start = System.nanoTime();

    assertThatThrownBy(() -> pbx.apply(update)).isInstanceOf(OutcomeUnknown.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void aReadThatTakesHalfTheTimeLeavesTheEffectUnsent() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "static-token");
    var pbx = open("token: file:" + token + "\ncall-limit: 800ms", silence());
    var update = new PbxCall.UpdateGroup(SALES, new PbxGroup("Sales", Optional.empty()));

    assertThatThrownBy(() -> pbx.apply(update)).isInstanceOf(Unavailable.class);
    assertThat(sent("POST")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"'', PT30S", "'Retry-After: 7\r\n', PT7S"})
  void throttlingSaysWhenToComeBack(String header, Duration wait) throws IOException {
    var pbx = answering(answer(429, header, ""));

    assertThatThrownBy(() -> pbx.apply(CREATE))
        .isInstanceOfSatisfying(
            Unavailable.class,
            later -> {
              assertThat(later.why()).isEqualTo(Cause.THROTTLED);
              assertThat(later.retryAfter()).isEqualTo(wait);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"id\":null}", "{\"id\":\" \"}", "[1]", "not json", "{\"id\":"})
  void aCreateWithoutAnIdIsUnknown(String body) throws IOException {
    var pbx = answering(json(201, body));

    assertThatThrownBy(() -> pbx.apply(CREATE)).isInstanceOf(OutcomeUnknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void aPasswordPolicyThatCannotBeSeenIsTheStrictest(int status) throws IOException {
    var pbx = answering(error(status, "UNKNOWN"));

    assertThat(pbx.passwordPolicy())
        .isEqualTo(new PasswordPolicy(6, 32, true, true, true, true, true, true));
  }

  @Test
  void aWebPageIsNoSuccess() throws IOException {
    var pbx = answering(answer(200, "Content-Type: text/html\r\n", "<html>"));

    assertThatThrownBy(() -> pbx.apply(DELETE)).isInstanceOf(OutcomeUnknown.class);
    assertThatThrownBy(() -> pbx.user(ADA)).isInstanceOf(Unavailable.class);
  }

  @Test
  void whatIsGoneNeedsNoTakingAway() throws IOException {
    var pbx = answering(ABSENT);

    assertThat(pbx.apply(DELETE)).isEqualTo(ADA);
    assertThat(pbx.apply(new PbxCall.DeleteGroup(SALES))).isEqualTo(SALES);
    assertThat(pbx.apply(new PbxCall.UnbindMicrosoft365(ADA))).isEqualTo(ADA);
    assertThat(pbx.apply(REMOVE)).isEqualTo(SALES);
    assertThat(pbx.user(ADA)).isEmpty();
    assertThat(pbx.isMember(SALES, "0100")).isFalse();
    assertThat(sent("")).isEqualTo(9); // a look each at user, group and member
  }

  @Test
  void whatIsStillThereWasNotTakenAway() throws IOException {
    var there = json(200, "{\"id\":\"NzA\"}");
    var pbx = answering(ABSENT, there, ABSENT, there);

    assertThatThrownBy(() -> pbx.apply(DELETE)).isInstanceOf(Unavailable.class);
  }

  @Test
  void whatIsStillThereIsTakenAwayOnceMore() throws IOException {
    var pbx = answering(ABSENT, json(200, "{\"id\":\"NzA\"}"), json(204, ""));

    assertThat(pbx.apply(DELETE)).isEqualTo(ADA);
  }

  @Test
  void a404OfSomethingElseIsNoAbsence() throws IOException {
    var pbx = answering(NO_PORTSIP);

    assertThatThrownBy(() -> pbx.apply(DELETE)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> pbx.user(ADA)).isInstanceOf(Unavailable.class);
  }

  @Test
  void aBare404IsAnAbsenceWherePortSipAnswersOtherwise() throws IOException {
    var pbx = answering(json(404, ""), json(200, "{\"count\":0,\"items\":[]}"), ABSENT);

    assertThat(pbx.apply(DELETE)).isEqualTo(ADA);
  }

  @Test
  void aMemberAlreadyThereIsAdded() throws IOException {
    var pbx = answering(error(400, "VALIDATE_FAILED"), json(200, "{\"id\":\"NzA\"}"));

    assertThat(pbx.apply(ADD)).isEqualTo(SALES);
  }

  @Test
  void aMemberRefusedAndNotThereIsRejected() throws IOException {
    var pbx = answering(error(400, "VALIDATE_FAILED"), ABSENT);

    assertThatThrownBy(() -> pbx.apply(ADD))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.INVALID));
  }

  @Test
  void aMemberThatStaysIsNotRemoved() throws IOException {
    var pbx = answering(error(400, "VALIDATE_FAILED"), json(200, "{\"id\":\"NzA\"}"));

    assertThatThrownBy(() -> pbx.apply(REMOVE)).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 400, 404})
  void aBindingThatMayBeOursIsMadeAnew(int unbound) throws IOException {
    var answer = unbound == 204 ? json(204, "") : error(unbound, "UNKNOWN");
    var pbx = answering(error(400, "VALIDATE_FAILED"), answer, DONE);

    assertThat(pbx.apply(BIND_AGAIN)).isEqualTo(ADA);
    assertThat(sent("POST /api/users/NzA/ms365_binding/destroy ")).isEqualTo(1);
    assertThat(sent("POST /api/users/NzA/ms365_binding ")).isEqualTo(2);
  }

  @Test
  void aRefusedBindingLeavesWhatIsBound() throws IOException {
    var pbx = answering(error(400, "VALIDATE_FAILED"));

    assertThatThrownBy(() -> pbx.apply(BIND)).isInstanceOf(Rejected.class);
    assertThat(sent("POST /api/users/NzA/ms365_binding/destroy ")).isZero();
  }

  private static final PbxCall UNBIND = new PbxCall.UnbindMicrosoft365(ADA);

  @Test
  void aRefusalToUnbindIsNoneOfSomebodyUnbound() throws IOException {
    var pbx = answering(error(400, "VALIDATE_FAILED"));

    assertThatThrownBy(() -> pbx.apply(UNBIND)).isInstanceOf(Rejected.class);
  }

  private static final PbxCall UNBIND_GRACE = new PbxCall.UnbindMicrosoft365(new PbxRef("Grace"));

  @Test
  void anUnbindingIsOneRequestUntilOneIsRefused() throws IOException {
    var pbx = answering(json(204, ""), error(400, "VALIDATE_FAILED"));

    assertThat(pbx.apply(UNBIND)).isEqualTo(ADA);
    assertThat(pbx.apply(UNBIND)).isEqualTo(ADA); // whoever was unbound has none
    assertThatThrownBy(() -> pbx.apply(UNBIND_GRACE)).isInstanceOf(Rejected.class);
    assertThat(sent("")).isEqualTo(3);
  }

  @Test
  void whoWasBoundAgainMayHaveABinding() throws IOException {
    var pbx = answering(json(204, ""), DONE, error(400, "VALIDATE_FAILED"));

    assertThat(pbx.apply(UNBIND)).isEqualTo(ADA);
    assertThat(pbx.apply(BIND)).isEqualTo(ADA);
    assertThatThrownBy(() -> pbx.apply(UNBIND)).isInstanceOf(Rejected.class);
  }

  @Test
  void theRefusalThatFollowsAnUnbindingIsThatOfSomebodyUnbound() throws IOException {
    var none = error(400, "VALIDATE_FAILED");
    var pbx = answering(none, json(204, ""), none, none, error(400, "INTEGRATION_OFF"), none);

    assertThatThrownBy(() -> pbx.apply(UNBIND_GRACE)).isInstanceOf(Rejected.class);
    assertThat(pbx.apply(UNBIND)).isEqualTo(ADA);
    pbx.apply(UNBIND_GRACE);
    assertThatThrownBy(() -> pbx.apply(UNBIND_GRACE)).isInstanceOf(Rejected.class);
    pbx.apply(UNBIND_GRACE);
    assertThat(sent("")).isEqualTo(6);
  }

  @Test
  void whatFollowsAnUnbindingIsAskedOnce() throws IOException {
    var refused = error(400, "VALIDATE_FAILED");
    var pbx = answering(refused, json(204, ""), ABSENT, refused, json(204, ""));

    assertThatThrownBy(() -> pbx.apply(UNBIND_GRACE)).isInstanceOf(Rejected.class);
    assertThat(pbx.apply(UNBIND)).isEqualTo(ADA);
    assertThatThrownBy(() -> pbx.apply(UNBIND_GRACE)).isInstanceOf(Rejected.class);
    pbx.apply(UNBIND_GRACE);
    assertThat(sent("")).isEqualTo(5);
  }

  @Test
  void anUnbindingThatMayStillComeIsUnknown() throws IOException {
    var pbx = answering(error(400, "VALIDATE_FAILED"), json(204, ""), error(503, "UNKNOWN"));

    assertThatThrownBy(() -> pbx.apply(UNBIND_GRACE)).isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> pbx.apply(UNBIND)).isInstanceOf(OutcomeUnknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SystemAdmin", "replicator", "DEALER"})
  void rolesBeyondTheTenantAreNeverGiven(String role) throws IOException {
    var pbx = answering(DONE);

    assertThatThrownBy(() -> pbx.apply(new PbxCall.ChangeRole(ADA, role)))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.FORBIDDEN));
    assertThat(sent("")).isZero();
  }

  @Test
  void anUpdateOfAFixedFieldIsRejectedUnsent() throws IOException {
    var pbx = answering(DONE);
    var update = new PbxCall.UpdateUser(ADA, USER, Set.of(PbxField.NAME), Map.of());

    assertThatThrownBy(() -> pbx.apply(update))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNSUPPORTED));
    assertThat(sent("")).isZero();
  }

  @Test
  void aStaticTokenThatIsRefusedIsNotTriedTwice() throws IOException {
    var pbx = answering(error(401, "UNAUTHORIZED"));

    assertLoginRefused(() -> pbx.apply(DELETE));
    assertThat(sent("")).isEqualTo(1);
  }

  private static final String TOKEN = "{\"access_token\":\"a\",\"expires_in\":1800}";

  @Test
  void anEndedSessionIsSignedInAgainOnce() throws IOException {
    var pbx =
        signingIn(
            json(200, TOKEN),
            error(401, "UNAUTHORIZED"),
            json(200, TOKEN.replace("a\",", "b\",")),
            DONE);

    assertThat(pbx.apply(DELETE)).isEqualTo(ADA);
    assertThat(sent("POST /api/auth/sign_in")).isEqualTo(2);
    assertThat(sent("POST /api/users/NzA/destroy")).isEqualTo(2);
  }

  @Test
  void aFreshTokenThatIsRefusedEndsTheCall() throws IOException {
    var no = error(401, "UNAUTHORIZED");
    var pbx = signingIn(json(200, TOKEN), no, json(200, TOKEN.replace("a\",", "b\",")), no);

    assertLoginRefused(() -> pbx.apply(DELETE));
    assertThat(sent("")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void aRefusedSignInIsNotRepeatedForHalfAMinute(int status) throws IOException {
    var pbx = signingIn(error(status, "UNAUTHORIZED"), json(200, TOKEN), DONE);

    assertLoginRefused(() -> pbx.apply(DELETE));
    assertLoginRefused(() -> pbx.apply(DELETE));
    assertThat(sent("")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(31));

    assertThat(pbx.apply(DELETE)).isEqualTo(ADA);
  }

  @Test
  void aSecondFactorIsNamed() throws IOException {
    var pbx = signingIn(json(200, "{\"two_factor_enabled\":true,\"token\":\"t\"}"));

    assertThat(assertLoginRefused(() -> pbx.apply(DELETE))).hasMessageContaining("second factor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"access_token\":\"two\\nlines\"}"})
  void aSignInWithoutATokenIsUnavailable(String body) throws IOException {
    var pbx = signingIn(json(200, body));

    assertThatThrownBy(() -> pbx.apply(CREATE)).isInstanceOf(Unavailable.class);
  }

  @Test
  void aPbxThatFailsAtSignInHasDoneNothing() throws IOException {
    var pbx = signingIn(json(500, ""), ScriptedServer.reset());

    assertThatThrownBy(() -> pbx.apply(CREATE)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> pbx.apply(CREATE)).isInstanceOf(Unavailable.class);
  }

  private static Throwable assertLoginRefused(Runnable call) {
    var thrown = catchThrowable(call::run);
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Unavailable.class, it -> assertThat(it.why()).isEqualTo(Cause.LOGIN_REFUSED));
    return thrown;
  }
}
