package dev.patchbay.pbx.portsip;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.ChangeMembers;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.EndRegistrations;
import dev.patchbay.pbx.api.PbxCall.OfPart;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.ResetProfile;
import dev.patchbay.pbx.api.PbxCall.SetExtensionPassword;
import dev.patchbay.pbx.api.PbxCall.SetPassword;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxStatus;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.PbxHttp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One PortSIP tenant. */
final class PortSipAdapter implements PbxAdapter {
  private final PbxHttp http;
  private final PbxCapabilities capabilities;
  private final PortSipTenant tenant;
  private final PortSipUsers users;
  private final PortSipBindings bindings;
  private final PortSipParts parts;
  private final PortSipGroups groups;
  private final PortSipServices services;
  private final PortSipRoles roles;

  PortSipAdapter(
      PbxHttp http,
      PbxCapabilities capabilities,
      PortSipTenant tenant,
      PortSipUsers users,
      PortSipBindings bindings,
      PortSipParts parts,
      PortSipGroups groups,
      PortSipServices services,
      PortSipRoles roles) {
    this.http = http;
    this.capabilities = capabilities;
    this.tenant = tenant;
    this.users = users;
    this.bindings = bindings;
    this.parts = parts;
    this.groups = groups;
    this.services = services;
    this.roles = roles;
  }

  @Override
  public PbxCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return PortSipUserJson.canonical(desired);
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return PortSipGroups.canonical(desired);
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    return tenant.passwordPolicy();
  }

  @Override
  public List<Found<PbxRole>> roles() {
    return roles.all();
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return roles.one(ref);
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
  public Optional<PbxStatus> status(PbxRef user) {
    return users.status(user);
  }

  @Override
  public PbxParts parts(PbxRef user, PbxField kind) {
    return parts.all(user, kind);
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return PbxService.of(ref).isPresent() ? services.one(ref) : groups.one(ref);
  }

  @Override
  public Optional<Found<PbxGroup>> groupNamed(String name) {
    return groups.named(name);
  }

  @Override
  public Stream<Found<PbxGroup>> groups() {
    return groups.all();
  }

  @Override
  public Set<String> members(PbxRef group) {
    return PbxService.of(group).isPresent() ? services.members(group) : groups.members(group);
  }

  @Override
  public boolean isMember(PbxRef group, String extension) {
    return PbxService.of(group).isPresent()
        ? services.members(group).contains(extension)
        : groups.isMember(group, extension);
  }

  @Override
  public List<PbxRef> services(PbxService kind, String target) {
    return services.named(kind, target);
  }

  @Override
  public PbxRef apply(PbxCall call) {
    return switch (call) {
      case CreateUser it -> users.create(it);
      case UpdateUser it -> users.update(it);
      case ChangeRole it -> users.changeRole(it);
      case SetPassword it -> users.setPassword(it, it.ref(), "/password", it.password());
      case SetExtensionPassword it ->
          users.setPassword(it, it.ref(), "/extension_password", it.password());
      case BindMicrosoft365 it -> bindings.bind(it);
      case UnbindMicrosoft365 it -> bindings.unbind(it);
      case DeleteUser it -> users.delete(it);
      case CreateGroup it -> groups.create(it);
      case UpdateGroup it -> groups.update(it);
      case DeleteGroup it -> groups.delete(it);
      case AddMember it -> groups.add(it);
      case RemoveMember it -> groups.remove(it);
      case ChangeMembers it -> services.change(it);
      case CreateRole it -> roles.create(it);
      case UpdateRole it -> roles.update(it);
      case DeleteRole it -> roles.delete(it);
      case OfPart it -> parts.apply(it);
      case ResetProfile it -> users.resetProfile(it);
      case EndRegistrations it -> users.endRegistrations(it);
    };
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
