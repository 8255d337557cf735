package dev.patchbay.provisioning;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.api.PbxUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A phone system in memory whose answers can be spoilt, call by call. */
final class InMemoryPbx implements PbxAdapter {
  /** How a call is spoilt. */
  enum Fault {
    REJECTED,
    UNAVAILABLE,
    /** No answer, and nothing happened. */
    LOST_BEFORE,
    /** No answer, and it happened. */
    LOST_AFTER,
    /** No answer, and it happens when the quiet time is nearly over. */
    LATE,
    /** Our process dies before the call leaves it. */
    CRASH_BEFORE,
    /** Our process dies before it can note the answer. */
    CRASH_AFTER,
    /** Our process dies while the call is under way, and it happens later. */
    CRASH_LATE,
    /** From now on such calls are refused. */
    REFUSED_FOR_GOOD,
    /** Another request comes before the call leaves. */
    MEANWHILE,
    /** The answer comes so late that another process has taken over. */
    FROZEN,
    /** What was given up happens just before the call does. */
    OVERTAKEN
  }

  /** Says at each call and read how it is spoilt. */
  interface Script {
    /** Spoils nothing. */
    Script NONE =
        new Script() {
          @Override
          public Optional<Fault> call(PbxCall call) {
            return Optional.empty();
          }

          @Override
          public Optional<Fault> read() {
            return Optional.empty();
          }
        };

    Optional<Fault> call(PbxCall call);

    Optional<Fault> read();

    /** Between a call and its answer. */
    default void frozen() {}
  }

  /** The death of our process: nothing it does reaches anybody from then on. */
  static final class Crash extends Error {
    Crash() {
      super("the process died", null, false, false);
    }
  }

  private record Spoilt(Predicate<PbxCall> which, Fault fault) {}

  private record Kept(PbxUser user, Instant createdAt) {}

  private final Clock clock;
  private final Duration quietTime;
  private final Map<String, Kept> users = new LinkedHashMap<>();
  private final Map<String, PbxGroup> groups = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final Map<String, PbxGroup> services = new LinkedHashMap<>(); // by reference
  private final Map<String, PbxRole> roles = new LinkedHashMap<>();
  private final Map<String, Secret> passwords = new LinkedHashMap<>();
  private final List<PbxCall> calls = new ArrayList<>();
  private final List<Spoilt> faults = new ArrayList<>();
  private final Map<Integer, Fault> planned = new HashMap<>();
  private final Map<PbxCall, Instant> late = new LinkedHashMap<>();
  private int arrived;
  private boolean dead;
  private boolean down;
  private boolean asked; // for the password policy
  private volatile boolean rolesInSettings;
  private volatile boolean companiesFixed;
  private volatile boolean renames;
  private volatile Runnable before = () -> {};
  private final Set<Class<?>> refused = new HashSet<>();
  private Script script = Script.NONE;
  private int parallel = 4;
  private Duration lateAfter;
  private int ids;

  InMemoryPbx(Clock clock, Duration quietTime) {
    this.clock = clock;
    this.quietTime = quietTime;
    this.lateAfter = quietTime.minusMillis(1);
    for (String name : List.of("StandardUser", "QueueManager", "Custom")) {
      roles.put("r-" + name, new PbxRole(name, Optional.empty(), Set.of("calls.internal")));
    }
  }

  /** Spoils no more than it did. */
  synchronized void heal() {
    faults.clear();
  }

  synchronized void spoil(Class<? extends PbxCall> type, Fault fault) {
    faults.add(new Spoilt(type::isInstance, fault));
  }

  synchronized void spoil(Predicate<PbxCall> which, Fault fault) {
    faults.add(new Spoilt(which, fault));
  }

  /** Spoils calls by their place among those that arrive from now on, the first being 0. */
  synchronized void spoil(Map<Integer, Fault> places) {
    planned.clear();
    planned.putAll(places);
    arrived = 0;
  }

