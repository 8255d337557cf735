package dev.patchbay.plan;

import dev.patchbay.config.Secret;
import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.SetExtensionPassword;
import dev.patchbay.pbx.api.PbxCall.SetPassword;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The fewest calls that take a phone system from what it is known to hold to what is wanted. What
 * takes rights away comes first and what gives them last, since whatever follows may fail.
 */
public final class Planner {
  private static final Set<PbxField> KEYS = EnumSet.of(PbxField.NAME, PbxField.EXTENSION);
  private static final Set<PbxField> OWN_CALL = EnumSet.of(PbxField.ROLE, PbxField.MICROSOFT365);

  private final BiPredicate<String, String> roleLowers;

  /**
   * @param roleLowers whether going from the first role to the second takes rights away
   */
  public Planner(BiPredicate<String, String> roleLowers) {
    this.roleLowers = roleLowers;
  }

  /**
   * The calls for a user whose existence is certain.
   *
   * @param secrets asked only when the user has to be created
   */
  public ProvisioningPlan user(
      Applied applied, Optional<PbxUser> wanted, Asked asked, Supplier<PbxSecrets> secrets) {
    if (wanted.isEmpty()) {
      return own(applied.ref().map(DeleteUser::new));
    }
    var user = wanted.get();
    if (applied.ref().isEmpty()) {
      return new ProvisioningPlan(create(user, secrets.get()), List.of());
    }
    var ref = applied.ref().get();
    if (!KEYS.stream().allMatch(key -> applied.holds(key, user.get(key)))) {
      var calls = new ArrayList<PbxCall>();
      calls.add(new DeleteUser(ref)); // name and number are fixed once the user exists
      calls.addAll(create(user, secrets.get()));
      return new ProvisioningPlan(calls, List.of());
    }
    var differing = differing(applied, user, asked);
    var own = askedFor(differing, asked);
    var leftOver = EnumSet.copyOf(differing);
    leftOver.removeAll(own);
    return new ProvisioningPlan(
        changes(applied, ref, user, own, asked),
        changes(applied, ref, user, leftOver, Asked.everything(Set.of())));
  }

  /** Of what differs, what the request is about; the rest is left over from an earlier wish. */
  private static EnumSet<PbxField> askedFor(EnumSet<PbxField> differing, Asked asked) {
    var own = EnumSet.copyOf(differing);
    own.retainAll(asked.fields());
    return own;
  }

  /** The calls that only take away, need no look first and may go out at any time. */
  public List<PbxCall> urgent(Applied applied, Optional<PbxUser> wanted) {
    if (applied.ref().isEmpty()) {
      return List.of();
    }
    var ref = applied.ref().get();
    if (wanted.isEmpty()) {
      return List.of(new DeleteUser(ref));
    }
    var user = wanted.get();
    var calls = new ArrayList<PbxCall>();
    if (!user.enabled() && !applied.holds(PbxField.ENABLED, user.get(PbxField.ENABLED))) {
      calls.add(new UpdateUser(ref, user, EnumSet.of(PbxField.ENABLED), Optional.empty()));
    }
    if (user.get(PbxField.MICROSOFT365).isEmpty()
        && !applied.holds(PbxField.MICROSOFT365, Optional.empty())) {
      calls.add(new UnbindMicrosoft365(ref));
    }
    return calls;
  }

  /** The call for a group itself; its members are rows and planned apart. */
  public ProvisioningPlan group(Applied applied, Optional<PbxGroup> wanted) {
    if (wanted.isEmpty()) {
      return own(applied.ref().map(DeleteGroup::new));
    }
    var group = wanted.get();
    if (applied.ref().isEmpty()) {
      return own(Optional.of(new CreateGroup(group)));
    }
    boolean same =
        applied.holds(PbxField.NAME, Optional.of(group.name()))
            && applied.holds(PbxField.DESCRIPTION, group.description());
    return same
        ? ProvisioningPlan.NOTHING
        : own(Optional.of(new UpdateGroup(applied.ref().get(), group)));
  }

  /** The call for a role; its name is fixed. */
  public ProvisioningPlan role(Applied applied, Optional<PbxRole> wanted) {
    if (wanted.isEmpty()) {
      return own(applied.ref().map(DeleteRole::new));
    }
    var role = wanted.get();
    if (applied.ref().isEmpty()) {
      return own(Optional.of(new CreateRole(role)));
    }
    var fields = role.fields();
    boolean same =
        Stream.of(PbxField.DESCRIPTION, PbxField.PERMISSIONS)
            .allMatch(it -> applied.holds(it, Optional.ofNullable(fields.get(it))));
    return same
        ? ProvisioningPlan.NOTHING
        : own(Optional.of(new UpdateRole(applied.ref().get(), role)));
  }

