package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.Database;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.PatchApplier;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.directory.Reservations;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.mapping.Mapping;
import dev.patchbay.mapping.MappingSettings;
import dev.patchbay.mapping.PasswordSettings;
import dev.patchbay.mapping.ScimPath;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.mapping.ServedTypes;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxStatus;
import dev.patchbay.plan.Planner;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Makes SCIM writes true on one tenant's phone system; docs/explanation/write-protocol.md says how.
 * Every method returns once the answer is known to be true: done on the PBX, or kept in the journal
 * and shown as pending. What is refused throws {@link dev.patchbay.schema.Refusal}, what cannot be
 * done now {@link TryLater}.
 */
public final class Provisioner implements AutoCloseable {
  private final ResourceType userType;
  private final ResourceType groupType;
  private final ResourceType roleType;
  private final UserCreates userCreates;
  private final UserWrites userWrites;
  private final UserRequests requests;
  private final RefusedChanges refusedChanges;
  private final GroupWrites groupWrites;
  private final RefusedMembers refusedMembers;
  private final UserMemberships memberships;
  private final GroupWrites roleWrites;
  private final RoleTarget roleTarget;
  private final RoleMirror roles;
  private final UserTarget userTarget;
  private final ServedTypes types;
  private final Leavers leavers;
  private final RecoveryWorker recovery;
  private final Inspection inspection;
  private final Cancellation cancellation;
  private final PhoneOperations phones;
  private final FollowedWork refused;
  private final Tenant tenant;

  private Provisioner(Tenant tenant) {
    this.types = ServedTypes.of(tenant.adapter().capabilities(), tenant.targets().capabilities());
    this.userType = types.users();
    this.groupType = types.groups();
    this.roleType = types.roles();
    this.tenant = tenant;
    this.refused = new FollowedWork(tenant.name());
    this.phones = new PhoneOperations(tenant);
    var mapping = tenant.mapping();
    var planner = new Planner(mapping.roles()::lowers, tenant.adapter().capabilities());
    this.roleTarget = new RoleTarget(tenant, planner);
    this.roles = new RoleMirror(tenant, new RoleRecords(tenant, roleTarget));
    this.userTarget =
        new UserTarget(
            mapping, tenant.policy(), tenant.adapter(), roles, tenant.targets().capabilities());
    var gifts = new Gifts(mapping, roles);
    var groupTarget = new GroupTarget(tenant.adapter(), planner, mapping.groups(), gifts);
    var unclaimed = new UnclaimedChanges(tenant);
    new ChangedTemplates(tenant, unclaimed).look();
    var members = new MemberCalls(tenant, new GrantRunner(tenant, userTarget, this::changeUser));
    var groupRunner = new GroupRunner(tenant, groupTarget, unclaimed, members);
    this.groupWrites = new GroupWrites(tenant, groupTarget, groupRunner, unclaimed);
    this.refusedMembers = new RefusedMembers(tenant, groupWrites, unclaimed);
    this.memberships = new UserMemberships(tenant, unclaimed, groupWrites);
    var roleRunner = new GroupRunner(tenant, roleTarget, unclaimed, members);
    this.roleWrites = new GroupWrites(tenant, roleTarget, roleRunner, unclaimed);
    this.leavers = new Leavers(tenant, userTarget);
    var extensions =
        Optional.of(mapping.extensions())
            .filter(it -> tenant.adapter().capabilities().holds(PbxField.EXTENSION));
    var retain = tenant.policy().delete().retain();
    var waiting = new WaitingGroups(tenant);
    var allocation =
        new Allocation(
            tenant.reservations(),
            mapping.naming(),
            extensions,
            retain,
            waiting,
            new Shown(userTarget));
    var runner = new UserRunner(tenant, userTarget, planner, allocation, memberships);
    var links = new UserLinks(tenant);
    this.userCreates = new UserCreates(tenant, userTarget, runner, allocation, links, waiting);
    this.userWrites = new UserWrites(tenant, userTarget, runner, memberships::takeOut, links);
    this.requests = new UserRequests(userType, userTarget);
    this.refusedChanges = new RefusedChanges(userWrites, userTarget, leavers);
    this.cancellation =
        new Cancellation(tenant, userTarget, groupTarget, roleTarget, memberships, unclaimed);
    this.inspection =
        new Inspection(
            tenant,
            new UserInspection(
                tenant, userTarget, runner, new Recovered(tenant, userWrites::recover)),
            new GroupInspection(tenant, groupTarget, new Recovered(tenant, groupWrites::recover)));
    this.recovery =
        new RecoveryWorker(
            tenant,
            new Retention(tenant, runner),
            userWrites::recover,
            groupWrites::recover,
            roleWrites::recover);
  }

