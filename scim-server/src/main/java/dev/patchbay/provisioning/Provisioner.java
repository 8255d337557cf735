package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.Database;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Reservations;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.mapping.Mapping;
import dev.patchbay.mapping.MappingSettings;
import dev.patchbay.mapping.PasswordSettings;
import dev.patchbay.mapping.ScimPath;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.mapping.ServedTypes;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxStatus;
import dev.patchbay.plan.Planner;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes SCIM writes true on one tenant's phone system; docs/explanation/write-protocol.md says how.
 * Every method returns once the answer is known to be true: done on the PBX, or kept in the journal
 * and shown as pending. What is refused throws {@link dev.patchbay.schema.Refusal}, what cannot be
 * done now {@link TryLater}.
 *
 * <p>Of what it is long with, half puts the parts of the write path together, in one place, and
 * half hands a request to one of them.
 */
public final class Provisioner implements AutoCloseable {
  private final UserWrites userWrites;
  private final Served users;
  private final Served groups;
  private final Served roles;
  private final OperatedWork work;
  private final RoleMirror mirror;
  private final UserTarget userTarget;
  private final ServedTypes types;
  private final RecoveryWorker recovery;
  private final UserInspection lookedAt;
  private final Inspection inspection;
  private final PhoneOperations phones;
  private final Tenant tenant;

  private Provisioner(Tenant tenant) {
    this.types = ServedTypes.of(tenant.adapter().capabilities(), tenant.targets().capabilities());
    this.tenant = tenant;
    this.phones = new PhoneOperations(tenant);
    var mapping = tenant.mapping();
    var planner = new Planner(mapping.roles()::lowers, tenant.adapter().capabilities());
    var roleTarget = new RoleTarget(tenant, planner);
    this.mirror = new RoleMirror(tenant, new RoleRecords(tenant, roleTarget));
    this.userTarget =
        new UserTarget(
            mapping, tenant.policy(), tenant.adapter(), mirror, tenant.targets().capabilities());
    var gifts = new Gifts(mapping, mirror);
    var groupTarget = new GroupTarget(tenant.adapter(), planner, mapping.groups(), gifts);
    var unclaimed = new UnclaimedChanges(tenant);
    new ChangedTemplates(tenant, unclaimed).look();
    var grants = new GrantRunner(tenant, userTarget, this::changeUser);
    var members = new MemberCalls(tenant, grants, new RefusedJoins(tenant, this::losesUser));
    var groupRunner = new GroupRunner(tenant, groupTarget, unclaimed, members);
    var groupRecovery = new GroupRecovery(tenant, groupTarget, groupRunner);
    var groupWrites = new GroupWrites(tenant, groupTarget, groupRunner, groupRecovery, unclaimed);
    var groupCreates = new GroupCreates(tenant, groupTarget, groupRunner);
    var memberships = new UserMemberships(tenant, unclaimed, groupRecovery);
    var roleRunner = new GroupRunner(tenant, roleTarget, unclaimed, members);
    var roleRecovery = new GroupRecovery(tenant, roleTarget, roleRunner);
    var roleWrites = new GroupWrites(tenant, roleTarget, roleRunner, roleRecovery, unclaimed);
    var roleCreates = new GroupCreates(tenant, roleTarget, roleRunner);
    var leavers = new Leavers(tenant, userTarget);
    var retain = tenant.policy().delete().retain();
    var waiting = new WaitingGroups(tenant);
    var allocation =
        new Allocation(
            tenant.reservations(),
            mapping.naming(),
            user -> Optional.of(mapping.extensions()).filter(it -> userTarget.hasNumber(user)),
            retain,
            waiting,
            new Shown(userTarget));
    var runner = new UserRunner(tenant, userTarget, planner, allocation, memberships);
    var links = new UserLinks(tenant);
    var userCreates = new UserCreates(tenant, userTarget, runner, allocation, links, waiting);
    this.userWrites = new UserWrites(tenant, userTarget, runner, memberships::takeOut, links);
    var requests = new UserRequests(types.users(), userTarget);
    var refusedChanges = new RefusedChanges(userWrites, userTarget, leavers);
    var cancellation =
        new Cancellation(tenant, userTarget, groupTarget, roleTarget, memberships, unclaimed);
    this.users = new ServedUsers(tenant, requests, userCreates, refusedChanges, memberships);
    this.groups = new ServedGroups(tenant, types.groups(), groupCreates, groupWrites);
    this.roles = new ServedRoles(types.roles(), roleCreates, roleWrites, roleTarget, mirror);
    this.work = new OperatedWork(tenant, new FollowedWork(tenant.name()), cancellation);
    this.lookedAt =
        new UserInspection(tenant, userTarget, runner, new Recovered(tenant, userWrites::recover));
    this.inspection =
        new Inspection(
            tenant,
            lookedAt,
            new GroupInspection(
                tenant, groupTarget, new Recovered(tenant, groupRecovery::recover)));
    this.recovery =
        new RecoveryWorker(
            tenant,
            new Retention(tenant, runner),
            userWrites::recover,
            groupRecovery::recover,
            roleRecovery::recover);
  }

  private boolean losesUser(String id) {
    return lookedAt.loses(id);
  }

  private Entry changeUser(UserWrites.Change change) {
    return userWrites.change(change);
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
    provisioner.mirror.start();
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
    mirror.refresh();
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
    return served(type).create(sender, body);
  }

  public Entry replace(EntryType type, Sender sender, String id, IfMatch ifMatch, JsonNode body) {
    return served(type).replace(sender, id, ifMatch, body);
  }

  public Entry patch(EntryType type, Sender sender, String id, IfMatch ifMatch, JsonNode patch) {
    return served(type).patch(sender, id, ifMatch, patch);
  }

  /** A resource that is already gone is {@code NOT_FOUND}. */
  public void delete(EntryType type, Sender sender, String id, IfMatch ifMatch) {
    served(type).delete(sender, id, ifMatch);
  }

  private Served served(EntryType type) {
    return switch (type) {
      case USER -> users;
      case GROUP -> groups;
      case ROLE -> roles;
    };
  }

  /** How many members one request may name. */
  public int membersPerRequest() {
    return tenant.policy().membersPerRequest();
  }

  /** Open work, off-boarding first, then the oldest. */
  public List<OpenWork> openWork(int limit) {
    return work.list(limit);
  }

  public OpenWork.Summary summary() {
    return work.summary();
  }

  /**
   * Makes open work due now, with the parts that were given up if {@code unblocked}.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} when nothing is open on the entry, {@code
   *     CONFLICT} while a run is at it
   */
  public void retry(String id, boolean unblocked) {
    work.retry(id, unblocked);
  }

  /**
   * Gives an entry that this target refuses for its name the account that was left there under it.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} when nothing of the entry is refused
   *     here, {@code CONFLICT} when no account of nobody's has the name
   */
  public void adopt(String id) {
    work.adopt(id);
  }

  /**
   * Takes back what open work has not done yet: the PBX is driven to what the directory said
   * before.
   *
   * @throws dev.patchbay.schema.Refusal {@code NOT_FOUND} when nothing is open on the entry, {@code
   *     CONFLICT} when nothing of it can be taken back
   */
  public void cancel(String id, String operator) {
    work.cancel(id, operator);
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
    mirror.close();
    recovery.close();
  }
}
