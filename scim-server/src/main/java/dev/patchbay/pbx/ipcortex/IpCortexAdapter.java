package dev.patchbay.pbx.ipcortex;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
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
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxNameForm;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.PbxHttp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One IPCortex, or one company of it. */
final class IpCortexAdapter implements PbxAdapter {
  // IPCortex documents no rules; blowfish takes 72 bytes.
  private static final PasswordPolicy PASSWORDS =
      new PasswordPolicy(8, 72, false, false, false, false, false, false);

  private final PbxHttp http;
  private final PbxCapabilities capabilities;
  private final UserColumns columns;
  private final IpCortexUsers users;

  IpCortexAdapter(
      PbxHttp http, PbxCapabilities capabilities, UserColumns columns, IpCortexUsers users) {
    this.http = http;
    this.capabilities = capabilities;
    this.columns = columns;
    this.users = users;
  }

  @Override
  public PbxCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return columns.canonical(desired);
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return desired;
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    return PASSWORDS;
  }

  /** IPCortex does not list its roles: those of the settings. */
  @Override
  public List<Found<PbxRole>> roles() {
    return columns.roles().ids().entrySet().stream()
        .filter(role -> columns.assignable(role.getKey()))
        .map(role -> found(role.getKey(), String.valueOf(role.getValue())))
        .toList();
  }

  private static Found<PbxRole> found(String name, String id) {
    var role = new PbxRole(name, Optional.empty(), Set.of());
    return new Found<>(new PbxRef(id), role, Optional.empty(), true);
  }

  /** Not documented; its pages show nothing else. */
  @Override
  public PbxNameForm nameForm() {
    return new PbxNameForm("._@-");
  }

  @Override
  public Set<String> keptRoles() {
    return columns.deactivation() instanceof Deactivation.ByRole(String role)
        ? Set.of(role)
        : Set.of();
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return roles().stream().filter(role -> role.ref().equals(ref)).findFirst();
  }

  @Override
  public Stream<Found<PbxUser>> users() {
    return users.all();
  }

  @Override
  public Optional<Found<PbxUser>> user(PbxRef ref) {
    return users.one(ref);
  }

  @Override
  public List<Found<PbxUser>> usersWith(String name, String extension) {
    return users.with(name, extension);
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return Optional.empty();
  }

  @Override
  public Optional<Found<PbxGroup>> groupNamed(String name) {
    return Optional.empty();
  }

  @Override
  public boolean isMember(PbxRef group, String extension) {
    return false;
  }

  @Override
  public Stream<Found<PbxGroup>> groups() {
    return Stream.empty();
  }

  @Override
  public Set<String> members(PbxRef group) {
    return Set.of();
  }

  @Override
  public PbxRef apply(PbxCall call) {
    return switch (call) {
      case CreateUser it -> users.create(it);
      case UpdateUser it -> users.update(it);
      case ChangeRole it -> throw unsupported(it);
      case SetPassword it -> throw unsupported(it);
      case DeleteUser it -> users.delete(it);
      case SetExtensionPassword it -> throw unsupported(it);
      case BindMicrosoft365 it -> throw unsupported(it);
      case UnbindMicrosoft365 it -> throw unsupported(it);
      case CreateGroup it -> throw unsupported(it);
      case UpdateGroup it -> throw unsupported(it);
      case DeleteGroup it -> throw unsupported(it);
      case AddMember it -> throw unsupported(it);
      case RemoveMember it -> throw unsupported(it);
      case ChangeMembers it -> throw unsupported(it);
      case CreateRole it -> throw unsupported(it);
      case UpdateRole it -> throw unsupported(it);
      case DeleteRole it -> throw unsupported(it);
      case OfPart it -> throw unsupported(it);
      case AtOnce it -> throw unsupported(it);
    };
  }

  private static Rejected unsupported(PbxCall call) {
    return new Rejected(Reason.UNSUPPORTED, "IPCortex has no call for " + call.name());
  }

  @Override
  public PbxTraffic traffic() {
    return http.traffic();
  }

  @Override
  public void close() {
    http.close();
  }
}