  /** As the other, without targets. */
  public static Provisioner open(
      String tenant,
      Database database,
      PbxAdapter adapter,
      MappingSettings mapping,
      ProvisioningPolicy policy,
      Optional<SecretSeal> seal,
      Clock clock) {
    return open(tenant, database, adapter, mapping, policy, seal, List.of(), clock);
  }

  /**
   * Opens the write path of {@code tenant} and takes up work that an earlier process left open, or
   * another one leaves.
   *
   * @param seal with which secrets may wait in the store; empty: they must be sent again
   * @param targets further phone systems that have what this tenant wants; closed after it
   * @param clock the time that all processes of the store agree on
   */
  public static Provisioner open(
      String tenant,
      Database database,
      PbxAdapter adapter,
      MappingSettings mapping,
      ProvisioningPolicy policy,
      Optional<SecretSeal> seal,
      List<Target> targets,
      Clock clock) {
    var provisioner = paused(tenant, database, adapter, mapping, policy, seal, targets, clock);
    provisioner.recovery.start();
    provisioner.roles.start();
    provisioner.tenant.targets().start(provisioner.tenant);
    return provisioner;
  }

  /** As {@link #open}, but open work is taken up only by {@link #recover}, and there is no key. */
  static Provisioner paused(
      String tenant,
      Database database,
      PbxAdapter adapter,
      MappingSettings mapping,
      ProvisioningPolicy policy,
      Clock clock) {
    return paused(tenant, database, adapter, mapping, policy, Optional.empty(), clock);
  }

  /** As {@link #open}, but open work is taken up only by {@link #recover}. */
  static Provisioner paused(
      String tenant,
      Database database,
      PbxAdapter adapter,
      MappingSettings mapping,
      ProvisioningPolicy policy,
      Optional<SecretSeal> seal,
      Clock clock) {
    return paused(tenant, database, adapter, mapping, policy, seal, List.of(), clock);
  }

  /** As {@link #open}, but nothing is taken up but by {@link #recover}, targets included. */
  static Provisioner paused(
      String tenant,
      Database database,
      PbxAdapter adapter,
      MappingSettings mapping,
      ProvisioningPolicy policy,
      Optional<SecretSeal> seal,
      List<Target> targets,
      Clock clock) {
    var quietTime = adapter.capabilities().quietTime();
    var own = database.of(tenant);
    boolean withOthers = database.sharing(clock).withOthers();
    if (!withOthers) {
      own.run(handle -> Journal.abandonAll(handle, tenant, clock.instant(), quietTime));
    }
    if (!policy.brake().on()) {
      var unused =
          new SafetyBrake(tenant, own, clock).release(SafetyBrake.Kind.INBOUND, "settings");
    }
    return new Provisioner(
        new Tenant(
            tenant,
            own,
            new Reservations(tenant),
            adapter,
            Mapping.of(mapping, adapter),
            policy,
            new EntryLocks(),
            new Failures(own),
            new Reachability(),
            new SecureRandom(),
            seal,
            new Targets(targets, withOthers),
            clock,
            UUID.randomUUID().toString()));
  }

  /** Takes up, once, all open work that is due, and has the targets follow. */
  void recover() {
    recovery.round();
    tenant.targets().round(tenant);
  }

  PbxCapabilities capabilities() {
    return tenant.adapter().capabilities();
  }

  /** How long one write may take that waits for its turn and for its PBX. */
  Duration longestWrite() {
    var policy = tenant.policy();
    return policy
        .busyWait()
        .plus(policy.answerWithin())
        .plus(tenant.callEnd())
        .plus(tenant.callEnd());
  }

  /** Whether the settings say of what kind such a group is. */
  boolean choosesKind(ObjectNode group) {
    return tenant.mapping().groups().choose(group).isPresent();
  }

  /** {@code base} with only the part of {@code wish} that takes away; groups give the rest. */
  ObjectNode takingAway(ObjectNode base, ObjectNode wish) {
    var asked = wish.deepCopy();
    ScimPath.copy(List.of(ScimUser.PBX, "grants"), base, asked);
    return userTarget.offBoardingPart(base, asked);
  }

  /** Makes the directory's roles, once, what the PBX's are. */
  void refreshRoles() {
    roles.refresh();
  }

  /** What is served of users, groups and roles. */
  public ServedTypes types() {
    return types;
  }

  /** Whether a password that is sent to a user reaches the PBX. */
  public boolean changesPasswords() {
    return tenant.mapping().passwords().passwords() == PasswordSettings.Passwords.SYNC
        && tenant.adapter().capabilities().changes(PbxSecret.PASSWORD);
  }

