package dev.patchbay.plan;

import static java.util.stream.Collectors.toSet;

import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.AtOnce;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.ChangeMembers;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.OfPart;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.SetExtensionPassword;
import dev.patchbay.pbx.api.PbxCall.SetPassword;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What sending a call puts in doubt, and what is known once it is done. */
public final class PlannedCall {
  private PlannedCall() {}

  /** The fields the call may change; empty where only a secret or a membership moves. */
  public static Set<PbxField> touches(PbxCall call) {
    return switch (call) {
      case UpdateUser update -> update.changed();
      case ChangeRole role -> EnumSet.of(PbxField.ROLE);
      case BindMicrosoft365 bind -> EnumSet.of(PbxField.MICROSOFT365);
      case UnbindMicrosoft365 unbind -> EnumSet.of(PbxField.MICROSOFT365);
      case UpdateGroup update -> update.changed();
      case CreateUser create -> create.user().fields().keySet();
      case DeleteUser delete -> EnumSet.allOf(PbxField.class);
      case CreateGroup create -> create.group().fields().keySet();
      case DeleteGroup delete -> EnumSet.allOf(PbxField.class);
      case CreateRole create -> create.role().fields().keySet();
      case UpdateRole update -> EnumSet.of(PbxField.DESCRIPTION, PbxField.PERMISSIONS);
      case DeleteRole delete -> EnumSet.allOf(PbxField.class);
      case SetPassword password -> Set.of();
      case SetExtensionPassword password -> Set.of();
      case AddMember add -> Set.of();
      case RemoveMember remove -> Set.of();
      case ChangeMembers change -> Set.of();
      case OfPart part -> EnumSet.of(part.field());
      case AtOnce operation -> Set.of();
    };
  }

  /** {@code applied} while the call's outcome is open. */
  public static Applied doubt(Applied applied, PbxCall call) {
    return switch (call) {
      // What yields is kept of a later read only where it may be ours.
      case CreateUser create -> applied.doubtingExistence().doubting(yielding(touches(call)));
      case DeleteUser delete -> applied.doubtingExistence();
      case CreateGroup create -> applied.doubtingExistence().doubting(yielding(touches(call)));
      case DeleteGroup delete -> applied.doubtingExistence();
      case CreateRole create -> applied.doubtingExistence();
      case DeleteRole delete -> applied.doubtingExistence();
      case UpdateUser update -> applied.doubting(touches(call));
      case ChangeRole role -> applied.doubting(touches(call));
      case BindMicrosoft365 bind -> applied.doubting(touches(call));
      case UnbindMicrosoft365 unbind -> applied.doubting(touches(call));
      case UpdateGroup update -> applied.doubting(touches(call));
      case UpdateRole update -> applied.doubting(touches(call));
      case SetPassword password -> applied;
      case SetExtensionPassword password -> applied;
      case AddMember add -> applied;
      case RemoveMember remove -> applied;
      case ChangeMembers change -> applied;
      case OfPart part -> doubt(applied, part);
      case AtOnce operation -> applied;
    };
  }

  private static Set<PbxField> yielding(Set<PbxField> fields) {
    return fields.stream().filter(PbxField::yields).collect(toSet());
  }

  /** A part that may have come is noted, so that it is known to be ours when it is seen. */
  private static Applied doubt(Applied applied, OfPart call) {
    var noted = applied.parts(call.field());
    boolean comes = !call.removes() && noted.get(call.part().key()).isEmpty();
    return (comes ? applied.known(call.field(), noted.with(call.part())) : applied)
        .doubting(touches(call));
  }

  private static Applied done(Applied applied, OfPart call, PbxRef ref) {
    var noted = applied.parts(call.field());
    var part = call.part();
    var now = call.removes() ? noted.without(part.key()) : noted.with(part.with(id(ref)));
    return applied.known(call.field(), now);
  }

  private static Optional<String> id(PbxRef part) {
    return Optional.of(part.id());
  }

  /** {@code applied} while the outcomes of all these calls are open. */
  public static Applied doubt(Applied applied, List<PbxCall> calls) {
    var doubts = applied;
    for (PbxCall call : calls) {
      doubts = doubt(doubts, call);
    }
    return doubts;
  }

  /** {@code applied} after the call succeeded and answered with {@code ref}. */
  public static Applied done(Applied applied, PbxCall call, PbxRef ref) {
    return switch (call) {
      case CreateUser create -> Applied.present(ref, create.user().fields());
      case CreateGroup create -> Applied.present(ref, create.group().fields());
      case DeleteUser delete -> Applied.NOTHING;
      case DeleteGroup delete -> Applied.NOTHING;
      case CreateRole create -> Applied.present(ref, create.role().fields());
      case DeleteRole delete -> Applied.NOTHING;
      case UpdateUser update -> applied.known(update.changed(), update.user().fields());
      case ChangeRole role -> applied.known(touches(call), Map.of(PbxField.ROLE, role.role()));
      case BindMicrosoft365 bind ->
          applied.known(touches(call), Map.of(PbxField.MICROSOFT365, bind.microsoftId()));
      case UnbindMicrosoft365 unbind -> applied.known(touches(call), Map.of());
      case UpdateGroup update -> applied.known(touches(call), update.group().fields());
      case UpdateRole update -> applied.known(touches(call), update.role().fields());
      case SetPassword password -> applied;
      case SetExtensionPassword password -> applied;
      case AddMember add -> applied;
      case RemoveMember remove -> applied;
      case ChangeMembers change -> applied;
      case OfPart part -> done(applied, part, ref);
      case AtOnce operation -> applied;
    };
  }

  /** Whether the call takes something away, whatever was held before. */
  static boolean takesAway(PbxCall call) {
    return switch (call) {
      case DeleteUser delete -> true;
      case DeleteGroup delete -> true;
      case DeleteRole delete -> true;
      case UnbindMicrosoft365 unbind -> true;
      case RemoveMember remove -> true;
      case ChangeMembers change -> change.takesAway();
      case UpdateUser update ->
          update.changed().contains(PbxField.ENABLED) && !update.user().enabled();
      case ChangeRole role -> false;
      case BindMicrosoft365 bind -> false;
      case CreateUser create -> false;
      case CreateGroup create -> false;
      case UpdateGroup update -> false;
      case CreateRole create -> false;
      case UpdateRole update -> false;
      case SetPassword password -> false;
      case SetExtensionPassword password -> false;
      case AddMember add -> false;
      case OfPart part -> false;
      case AtOnce operation -> false;
    };
  }

  /** The part of a refused joint update that takes away, to be sent alone, if it has one. */
  public static Optional<PbxCall> offBoardingPart(PbxCall call, Predicate<PbxCall> takesAway) {
    if (!(call instanceof UpdateUser(var ref, var user, var changed, var secrets))) {
      return Optional.empty();
    }
    var part = EnumSet.of(PbxField.ENABLED, PbxField.ROLE);
    part.retainAll(changed);
    part.removeIf(it -> !takesAway.test(new UpdateUser(ref, user, EnumSet.of(it), Map.of())));
    boolean wasAlone = part.equals(changed) && secrets.isEmpty();
    return part.isEmpty() || wasAlone
        ? Optional.empty()
        : Optional.of(new UpdateUser(ref, user, part, Map.of()));
  }
}
