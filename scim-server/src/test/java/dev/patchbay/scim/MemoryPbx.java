package dev.patchbay.scim;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUser;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A phone system that does what it is told, until it is told to fail. */
final class MemoryPbx implements PbxAdapter {
  static final PbxCapabilities WHOLE =
      PbxCapabilities.whole(
          PbxFields.all().withRequired(Set.of(PbxField.EMAIL)),
          new PbxPermissions(Set.of("calls"), Set.of("users")),
          new PbxPace(Duration.ofSeconds(5), Duration.ZERO, 4));

  final List<PbxCall> calls = new CopyOnWriteArrayList<>();

  /** What the next calls end in, instead of being done. */
  volatile Optional<PbxException> trouble = Optional.empty();

  private final Map<PbxRef, PbxUser> users = new ConcurrentHashMap<>();
  private final Map<PbxRef, PbxGroup> groups = new ConcurrentHashMap<>();
  private final Map<PbxRef, PbxRole> roles =
      new ConcurrentHashMap<>(
          Map.of(new PbxRef("r1"), new PbxRole("StandardUser", Optional.empty(), Set.of("calls"))));
  private final Set<String> members = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ids = new AtomicInteger();
  private final PbxCapabilities capabilities;

  MemoryPbx(PbxCapabilities capabilities) {
    this.capabilities = capabilities;
  }

  @Override
  public PbxRef apply(PbxCall call) {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
    calls.add(call);
    if (!capabilities.offers(call.getClass())) {
      throw new PbxException.Rejected(PbxException.Reason.UNSUPPORTED, "no " + call.name());
    }
    return switch (call) {
      case PbxCall.CreateUser it -> created(users, it.user());
      case PbxCall.UpdateUser it -> changed(it.ref(), it.user().fields(), it.changed());
      case PbxCall.ChangeRole it ->
          changed(it.ref(), Map.of(PbxField.ROLE, it.role()), Set.of(PbxField.ROLE));
      case PbxCall.SetPassword it -> it.ref();
      case PbxCall.SetExtensionPassword it -> it.ref();
      case PbxCall.BindMicrosoft365 it ->
          changed(
              it.ref(),
              Map.of(PbxField.MICROSOFT365, it.microsoftId()),
              Set.of(PbxField.MICROSOFT365));
      case PbxCall.UnbindMicrosoft365 it ->
          changed(it.ref(), Map.of(), Set.of(PbxField.MICROSOFT365));
      case PbxCall.DeleteUser it -> gone(users, it.ref());
      case PbxCall.CreateGroup it -> created(groups, it.group());
      case PbxCall.UpdateGroup it -> put(it.ref(), it.group());
      case PbxCall.DeleteGroup it -> gone(groups, it.ref());
      case PbxCall.AddMember it -> {
        members.add(member(it.group(), it.extension()));
        yield it.group();
      }
      case PbxCall.ChangeMembers it -> throw new UnsupportedOperationException();
      case PbxCall.RemoveMember it -> {
        members.remove(member(it.group(), it.extension()));
        yield it.group();
      }
      case PbxCall.CreateRole it -> created(roles, it.role());
      case PbxCall.UpdateRole it -> {
        roles.put(it.ref(), it.role());
        yield it.ref();
      }
      case PbxCall.DeleteRole it -> gone(roles, it.ref());
      case PbxCall.OfPart it -> it.ref();
      case PbxCall.AtOnce it -> it.ref();
    };
  }

  private <T> PbxRef created(Map<PbxRef, T> objects, T object) {
    var ref = new PbxRef("p" + ids.incrementAndGet());
    objects.put(ref, object);
    return ref;
  }

  private PbxRef changed(PbxRef ref, Map<PbxField, String> values, Set<PbxField> named) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.putAll(user(ref).orElseThrow().value().fields());
    fields.keySet().removeAll(named);
    values.forEach(
        (field, value) -> {
          if (named.contains(field)) {
            fields.put(field, value);
          }
        });
    users.put(ref, new PbxUser(fields));
    return ref;
  }

  private PbxRef put(PbxRef ref, PbxGroup group) {
    groups.put(ref, group);
    return ref;
  }

  private static <T> PbxRef gone(Map<PbxRef, T> objects, PbxRef ref) {
    objects.remove(ref);
    return ref;
  }

  private static String member(PbxRef group, String extension) {
    return group.id() + "/" + extension;
  }

  @Override
  public PbxCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.putAll(desired.fields());
    fields.keySet().retainAll(capabilities.fields().held());
    return new PbxUser(fields);
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return desired;
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    return new PasswordPolicy(6, 64, false, false, false, false, false, false);
  }

  @Override
  public List<Found<PbxRole>> roles() {
    return roles.keySet().stream().flatMap(it -> role(it).stream()).toList();
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return found(ref, roles);
  }

  @Override
  public Stream<Found<PbxUser>> users() {
    return users.keySet().stream().flatMap(it -> user(it).stream());
  }

  @Override
  public Optional<Found<PbxUser>> user(PbxRef ref) {
    return found(ref, users);
  }

  @Override
  public List<Found<PbxUser>> usersWith(String name, String extension) {
    return users()
        .filter(
            it ->
                it.value().get(PbxField.NAME).equals(Optional.of(name))
                    || it.value().get(PbxField.EXTENSION).equals(Optional.of(extension)))
        .toList();
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return found(ref, groups);
  }

  @Override
  public Optional<Found<PbxGroup>> groupNamed(String name) {
    return groups.keySet().stream()
        .flatMap(it -> group(it).stream())
        .filter(it -> it.value().name().equals(name))
        .findFirst();
  }

  private static <T> Optional<Found<T>> found(PbxRef ref, Map<PbxRef, T> objects) {
    return Optional.ofNullable(objects.get(ref))
        .map(it -> new Found<>(ref, it, Optional.empty(), false));
  }

  @Override
  public Stream<Found<PbxGroup>> groups() {
    return groups.keySet().stream().flatMap(it -> group(it).stream());
  }

  @Override
  public Set<String> members(PbxRef group) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isMember(PbxRef group, String extension) {
    return members.contains(member(group, extension));
  }

  @Override
  public PbxTraffic traffic() {
    return new PbxTraffic(0, 8, 0, 0, 0);
  }

  @Override
  public void close() {}
}
