package dev.patchbay.plan;

import dev.patchbay.config.Secret;
import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.Attempt;
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
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.api.PbxUser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * The fewest calls that take a phone system from what it is known to hold to what is wanted. What
 * takes rights away comes first and what gives them last, since whatever follows may fail.
 */
public final class Planner {
  private static final Set<PbxField> GROUP_FIELDS =
      EnumSet.of(PbxField.NAME, PbxField.DESCRIPTION, PbxField.OUTBOUND_CALLER_IDS);

  private final BiPredicate<String, String> roleLowers;
  private final PbxCapabilities pbx;

  /** Name and number, where they are fixed once the user exists. */
  private final Set<PbxField> keys;

  /**
   * @param roleLowers whether going from the first role to the second takes rights away
   */
  public Planner(BiPredicate<String, String> roleLowers, PbxCapabilities pbx) {
    this.roleLowers = roleLowers;
    this.pbx = pbx;
    this.keys = EnumSet.of(PbxField.NAME, PbxField.EXTENSION);
    keys.removeIf(pbx::changes);
  }

  /**
   * The calls for a user whose existence is certain, or whose PBX cannot be read.
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
      return new ProvisioningPlan(create(user, secrets.get(), attempt(applied)), List.of());
    }
    var ref = applied.ref().get();
    if (applied.isHalf() || !keys.stream().allMatch(key -> applied.holds(key, user.get(key)))) {
      var calls = new ArrayList<PbxCall>();
      calls.add(new DeleteUser(ref));
      calls.addAll(create(user, secrets.get(), Attempt.FIRST));
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
      calls.add(new UpdateUser(ref, user, EnumSet.of(PbxField.ENABLED), Map.of()));
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
    var fields = group.fields();
    var changed = EnumSet.copyOf(GROUP_FIELDS);
    changed.removeIf(it -> applied.holds(it, Optional.ofNullable(fields.get(it))));
    return changed.isEmpty()
        ? ProvisioningPlan.NOTHING
        : own(Optional.of(new UpdateGroup(applied.ref().get(), group, changed)));
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
    var changed = EnumSet.of(PbxField.DESCRIPTION, PbxField.PERMISSIONS);
    changed.removeIf(it -> applied.holds(it, Optional.ofNullable(fields.get(it))));
    return changed.isEmpty()
        ? ProvisioningPlan.NOTHING
        : own(Optional.of(new UpdateRole(applied.ref().get(), role, changed)));
  }

  private static ProvisioningPlan own(Optional<? extends PbxCall> call) {
    return new ProvisioningPlan(call.<List<PbxCall>>map(List::of).orElse(List.of()), List.of());
  }

  /** Its existence is in doubt to the end only where the PBX cannot be read. */
  private static Attempt attempt(Applied applied) {
    return applied.existence() == Applied.Existence.MAYBE ? Attempt.AGAIN : Attempt.FIRST;
  }

  private static List<PbxCall> create(PbxUser user, PbxSecrets secrets, Attempt attempt) {
    var calls = new ArrayList<PbxCall>();
    var account = user.with(PbxField.MICROSOFT365, Optional.empty());
    for (PbxField kind : PbxField.PARTS) {
      account = account.with(kind, Optional.empty());
    }
    calls.add(new CreateUser(account, secrets, attempt));
    user.get(PbxField.MICROSOFT365).ifPresent(id -> calls.add(new BindMicrosoft365(CREATED, id)));
    PbxField.PARTS.forEach(kind -> calls.addAll(PartCalls.ofNew(kind, CREATED, user)));
    return calls;
  }

  /** Stands for the user a plan creates; the runner puts the real reference in its place. */
  public static final PbxRef CREATED = new PbxRef("(created by this plan)");