  /** Our process dies. */
  synchronized void die() {
    dead = true;
  }

  synchronized boolean dead() {
    return dead;
  }

  /** A new process calls; what was spoilt before stays so. */
  synchronized void revive() {
    dead = false;
  }

  /** How many calls arrived since places were counted. */
  synchronized int arrived() {
    return arrived;
  }

  /**
   * Its roles are known from the settings: reading them is no call, and answers while it is down.
   */
  void nameRolesInSettings() {
    rolesInSettings = true;
  }

  synchronized void down(boolean now) {
    down = now;
  }

  /** Names of the calls that arrived since the last time this was asked. */
  synchronized List<String> calls() {
    var names = calls.stream().map(PbxCall::name).toList();
    calls.clear();
    return names;
  }

  synchronized List<PbxUser> all() {
    return users.values().stream().map(Kept::user).toList();
  }

  synchronized Optional<PbxUser> named(String name) {
    return all().stream().filter(u -> u.get(PbxField.NAME).equals(Optional.of(name))).findFirst();
  }

  synchronized Optional<String> password(String name) {
    return users.entrySet().stream()
        .filter(user -> user.getValue().user().get(PbxField.NAME).equals(Optional.of(name)))
        .map(user -> passwords.get(user.getKey()).reveal())
        .findFirst();
  }

  synchronized Map<String, Set<String>> groupMembers() {
    var byName = new LinkedHashMap<String, Set<String>>();
    groups.forEach((id, group) -> byName.put(group.name(), new TreeSet<>(membersOf(id))));
    services.forEach((id, group) -> byName.put(group.name(), new TreeSet<>(membersOf(id))));
    return byName;
  }

  /** How many groups were made; services are none. */
  synchronized int userGroups() {
    return groups.size();
  }