  public Entry create(EntryType type, Sender sender, JsonNode body) {
    return switch (type) {
      case USER -> {
        var until = answerBy();
        var user = userCreates.create(sender.source(), requests.created(body, sender.idp()));
        memberships.rejoin(user.id());
        yield followed(user, until);
      }
      case GROUP -> {
        var until = answerBy();
        var group =
            groupWrites.create(
                sender.source(),
                new ResourceReader(groupType, sender.idp()).read(body),
                few(List.of(new MemberChange.Add(MemberChange.membersOf(body, sender.idp())))));
        followGroup(group.id(), until);
        yield group;
      }
      case ROLE ->
          role(
              () ->
                  roleWrites.create(
                      sender.source(),
                      roleTarget.completed(new ResourceReader(roleType, sender.idp()).read(body)),
                      List.of()));
    };
  }

  public Entry replace(EntryType type, Sender sender, String id, IfMatch ifMatch, JsonNode body) {
    return switch (type) {
      case USER ->
          followed(id, () -> refusedChanges.change(requests.replace(sender, id, ifMatch, body)));
      case GROUP ->
          groupFollowed(
              id,
              () ->
                  refusedMembers.change(
                      new GroupWrites.Change(
                          "replace",
                          sender.source(),
                          id,
                          ifMatch,
                          base ->
                              new Patched(
                                  new ResourceReader(groupType, sender.idp()).replace(base, body),
                                  few(GroupWrites.replacing(body, sender.idp()))))));
      case ROLE ->
          changeRole(
              "replace",
              sender,
              id,
              ifMatch,
              base -> new ResourceReader(roleType, sender.idp()).replace(base, body));
    };
  }

  public Entry patch(EntryType type, Sender sender, String id, IfMatch ifMatch, JsonNode patch) {
    return switch (type) {
      case USER ->
          followed(id, () -> refusedChanges.change(requests.patch(sender, id, ifMatch, patch)));
      case GROUP ->
          groupFollowed(
              id,
              () ->
                  refusedMembers.change(
                      new GroupWrites.Change(
                          "patch",
                          sender.source(),
                          id,
                          ifMatch,
                          base -> {
                            var patched = PatchApplier.apply(base, patch, groupType, sender.idp());
                            return new Patched(patched.resource(), few(patched.members()));
                          })));
      case ROLE ->
          changeRole(
              "patch",
              sender,
              id,
              ifMatch,
              base -> PatchApplier.apply(base, patch, roleType, sender.idp()).resource());
    };
  }

  private Entry changeUser(UserWrites.Change change) {
    return userWrites.change(change);
  }

  /** How many members one request may name. */
  public int membersPerRequest() {
    return tenant.policy().membersPerRequest();
  }

  /** Each costs memory, and the whole request takes place at once. */
  private List<MemberChange> few(List<MemberChange> changes) {
    int most = membersPerRequest();
    if (changes.stream().mapToInt(MemberChange::named).sum() > most) {
      throw new Refusal(Refusal.Kind.TOO_LARGE, "more than " + most + " members in one request");
    }
    return changes;
  }

  private Entry changeRole(
      String action, Sender sender, String id, IfMatch ifMatch, UnaryOperator<ObjectNode> request) {
    return role(
        () ->
            roleWrites.change(
                new GroupWrites.Change(
                    action,
                    sender.source(),
                    id,
                    ifMatch,
                    base -> new Patched(request.apply(base), List.of()))));
  }

  /** Whatever comes of it, the PBX may have made something else of it than was asked. */
  private Entry role(Supplier<Entry> write) {
    roleTarget.checkOffered();
    try {
      return write.get();
    } finally {
      roles.wake();
    }
  }

  /** A resource that is already gone is {@code NOT_FOUND}. */
  public void delete(EntryType type, Sender sender, String id, IfMatch ifMatch) {
    switch (type) {
      case USER -> {
        leavers.checkDelete(id);
        var until = answerBy();
        try {
          userWrites.delete(sender.source(), id, ifMatch);
          left(id, until);
        } finally {
          tenant.targets().wake(Followee.user(id));
        }
      }
      case GROUP -> {
        var until = answerBy();
        var above = aboveGroup(id);
        try {
          groupWrites.delete(sender.source(), id, ifMatch);
          followGroup(id, until);
        } finally {
          wakeGroups(id, above);
        }
      }
      case ROLE -> {
        roleTarget.checkOffered();
        roleWrites.delete(sender.source(), id, ifMatch);
      }
    }
  }