  private EnumSet<PbxField> differing(Applied applied, PbxUser user, Asked asked) {
    var differing = EnumSet.noneOf(PbxField.class);
    for (PbxField field : PbxField.values()) {
      if (!keys.contains(field)
          && pbx.changes(field)
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
    return lowersRole(applied, user.get(PbxField.ROLE));
  }

  private boolean lowersRole(Applied applied, Optional<String> wanted) {
    var held = applied.fields().get(PbxField.ROLE);
    return held != null && wanted.filter(role -> roleLowers.test(held, role)).isPresent();
  }

  /** When a change comes: what takes away first, what gives last. */
  private enum Step {
    LEAVE,
    LOWER,
    UNBIND,
    // Secrets cannot be sent later, so that little else is undone where they cannot be sent now.
    SECRETS,
    PROFILE,
    RAISE,
    BIND,
    PARTS,
    ARRIVE
  }

  private List<PbxCall> changes(
      Applied applied, PbxRef ref, PbxUser user, Set<PbxField> fields, Asked asked) {
    var steps = new EnumMap<Step, List<PbxCall>>(Step.class);
    var rest = EnumSet.noneOf(PbxField.class);
    rest.addAll(fields);
    var secrets = new EnumMap<PbxSecret, Secret>(PbxSecret.class);
    secrets.putAll(asked.secrets());
    for (PbxUpdate update : pbx.updates()) {
      update(update, ref, user, rest, secrets)
          .ifPresent(call -> add(steps, step(call, applied), call));
    }
    if (rest.contains(PbxField.ROLE)) {
      user.get(PbxField.ROLE)
          .ifPresent(
              role ->
                  add(
                      steps,
                      lowersRole(applied, user) ? Step.LOWER : Step.RAISE,
                      new ChangeRole(ref, role)));
    }
    if (rest.contains(PbxField.MICROSOFT365)) {
      boolean unbinds = user.get(PbxField.MICROSOFT365).isEmpty();
      binding(applied, ref, user)
          .forEach(call -> add(steps, unbinds ? Step.UNBIND : Step.BIND, call));
    }
    PbxField.PARTS.stream()
        .filter(rest::contains)
        .flatMap(kind -> PartCalls.of(kind, applied, ref, user).stream())
        .forEach(call -> add(steps, Step.PARTS, call));
    Optional.ofNullable(secrets.get(PbxSecret.PASSWORD))
        .ifPresent(it -> add(steps, Step.SECRETS, new SetPassword(ref, it)));
    Optional.ofNullable(secrets.get(PbxSecret.EXTENSION_PASSWORD))
        .ifPresent(it -> add(steps, Step.SECRETS, new SetExtensionPassword(ref, it)));
    return steps.values().stream().flatMap(List::stream).toList();
  }

  private static void add(Map<Step, List<PbxCall>> steps, Step step, PbxCall call) {
    steps.computeIfAbsent(step, it -> new ArrayList<>()).add(call);
  }

  /** The call for what it can set of these fields and secrets, which it takes out of them. */
  private static Optional<UpdateUser> update(
      PbxUpdate update,
      PbxRef ref,
      PbxUser user,
      Set<PbxField> fields,
      Map<PbxSecret, Secret> secrets) {
    var changed = EnumSet.copyOf(fields);
    changed.retainAll(update.fields());
    fields.removeAll(changed);
    var carried = new EnumMap<PbxSecret, Secret>(PbxSecret.class);
    carried.putAll(secrets);
    carried.keySet().retainAll(update.secrets());
    secrets.keySet().removeAll(carried.keySet());
    return changed.isEmpty() && carried.isEmpty()
        ? Optional.empty()
        : Optional.of(new UpdateUser(ref, user, changed, carried));
  }

  private Step step(UpdateUser update, Applied applied) {
    if (update.changed().contains(PbxField.ENABLED)) {
      return update.user().enabled() ? Step.ARRIVE : Step.LEAVE;
    }
    if (update.changed().contains(PbxField.ROLE) && lowersRole(applied, update.user())) {
      return Step.LOWER;
    }
    return update.secrets().containsKey(PbxSecret.PASSWORD) ? Step.SECRETS : Step.PROFILE;
  }

  /** Whether the call takes something away from a user; a role's rank is a setting. */
  public boolean takesAway(PbxCall call, Applied applied) {
    if (call instanceof ChangeRole(PbxRef ref, String role)) {
      return lowersRole(applied, Optional.of(role));
    }
    boolean lowers =
        call instanceof UpdateUser update
            && update.changed().contains(PbxField.ROLE)
            && lowersRole(applied, update.user());
    return lowers || PlannedCall.takesAway(call);
  }

  private static List<PbxCall> binding(Applied applied, PbxRef ref, PbxUser user) {
    var wanted = user.get(PbxField.MICROSOFT365);
    if (wanted.isPresent() && applied.maybe().contains(PbxField.MICROSOFT365)) {
      return List.of(new BindMicrosoft365(ref, wanted.get(), Attempt.AGAIN));
    }
    var calls = new ArrayList<PbxCall>();
    if (!applied.holds(PbxField.MICROSOFT365, Optional.empty())) {
      calls.add(new UnbindMicrosoft365(ref));
    }
    wanted.ifPresent(id -> calls.add(new BindMicrosoft365(ref, id)));
    return calls;
  }
}
