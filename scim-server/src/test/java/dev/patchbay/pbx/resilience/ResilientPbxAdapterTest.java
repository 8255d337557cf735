package dev.patchbay.pbx.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ResilientPbxAdapterTest {
  private static final Duration OPEN_FOR = Duration.ofSeconds(10);
  private static final PbxCall REPEATABLE = new PbxCall.DeleteUser(new PbxRef("7"));
  private static final PbxCall CREATE =
      new PbxCall.CreateGroup(new PbxGroup("Sales", Optional.empty()));

  private final MovableClock clock = new MovableClock(Instant.parse("2025-03-01T12:00:00Z"));
  private final ScriptedPbx pbx = new ScriptedPbx();
  private final ResilientPbxAdapter adapter = adapter(1, 4);
  private final ResilientPbxAdapter patient = adapter(3, 100);

  private ResilientPbxAdapter adapter(int attempts, int window) {
    return new ResilientPbxAdapter(
        "office", pbx, new ResilienceSettings(attempts, window, 50, OPEN_FOR), clock);
  }

  private static PbxException down() {
    return new Unavailable(Cause.UNREACHABLE, Duration.ofSeconds(5), "refused");
  }

  private static PbxException lost() {
    return new OutcomeUnknown("no answer", null);
  }

  private void failTwice(Supplier<PbxException> with) {
    pbx.fails(2, with);
    for (int i = 0; i < 2; i++) {
      assertThat(catchThrowable(() -> adapter.apply(REPEATABLE))).isInstanceOf(PbxException.class);
    }
  }

  @Test
  void triesACallAgainThatDidNotBegin() {
    pbx.fails(2, ResilientPbxAdapterTest::down);

    patient.apply(REPEATABLE);

    assertThat(pbx.calls()).isEqualTo(3);
  }

  @Test
  void triesAReadAgain() {
    pbx.fails(1, ResilientPbxAdapterTest::down);

    assertThat(patient.roles()).containsExactly(ScriptedPbx.ROLE);
  }

  @Test
  void givesUpAfterItsAttempts() {
    pbx.fails(5, ResilientPbxAdapterTest::down);

    assertThatThrownBy(patient::roles).isInstanceOf(Unavailable.class).hasMessage("refused");
    assertThat(pbx.calls()).isEqualTo(3);
  }

  @Test
  void neverSendsACreateAgain() {
    pbx.fails(1, ResilientPbxAdapterTest::down);

    assertThatThrownBy(() -> patient.apply(CREATE)).isInstanceOf(Unavailable.class);
    assertThat(pbx.calls()).isEqualTo(1);
  }

  @Test
  void neverSendsACallAgainWhoseFateIsUnknown() {
    pbx.fails(1, ResilientPbxAdapterTest::lost);

    assertThatThrownBy(() -> patient.apply(REPEATABLE)).isInstanceOf(OutcomeUnknown.class);
    assertThat(pbx.calls()).isEqualTo(1);
  }

  @Test
  void doesNotPressAPbxThatAsksForFewerCalls() {
    pbx.fails(1, () -> new Unavailable(Cause.THROTTLED, Duration.ofSeconds(30), "slowly"));

    assertThatThrownBy(patient::roles).isInstanceOf(Unavailable.class);
    assertThat(pbx.calls()).isEqualTo(1);
  }

  @Test
  void tellsNoFailureRateOfTooFewCalls() {
    assertThat(adapter.failureRate()).isEmpty();
  }

  @Test
  void leavesAPbxAloneForNoLongerBecauseTheClockIsSetBack() {
    failTwice(ResilientPbxAdapterTest::lost);
    assertThat(adapter.circuit()).isEqualTo("open");

    clock.advance(Duration.ofDays(-1));
    assertThatThrownBy(adapter::roles).hasMessageContaining("left alone");
    clock.advance(OPEN_FOR.plusMillis(1));

    assertThat(adapter.roles()).containsExactly(ScriptedPbx.ROLE);
  }

  @Test
  void tellsItsLastTroubleWhenItIsOverToo() {
    assertThat(adapter.trouble()).isEmpty();
    pbx.fails(1, () -> new Unavailable(Cause.UNTRUSTED, Duration.ofSeconds(5), "expired"));
    assertThatThrownBy(adapter::roles).isInstanceOf(Unavailable.class);
    var at = clock.instant();

    clock.advance(Duration.ofMinutes(1));
    var unused = adapter.roles();

    assertThat(adapter.trouble())
        .contains(new PbxTrouble(at, PbxTrouble.Kind.CERTIFICATE, "expired"));
  }

  @Test
  void leavesAPbxAloneThatDoesNotAnswer() {
    failTwice(ResilientPbxAdapterTest::lost);

    assertThatThrownBy(() -> adapter.apply(CREATE))
        .asInstanceOf(type(Unavailable.class))
        .returns(OPEN_FOR, Unavailable::retryAfter)
        .returns(Cause.UNREACHABLE, Unavailable::why);
    assertThat(adapter.failureRate()).hasValue(100);
    assertThat(pbx.calls()).isEqualTo(2);
  }

  @Test
  void asksAPbxAgainThatWasLeftAloneLongEnough() {
    failTwice(ResilientPbxAdapterTest::down);
    clock.advance(OPEN_FOR.plusMillis(1));

    assertThat(adapter.roles()).isNotEmpty();
    assertThat(adapter.roles()).isNotEmpty();
    assertThat(adapter.roles()).isNotEmpty();
    assertThat(adapter.apply(CREATE)).isEqualTo(new PbxRef("7"));
  }

  @Test
  void knowsThePasswordPolicyOfAPbxThatIsLeftAlone() {
    adapter.passwordPolicy();
    failTwice(ResilientPbxAdapterTest::lost);
    failTwice(ResilientPbxAdapterTest::lost);
    assertThat(adapter.circuit()).isEqualTo("open");

    assertThat(adapter.passwordPolicy()).isEqualTo(ScriptedPbx.POLICY);
  }

  @Test
  void goesOnCallingAPbxThatRefuses() {
    failTwice(() -> new Rejected(Reason.INVALID, "no"));
    failTwice(() -> new Rejected(Reason.INVALID, "no"));

    assertThat(adapter.roles()).isNotEmpty();
  }

  @Test
  void goesOnCallingAPbxThatIsBusyOrDoesNotKnowOurToken() {
    failTwice(() -> new Unavailable(Cause.THROTTLED, Duration.ofSeconds(1), "slowly"));
    failTwice(() -> new Unavailable(Cause.LOGIN_REFUSED, Duration.ofSeconds(1), "who?"));

    assertThat(adapter.roles()).isNotEmpty();
  }

  @Test
  void ownsUpToTheTimeItsAttemptsTake() {
    assertThat(adapter.capabilities().callLimit()).isEqualTo(ScriptedPbx.CALL_LIMIT);
    assertThat(patient.capabilities().callLimit())
        .isGreaterThan(ScriptedPbx.CALL_LIMIT.multipliedBy(3));
  }
}