  private static ProvisioningPlan own(Optional<? extends PbxCall> call) {
    return new ProvisioningPlan(call.<List<PbxCall>>map(List::of).orElse(List.of()), List.of());
  }

  private static List<PbxCall> create(PbxUser user, PbxSecrets secrets) {
    var calls = new ArrayList<PbxCall>();
    calls.add(new CreateUser(user.with(PbxField.MICROSOFT365, Optional.empty()), secrets));
    user.get(PbxField.MICROSOFT365).ifPresent(id -> calls.add(new BindMicrosoft365(CREATED, id)));
    return calls;
  }

  /** Stands for the user a plan creates; the runner puts the real reference in its place. */
  public static final PbxRef CREATED = new PbxRef("(created by this plan)");

  private EnumSet<PbxField> differing(Applied applied, PbxUser user, Asked asked) {
    var differing = EnumSet.noneOf(PbxField.class);
    for (PbxField field : PbxField.values()) {
      if (!KEYS.contains(field)
          && !applied.holds(field, user.get(field))
          && (!asked.blocked().contains(field) || takesAway(field, applied, user))) {
        differing.add(field);
      }
    }
    return differing;
  }

  private boolean takesAway(PbxField field, Applied applied, PbxUser user) {
    return (field == PbxField.ENABLED && !user.enabled())
        || (field == PbxField.MICROSOFT365 && user.get(field).isEmpty())
        || (field == PbxField.ROLE && lowersRole(applied, user));
  }

  private boolean lowersRole(Applied applied, PbxUser user) {
    var held = applied.fields().get(PbxField.ROLE);
    return held != null
        && user.get(PbxField.ROLE).filter(role -> roleLowers.test(held, role)).isPresent();
  }

  private List<PbxCall> changes(
      Applied applied, PbxRef ref, PbxUser user, Set<PbxField> fields, Asked asked) {
    var update = update(ref, user, fields, asked.voicemailPin());
    boolean enabledMoves = fields.contains(PbxField.ENABLED);
    boolean leaves = enabledMoves && !user.enabled();
    boolean arrives = enabledMoves && user.enabled();
    var role = role(ref, user, fields);
    boolean roleFirst = role.isPresent() && lowersRole(applied, user);
    boolean binds = fields.contains(PbxField.MICROSOFT365);
    boolean unbindFirst = binds && user.get(PbxField.MICROSOFT365).isEmpty();
    var calls = new ArrayList<PbxCall>();
    update.filter(call -> leaves).ifPresent(calls::add);
    role.filter(call -> roleFirst).ifPresent(calls::add);
    if (unbindFirst) {
      calls.addAll(binding(applied, ref, user));
    }
    // Secrets cannot be sent later, so that little else is undone where they cannot be sent now.
    asked.password().ifPresent(secret -> calls.add(new SetPassword(ref, secret)));
    asked.extensionPassword().ifPresent(secret -> calls.add(new SetExtensionPassword(ref, secret)));
    update.filter(call -> !enabledMoves).ifPresent(calls::add);
    role.filter(call -> !roleFirst).ifPresent(calls::add);
    if (binds && !unbindFirst) {
      calls.addAll(binding(applied, ref, user));
    }
    update.filter(call -> arrives).ifPresent(calls::add);
    return calls;
  }

  /** Whether the call takes something away from a user; a role's rank is a setting. */
  public boolean takesAway(PbxCall call, Applied applied) {
    return call instanceof ChangeRole(PbxRef ref, String role)
        ? Optional.ofNullable(applied.fields().get(PbxField.ROLE))
            .filter(held -> roleLowers.test(held, role))
            .isPresent()
        : PlannedCall.takesAway(call);
  }

  private static Optional<UpdateUser> update(
      PbxRef ref, PbxUser user, Set<PbxField> fields, Optional<Secret> pin) {
    var profile = EnumSet.noneOf(PbxField.class);
    profile.addAll(fields);
    profile.removeAll(OWN_CALL);
    return profile.isEmpty() && pin.isEmpty()
        ? Optional.empty()
        : Optional.of(new UpdateUser(ref, user, profile, pin));
  }

  private static Optional<ChangeRole> role(PbxRef ref, PbxUser user, Set<PbxField> fields) {
    return fields.contains(PbxField.ROLE)
        ? user.get(PbxField.ROLE).map(role -> new ChangeRole(ref, role))
        : Optional.empty();
  }

  private static List<PbxCall> binding(Applied applied, PbxRef ref, PbxUser user) {
    var calls = new ArrayList<PbxCall>();
    if (!applied.holds(PbxField.MICROSOFT365, Optional.empty())) {
      calls.add(new UnbindMicrosoft365(ref));
    }
    user.get(PbxField.MICROSOFT365).ifPresent(id -> calls.add(new BindMicrosoft365(ref, id)));
    return calls;
  }
}