  synchronized Optional<PbxRole> roleNamed(String name) {
    return roles.values().stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /** A user that somebody made on the PBX itself. */
  synchronized void stranger(String name, String extension) {
    var user = new PbxUser(Map.of(PbxField.NAME, name, PbxField.EXTENSION, extension));
    users.put("s" + ++ids, new Kept(user, clock.instant().minus(Duration.ofDays(100))));
  }

  /** A call queue that stands on the PBX, with somebody in it whom nobody here knows. */
  synchronized void queue(String id, String name, String... extensions) {
    var ref = PbxService.CALL_QUEUE.ref(id).id();
    services.put(ref, new PbxGroup(name, Optional.empty()));
    membersOf(ref).addAll(Set.of(extensions));
  }

  /** Somebody deletes the queue on the PBX itself. */
  synchronized void loseQueue(String id) {
    services.remove(PbxService.CALL_QUEUE.ref(id).id());
    members.remove(PbxService.CALL_QUEUE.ref(id).id());
  }

  /** Who is in the queue. */
  synchronized Set<String> inQueue(String id) {
    return new TreeSet<>(membersOf(PbxService.CALL_QUEUE.ref(id).id()));
  }

  /** Somebody deletes the user on the PBX itself, out of all its groups. */
  synchronized void lose(String name) {
    named(name)
        .flatMap(user -> user.get(PbxField.EXTENSION))
        .ifPresent(extension -> members.values().forEach(group -> group.remove(extension)));
    users.values().removeIf(kept -> kept.user().get(PbxField.NAME).equals(Optional.of(name)));
  }

  /** Somebody deletes the group on the PBX itself. */
  synchronized void loseGroup(String name) {
    groups.values().removeIf(group -> group.name().equals(name));
    members.keySet().removeIf(id -> !groups.containsKey(id) && !services.containsKey(id));
  }

  @Override
  public PbxCapabilities capabilities() {
    var whole = whole();
    return rolesInSettings
        ? new PbxCapabilities(
            whole.calls(),
            PbxReading.ALL_BUT_ROLES,
            whole.fields(),
            whole.updates(),
            whole.secrets(),
            whole.permissions(),
            whole.pace(),
            whole.services())
        : whole;
  }

  /** Users can be renamed from now on. */
  void rename() {
    renames = true;
  }

  /** A user's company cannot be changed from now on. */
  void fixCompanies() {
    companiesFixed = true;
  }

  private PbxCapabilities whole() {
    var all = changingAll();
    var whole = renames ? withName(all) : all;
    return companiesFixed
        ? new PbxCapabilities(
            whole.calls(),
            whole.reading(),
            whole.fields(),
            whole.updates().stream().map(InMemoryPbx::withoutCompany).toList(),
            whole.secrets(),
            whole.permissions(),
            whole.pace(),
            whole.services())
        : whole;
  }

  private static PbxCapabilities withName(PbxCapabilities all) {
    var first = all.updates().getFirst();
    var fields = new HashSet<>(first.fields());
    fields.add(PbxField.NAME);
    return new PbxCapabilities(
        all.calls(),
        all.reading(),
        all.fields(),
        List.of(new PbxUpdate(fields, first.secrets())),
        all.secrets(),
        all.permissions(),
        all.pace(),
        all.services());
  }

  private static PbxUpdate withoutCompany(PbxUpdate update) {
    var fields = new HashSet<>(update.fields());
    fields.remove(PbxField.COMPANY);
    return new PbxUpdate(fields, update.secrets());
  }

  private PbxCapabilities changingAll() {
    return PbxCapabilities.whole(
            PbxFields.all()
                .withRequired(Set.of(PbxField.EMAIL))
                .withUnread(Set.of(PbxField.MICROSOFT365))
                .withMaxLength(Map.of(PbxField.NAME, 64, PbxField.DEPARTMENT, 128)),
            new PbxPermissions(Set.of("calls.internal", "calls.abroad"), Set.of("users.write")),
            new PbxPace(Duration.ofSeconds(10), quietTime, parallel))
        .withServices(Set.of(PbxService.CALL_QUEUE));
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return desired;
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return desired;
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    script
        .read()
        .ifPresent(
            fault -> {
              throw unavailable();
            });
    synchronized (this) {
      if (!asked) {
        reachable();
        asked = true;
      }
    }
    return new PasswordPolicy(6, 32, false, false, false, false, false, false);
  }

  @Override
  public List<Found<PbxRole>> roles() {
    if (rolesInSettings) {
      return List.of();
    }
    return read(
        () ->
            roles.entrySet().stream()
                .map(
                    it ->
                        found(
                            it.getKey(),
                            new PbxRole(
                                it.getValue().name(), it.getValue().description(), Set.of())))
                .toList());
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return read(() -> Optional.ofNullable(roles.get(ref.id())).map(it -> found(ref.id(), it)));
  }

  /** A question the PBX answers if it can be reached. */
  private <T> T read(Supplier<T> answer) {
    script
        .read()
        .ifPresent(
            fault -> {
              throw unavailable();
            });
    synchronized (this) {
      reachable();
      return answer.get();
    }
  }

  private static Found<PbxRole> found(String id, PbxRole role) {
    boolean builtIn = Set.of("StandardUser", "QueueManager").contains(role.name());
    return new Found<>(new PbxRef(id), role, Optional.empty(), builtIn);
  }

  /** Somebody makes, changes or renames a role on the PBX itself. */
  synchronized void role(String id, String name, String... permissions) {
    var before = Optional.ofNullable(roles.get(id)).map(PbxRole::name);
    roles.put(id, new PbxRole(name, Optional.empty(), Set.of(permissions)));
    users.replaceAll(
        (key, kept) ->
            kept.user().get(PbxField.ROLE).equals(before)
                ? new Kept(kept.user().with(PbxField.ROLE, Optional.of(name)), kept.createdAt())
                : kept);
  }

  /** Somebody deletes a role on the PBX itself, whose users get the usual one. */
  synchronized void loseRole(String id) {
    var before = Optional.ofNullable(roles.remove(id)).map(PbxRole::name);
    users.replaceAll(
        (key, kept) ->
            kept.user().get(PbxField.ROLE).equals(before)
                ? new Kept(
                    kept.user().with(PbxField.ROLE, Optional.of("StandardUser")), kept.createdAt())
                : kept);
  }

  @Override
  public Stream<Found<PbxUser>> users() {
    return read(() -> new ArrayList<>(users.entrySet()).stream().map(InMemoryPbx::found));
  }

  private static Found<PbxUser> found(Map.Entry<String, Kept> kept) {
    var user = kept.getValue().user().with(PbxField.MICROSOFT365, Optional.empty());
    for (PbxField kind : PbxField.PARTS) {
      user = user.with(kind, Optional.empty());
    }
    return new Found<>(
        new PbxRef(kept.getKey()), user, Optional.of(kept.getValue().createdAt()), false);
  }

  @Override
  public Optional<Found<PbxUser>> user(PbxRef ref) {
    reading.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    return read(
        () ->
            users.entrySet().stream()
                .filter(kept -> kept.getKey().equals(ref.id()))
                .map(InMemoryPbx::found)
                .findFirst());
  }

  @Override
  public PbxParts parts(PbxRef user, PbxField kind) {
    return read(
        () ->
            PbxParts.of(
                Optional.ofNullable(users.get(user.id()))
                    .map(kept -> held(kept, kind))
                    .orElse(PbxParts.NONE)
                    .byKey()
                    .values()
                    .stream()
                    .map(part -> part.with(Optional.of(idOf(part))))
                    .toList()));
  }

  @Override
  public List<Found<PbxUser>> usersWith(String name, String extension) {
    return read(
        () ->
            users.entrySet().stream()
                .filter(kept -> has(kept.getValue().user(), name, extension))
                .map(InMemoryPbx::found)
                .toList());
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return read(
        () ->
            Optional.ofNullable(groups.getOrDefault(ref.id(), services.get(ref.id())))
                .map(group -> new Found<>(ref, group, Optional.empty(), false)));
  }

  @Override
  public Optional<Found<PbxGroup>> groupNamed(String name) {
    return read(
        () ->
            groups.entrySet().stream()
                .filter(group -> group.getValue().name().equalsIgnoreCase(name))
                .map(
                    group ->
                        new Found<>(
                            new PbxRef(group.getKey()), group.getValue(), Optional.empty(), false))
                .findFirst());
  }

  @Override
  public Stream<Found<PbxGroup>> groups() {
    return read(
        () ->
            groups.keySet().stream().toList().stream()
                .map(id -> new Found<>(new PbxRef(id), groups.get(id), Optional.empty(), false)));
  }

  @Override
  public Set<String> members(PbxRef group) {
    return read(() -> Set.copyOf(membersOf(group.id())));
  }

  @Override
  public boolean isMember(PbxRef group, String extension) {
    return read(() -> membersOf(group.id()).contains(extension));
  }

  @Override
  public List<PbxRef> services(PbxService kind, String target) {
    return read(
        () -> Stream.of(kind.ref(target)).filter(ref -> services.containsKey(ref.id())).toList());
  }

  /** Runs {@code meanwhile}, once, before the next read of a user or group is answered. */
  void duringARead(Runnable meanwhile) {
    reading.set(Optional.of(meanwhile));
  }

  /** Runs {@code meanwhile}, once, before such a call arrives. */
  void during(Class<? extends PbxCall> type, Runnable meanwhile) {
    calling.set(Optional.of(new Meanwhile(type, meanwhile)));
  }

  private record Meanwhile(Class<? extends PbxCall> type, Runnable what) {}

  private final AtomicReference<Optional<Runnable>> reading =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Meanwhile>> calling =
      new AtomicReference<>(Optional.empty());

  /** Runs {@code what} whenever a call comes, before it arrives. */
  void beforeEachCall(Runnable what) {
    before = what;
  }

  @Override
  public PbxRef apply(PbxCall call) {
    before.run();
    if (calling.get().filter(it -> it.type().isInstance(call)).isPresent()) {
      calling.getAndSet(Optional.empty()).ifPresent(it -> it.what().run());
    }
    var fault = script.call(call);
    if (fault.equals(Optional.of(Fault.FROZEN))) {
      var ref = arrive(call);
      script.frozen();
      return ref;
    }
    return fault.isPresent() ? spoiltOnArrival(call, fault.get()) : arrive(call);
  }

  private synchronized PbxRef spoiltOnArrival(PbxCall call, Fault fault) {
    calls.add(call);
    reachable();
    return spoilt(call, fault);
  }

  private synchronized PbxRef arrive(PbxCall call) {
    calls.add(call);
    reachable();
    if (refused.contains(call.getClass())) {
      throw new Rejected(Reason.INVALID, "refused " + call.name());
    }
    var place = Optional.ofNullable(planned.remove(arrived++));
    if (place.isPresent()) {
      return spoilt(call, place.get());
    }
    for (Spoilt spoilt : faults) {
      if (spoilt.which().test(call)) {
        faults.remove(spoilt);
        return spoilt(call, spoilt.fault());
      }
    }
    return done(call);
  }

  private PbxRef spoilt(PbxCall call, Fault fault) {
    if (fault == Fault.LOST_AFTER || fault == Fault.CRASH_AFTER) {
      tried(call);
    }
    if (fault == Fault.LATE || fault == Fault.CRASH_LATE) {
      late.put(call, clock.instant().plus(lateAfter));
    }
    if (fault == Fault.REFUSED_FOR_GOOD) {
      refused.add(call.getClass());
    }
    throw switch (fault) {
      case CRASH_BEFORE, CRASH_AFTER, CRASH_LATE -> {
        dead = true;
        throw new Crash();
      }
      case REJECTED, REFUSED_FOR_GOOD -> new Rejected(Reason.INVALID, "refused " + call.name());
      case UNAVAILABLE -> unavailable();
      case LATE, LOST_BEFORE, LOST_AFTER -> new OutcomeUnknown("no answer to " + call.name(), null);
      case MEANWHILE, OVERTAKEN, FROZEN -> throw new IllegalArgumentException("not of the call");
    };
  }

  /** An effect whose answer nobody gets, a refusal included. */
  private void tried(PbxCall call) {
    try {
      done(call);
    } catch (Rejected e) {
      // nobody is told
    }
  }

  private void reachable() {
    if (dead) {
      throw new Crash();
    }
    carryOut();
    if (down) {
      throw unavailable();
    }
  }

  /** Does what is due of the calls that were given up. */
  synchronized void carryOut() {
    late.entrySet().stream()
        .filter(call -> !call.getValue().isAfter(clock.instant()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            call -> {
              late.remove(call);
              tried(call);
            });
  }

  /** Calls that were given up act so much later. */
  synchronized void actLateAfter(Duration pause) {
    lateAfter = pause;
  }

  /** All calls that were given up act now. */
  synchronized void actNow() {
    late.replaceAll((call, due) -> Instant.MIN);
    carryOut();
  }

  /** Whether a call that was given up may still act. */
  synchronized boolean actsLater() {
    return !late.isEmpty();
  }

  /** Whether such calls are refused for good. */
  synchronized boolean refuses(Class<? extends PbxCall> type) {
    return refused.contains(type);
  }

  synchronized boolean refusesSome() {
    return !refused.isEmpty();
  }

  void follow(Script followed) {
    script = followed;
  }

  /** Calls of one group go one by one from now on. */
  void sequential() {
    parallel = 1;
  }

  /** As this one stands now; nothing is spoilt. */
  synchronized InMemoryPbx copy(Clock other) {
    var copy = new InMemoryPbx(other, quietTime);
    copy.users.putAll(users);
    copy.groups.putAll(groups);
    members.forEach((group, each) -> copy.members.put(group, new TreeSet<>(each)));
    copy.services.putAll(services);
    copy.roles.putAll(roles);
    copy.passwords.putAll(passwords);
    copy.ids = ids;
    copy.asked = asked;
    copy.parallel = parallel;
    return copy;
  }

  private static Unavailable unavailable() {
    return new Unavailable(
        PbxException.Cause.UNREACHABLE, Duration.ofSeconds(7), "cannot be reached");
  }

  private PbxRef done(PbxCall call) {
    return switch (call) {
      case PbxCall.CreateUser create -> {
        var ref = create(create.user());
        passwords.put(ref.id(), create.secrets().password());
        yield ref;
      }
      case PbxCall.UpdateUser(var ref, var user, var changed, var secrets) -> {
        for (PbxField field : changed) {
          set(ref, field, user.get(field));
        }
        yield ref;
      }
      case PbxCall.ChangeRole(var ref, String role) -> set(ref, PbxField.ROLE, Optional.of(role));
      case PbxCall.SetPassword(var ref, var password) -> {
        existing(ref);
        passwords.put(ref.id(), password);
        yield ref;
      }
      case PbxCall.SetExtensionPassword(var ref, var password) -> existing(ref);
      case PbxCall.BindMicrosoft365(var ref, String id, var attempt) ->
          set(ref, PbxField.MICROSOFT365, Optional.of(id));
      case PbxCall.UnbindMicrosoft365(var ref) -> set(ref, PbxField.MICROSOFT365, Optional.empty());
      case PbxCall.OfPart part -> set(part);
      case PbxCall.AtOnce operation -> existing(operation.ref());
      case PbxCall.DeleteUser(var ref) -> {
        users.remove(ref.id());
        yield ref;
      }
      case PbxCall.CreateGroup(PbxGroup group) -> create(group);
      case PbxCall.UpdateGroup(var ref, PbxGroup group, var changed) -> {
        existingGroup(ref);
        boolean says = changed.contains(PbxField.OUTBOUND_CALLER_IDS);
        var numbers = (says ? group : groups.get(ref.id())).callerIds();
        groups.put(ref.id(), new PbxGroup(group.name(), group.description(), numbers));
        yield ref;
      }
      case PbxCall.DeleteGroup(var ref) -> {
        groups.remove(ref.id());
        members.remove(ref.id());
        yield ref;
      }
      case PbxCall.AddMember(var group, String extension) -> {
        existingGroup(group);
        existingExtension(extension);
        membersOf(group.id()).add(extension);
        yield group;
      }
      case PbxCall.RemoveMember(var group, String extension) -> {
        membersOf(group.id()).remove(extension);
        yield group;
      }
      case PbxCall.ChangeMembers(var service, var joining, var leaving, var unused) -> {
        if (!services.containsKey(service.id())) {
          throw new Rejected(Reason.ABSENT, "no service " + service.id());
        }
        joining.forEach(this::existingExtension);
        membersOf(service.id()).addAll(joining);
        membersOf(service.id()).removeAll(leaving);
        yield service;
      }
      case PbxCall.CreateRole(PbxRole role) -> create(role);
      case PbxCall.UpdateRole(var ref, PbxRole role, var changed) -> {
        if (!roles.containsKey(ref.id())) {
          throw new Rejected(Reason.ABSENT, "no role " + ref.id());
        }
        roles.put(ref.id(), role);
        yield ref;
      }
      case PbxCall.DeleteRole(var ref) -> {
        var name = Optional.ofNullable(roles.get(ref.id())).map(PbxRole::name);
        if (all().stream().anyMatch(user -> user.get(PbxField.ROLE).equals(name))) {
          throw new Rejected(Reason.INVALID, "in use");
        }
        roles.remove(ref.id());
        yield ref;
      }
    };
  }

  /** Refused where somebody else has the phone; whose it is already, it is changed for. */
  private PbxRef set(PbxCall.OfPart call) {
    existing(call.ref());
    var kind = call.field();
    var part = call.part();
    boolean elsewhere =
        users.entrySet().stream()
            .filter(it -> kind == PbxField.PHONES && !it.getKey().equals(call.ref().id()))
            .anyMatch(it -> held(it.getValue(), kind).get(part.key()).isPresent());
    if (elsewhere && !call.removes()) {
      throw new Rejected(Reason.CONFLICT, "taken");
    }
    var held = held(users.get(call.ref().id()), kind);
    var after =
        call.removes()
            ? held.without(part.key())
            : held.with(new PbxPart(part.key(), part.values()));
    set(call.ref(), kind, after.text());
    return call.removes() ? call.ref() : new PbxRef(idOf(part));
  }

  private static PbxParts held(Kept kept, PbxField kind) {
    return PbxParts.of(kept.user().get(kind));
  }

  private static String idOf(PbxPart part) {
    return "id of " + part.key();
  }

  private PbxRef create(PbxUser user) {
    boolean taken =
        all().stream()
            .anyMatch(
                other ->
                    has(
                        other,
                        user.get(PbxField.NAME).orElseThrow(),
                        user.get(PbxField.EXTENSION).orElseThrow()));
    if (taken) {
      throw new Rejected(Reason.CONFLICT, "taken");
    }
    var id = "u" + ++ids;
    users.put(id, new Kept(user, clock.instant()));
    return new PbxRef(id);
  }

  private PbxRef create(PbxGroup group) {
    if (groups.values().stream().anyMatch(other -> other.name().equals(group.name()))) {
      throw new Rejected(Reason.CONFLICT, "taken");
    }
    var id = "g" + ++ids;
    groups.put(id, group);
    return new PbxRef(id);
  }

  private PbxRef create(PbxRole role) {
    if (roles.values().stream().anyMatch(other -> other.name().equals(role.name()))) {
      throw new Rejected(Reason.CONFLICT, "taken");
    }
    var id = "r" + ++ids;
    roles.put(id, role);
    return new PbxRef(id);
  }

  private PbxRef set(PbxRef ref, PbxField field, Optional<String> value) {
    existing(ref);
    var kept = users.get(ref.id());
    boolean taken = users.entrySet().stream().anyMatch(it -> has(it, ref, value));
    if (field == PbxField.NAME && taken) {
      throw new Rejected(Reason.CONFLICT, "taken");
    }
    users.put(ref.id(), new Kept(kept.user().with(field, value), kept.createdAt()));
    return ref;
  }

  private static boolean has(Map.Entry<String, Kept> user, PbxRef own, Optional<String> name) {
    return !user.getKey().equals(own.id())
        && user.getValue().user().get(PbxField.NAME).equals(name);
  }

  private PbxRef existing(PbxRef ref) {
    if (!users.containsKey(ref.id())) {
      throw new Rejected(Reason.ABSENT, "no user " + ref.id());
    }
    return ref;
  }

  private void existingExtension(String extension) {
    if (all().stream()
        .noneMatch(user -> user.get(PbxField.EXTENSION).equals(Optional.of(extension)))) {
      throw new Rejected(Reason.INVALID, "no extension " + extension);
    }
  }

  private void existingGroup(PbxRef ref) {
    if (!groups.containsKey(ref.id())) {
      throw new Rejected(Reason.ABSENT, "no group " + ref.id());
    }
  }

  private Set<String> membersOf(String group) {
    return members.computeIfAbsent(group, key -> new TreeSet<>());
  }

  private static boolean has(PbxUser user, String name, String extension) {
    return user.get(PbxField.NAME).equals(Optional.of(name))
        || user.get(PbxField.EXTENSION).equals(Optional.of(extension));
  }

  @Override
  public PbxTraffic traffic() {
    return new PbxTraffic(0, 8, 0, 0, 0);
  }

  @Override
  public void close() {}
}