  /** Until when a client waits for what it asks for now. */
  private Instant answerBy() {
    return tenant.now().plus(tenant.policy().answerWithin());
  }

  /** What takes away may be kept by a refusal, too. */
  private Entry followed(String id, Supplier<Entry> write) {
    var until = answerBy();
    try {
      return followed(write.get(), until);
    } catch (RuntimeException refused) {
      tenant.targets().wake(Followee.user(id));
      throw refused;
    }
  }

  /** The user as it stands once every target that can has it, too. */
  private Entry followed(Entry user, Instant until) {
    if (tenant.targets().none()) {
      return user;
    }
    tenant.targets().follow(tenant, Followee.user(user.id()), until);
    return tenant.database().read(handle -> EntryStore.find(handle, user.id())).orElse(user);
  }

  private Entry groupFollowed(String id, Supplier<Entry> write) {
    var until = answerBy();
    try {
      var group = write.get();
      followGroup(id, until);
      return group;
    } finally {
      wakeGroups(id, aboveGroup(id));
    }
  }

  private void followGroup(String id, Instant until) {
    if (!tenant.targets().none()) {
      tenant.targets().follow(tenant, Followee.group(id), until);
    }
  }

  /** The people of a group are those of the groups it belongs to. */
  private Set<String> aboveGroup(String id) {
    return tenant.targets().none()
        ? Set.of()
        : tenant.database().read(handle -> NestedGroups.above(handle, id));
  }

  private void wakeGroups(String id, Set<String> above) {
    tenant.targets().wake(Followee.group(id));
    above.forEach(it -> tenant.targets().wake(Followee.group(it)));
  }

  /** A user that is deleted here is gone from every target, or its sender is told otherwise. */
  private void left(String id, Instant until) {
    if (tenant.targets().none()) {
      return;
    }
    tenant.targets().follow(tenant, Followee.user(id), until);
    if (!tenant.targets().gone(tenant, id)) {
      throw TryLater.unavailable(
          Duration.ofSeconds(5), "deleted here; a target has still to delete the user");
    }
  }

  /** Open work, off-boarding first, then the oldest. */
  public List<OpenWork> openWork(int limit) {
    return tenant
        .database()
        .read(handle -> refused.with(handle, OpenWork.list(handle, tenant.name(), limit), limit));
  }

  public OpenWork.Summary summary() {
    return tenant
        .database()
        .read(handle -> refused.with(handle, OpenWork.summary(handle, tenant.name())));
  }

  /**
   * Makes open work due now, with the parts that were given up if {@code unblocked}.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} when nothing is open on the entry, {@code
   *     CONFLICT} while a run is at it
   */
  public void retry(String id, boolean unblocked) {
    tenant
        .database()
        .run(
            handle -> {
              if (refused.retry(handle, id, tenant.now())) {
                return;
              }
              var open = Journal.find(handle, id).map(JournalEntry::tenant);
              if (!open.equals(Optional.of(tenant.name()))) {
                throw new Refusal(Refusal.Kind.NOT_FOUND, "nothing is open on '" + id + "'");
              }
              var now = tenant.now();
              var ended = now.minus(tenant.adapter().capabilities().quietTime());
              if (!OpenWork.retry(handle, tenant.name(), id, unblocked, now, ended)) {
                throw new Refusal(Refusal.Kind.CONFLICT, "it is being worked on at this moment");
              }
            });
  }

  /**
   * Takes back what open work has not done yet: the PBX is driven to what the directory said
   * before.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} when nothing is open on the entry, {@code
   *     CONFLICT} when nothing of it can be taken back
   */
  public void cancel(String id, String operator) {
    if (!tenant.database().write(handle -> refused.cancel(handle, id))) {
      cancellation.cancel(id, operator);
    }
  }

  /** How the user's phones are now, if the PBX says so. */
  public Optional<PbxStatus> status(String id) {
    return phones.status(id);
  }

  /**
   * Has the PBX make the settings file of a user's phones anew.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} where the user is not on the PBX
   */
  public void resetProfile(String id, String operator) {
    phones.resetProfile(id, operator);
  }

  /**
   * Signs a user's phones out.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} where the user is not on the PBX
   */
  public void endRegistrations(String id, String operator) {
    phones.endRegistrations(id, operator);
  }

  /** Looks at what the PBX has, and repairs it. */
  public Inspection inspection() {
    return inspection;
  }

  /** Whether the PBX could be reached when it was last called. */
  public Reachability reachability() {
    return tenant.reachability();
  }

  /** Stops taking up open work; what is under way ends first. */
  @Override
  public void close() {
    tenant.targets().close();
    roles.close();
    recovery.close();
  }
}
