package dev.patchbay.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.AddSpeedDial;
import dev.patchbay.pbx.api.PbxCall.AssignPhone;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.ChangePhone;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.ChangeSpeedDial;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.RemovePhone;
import dev.patchbay.pbx.api.PbxCall.RemoveSpeedDial;
import dev.patchbay.pbx.api.PbxCall.SetExtensionPassword;
import dev.patchbay.pbx.api.PbxCall.SetPassword;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the adapter of a phone system keeps that can be told effects and asked nothing; one that can
 * be read keeps {@link PbxAdapterContract}.
 */
@Timeout(60)
public abstract class PbxEffectsContract {
  private static final PbxRef NOBODY = new PbxRef("nobody");
  private static final Secret PASSWORD = Secret.of("Blue-7-Kettle-Sings");
  private static final PbxGroup GROUP = new PbxGroup("Sales", Optional.empty());
  private static final PbxPart PART = new PbxPart("8/2", Map.of());
  private static final PbxRole ROLE = new PbxRole("Desk", Optional.empty(), Set.of());
  protected static final PbxSecrets SECRETS =
      new PbxSecrets(PASSWORD, Secret.of("Green-9-Spoon-Falls"), Secret.of("749205"));

  /** What happens to a call between us and the PBX. */
  protected enum Trouble {
    /** The connection is cut before the PBX reads the call. */
    CUT,
    /** The PBX does it and the answer is lost. */
    ANSWER_LOST,
    /** The PBX does it and answers after the call limit. */
    LATE,
    /** The PBX reports a fault of its own. */
    SERVER_ERROR,
    THROTTLED
  }

  protected abstract PbxAdapter adapter();

  /** Lets the next effect, and nothing else, come to this. */
  protected abstract void next(Trouble trouble);

  /** A user whom nothing keeps from being made. */
  protected abstract PbxUser ada();

  /** How many effects the PBX was sent. */
  protected abstract int sent();

  private PbxRef create(PbxUser user) {
    return adapter().apply(new CreateUser(user, SECRETS));
  }

  private static List<PbxCall> calls(PbxUser user) {
    return List.of(
        new CreateUser(user, SECRETS),
        new UpdateUser(NOBODY, user, Set.of(PbxField.EMAIL), Map.of()),
        new ChangeRole(NOBODY, "any"),
        new SetPassword(NOBODY, PASSWORD),
        new SetExtensionPassword(NOBODY, PASSWORD),
        new BindMicrosoft365(NOBODY, "ada@example.com"),
        new UnbindMicrosoft365(NOBODY),
        new DeleteUser(NOBODY),
        new CreateGroup(GROUP),
        new UpdateGroup(NOBODY, GROUP),
        new DeleteGroup(NOBODY),
        new AddMember(NOBODY, "0100"),
        new RemoveMember(NOBODY, "0100"),
        new CreateRole(ROLE),
        new UpdateRole(NOBODY, ROLE),
        new DeleteRole(NOBODY),
        new AssignPhone(NOBODY, PART),
        new ChangePhone(NOBODY, PART),
        new RemovePhone(NOBODY, PART),
        new AddSpeedDial(NOBODY, PART),
        new ChangeSpeedDial(NOBODY, PART),
        new RemoveSpeedDial(NOBODY, PART),
        new PbxCall.JoinLine(NOBODY, PART),
        new PbxCall.ChangeLine(NOBODY, PART),
        new PbxCall.LeaveLine(NOBODY, PART),
        new PbxCall.ResetProfile(NOBODY),
        new PbxCall.EndRegistrations(NOBODY));
  }

  @Test
  void whatIsNotOfferedIsUnsupportedAndNotSent() {
    var missing =
        calls(ada()).stream()
            .filter(call -> !adapter().capabilities().offers(call.getClass()))
            .toList();

    for (PbxCall call : missing) {
      assertThatThrownBy(() -> adapter().apply(call))
          .as(call.name())
          .isInstanceOfSatisfying(
              Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNSUPPORTED));
    }
    assertThat(missing).isNotEmpty();
    assertThat(sent()).isZero();
  }

  @Test
  void whatCannotBeReadIsNotGuessed() {
    assertThat(adapter().capabilities().reading()).isEqualTo(PbxReading.NOTHING);
    List<Runnable> reads =
        List.of(
            () -> adapter().users(),
            () -> adapter().user(NOBODY),
            () -> adapter().usersWith("ada", "0100"),
            () -> adapter().groups(),
            () -> adapter().group(NOBODY),
            () -> adapter().groupNamed("Sales"),
            () -> adapter().isMember(NOBODY, "0100"),
            () -> adapter().members(NOBODY));

    for (Runnable read : reads) {
      assertThatThrownBy(read::run)
          .isInstanceOfSatisfying(
              Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNSUPPORTED));
    }
    assertThat(sent()).isZero();
  }

  @Test
  void canonicalFormsAreStable() {
    PbxUser once = adapter().canonical(ada().with(PbxField.ADDRESS, Optional.of("")));

    assertThat(adapter().canonical(once)).isEqualTo(once);
  }

  @Test
  void aTakenNameIsRejected() {
    create(ada());

    assertThatThrownBy(() -> create(ada()))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(ofATakenName()));
  }

  /** Why a taken name is refused, as far as the PBX tells. */
  protected Reason ofATakenName() {
    return Reason.CONFLICT;
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "ANSWER_LOST", "LATE", "SERVER_ERROR"})
  protected void aCreateWithoutAClearAnswerIsUnknownAndSentOnce(Trouble trouble) {
    next(trouble);

    assertThatThrownBy(() -> create(ada())).isInstanceOf(OutcomeUnknown.class);
    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void aThrottledCreateHasNotBegun() {
    next(Trouble.THROTTLED);

    assertThatThrownBy(() -> create(ada()))
        .isInstanceOfSatisfying(
            Unavailable.class,
            later -> {
              assertThat(later.why()).isEqualTo(Cause.THROTTLED);
              assertThat(later.retryAfter()).isPositive();
            });
  }

  @Test
  void nothingPrintsASecret() {
    next(Trouble.SERVER_ERROR);
    var create = new CreateUser(ada(), SECRETS);

    var thrown = catchThrowable(() -> adapter().apply(create));

    assertThat(create.toString()).doesNotContain(PASSWORD.reveal());
    assertThat(thrown.toString()).doesNotContain(PASSWORD.reveal());
  }
}
