package dev.patchbay.pbx.xelion;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.AddSpeedDial;
import dev.patchbay.pbx.api.PbxCall.AssignPhone;
import dev.patchbay.pbx.api.PbxCall.AtOnce;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.ChangeLine;
import dev.patchbay.pbx.api.PbxCall.ChangeMembers;
import dev.patchbay.pbx.api.PbxCall.ChangePhone;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.ChangeSpeedDial;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.JoinLine;
import dev.patchbay.pbx.api.PbxCall.LeaveLine;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.RemovePhone;
import dev.patchbay.pbx.api.PbxCall.RemoveSpeedDial;
import dev.patchbay.pbx.api.PbxCall.SetExtensionPassword;
import dev.patchbay.pbx.api.PbxCall.SetPassword;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxNameForm;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.PbxHttp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One Xelion tenant. */
final class XelionAdapter implements PbxAdapter {
  /** Xelion tells of no rule for passwords but its longest text. */
  private static final PasswordPolicy ANY_PASSWORD =
      new PasswordPolicy(1, XelionText.LONGEST, false, false, false, false, false, false);

  private final PbxHttp http;
  private final PbxCapabilities capabilities;
  private final XelionUsers users;
  private final XelionCreate create;
  private final XelionGroups groups;
  private final XelionLines lines;
  private final XelionRoles roles;

  XelionAdapter(
      PbxHttp http,
      PbxCapabilities capabilities,
      XelionUsers users,
      XelionCreate create,
      XelionGroups groups,
      XelionLines lines,
      XelionRoles roles) {
    this.http = http;
    this.capabilities = capabilities;
    this.users = users;
    this.create = create;
    this.groups = groups;
    this.lines = lines;
    this.roles = roles;
  }

  /** Not documented; names may be e-mail addresses. */
  @Override
  public PbxNameForm nameForm() {
    return new PbxNameForm("_-'.@");
  }

  @Override
  public PbxCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return users.canonical(desired);
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return XelionGroups.canonical(desired);
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    return ANY_PASSWORD;
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
    return users.called(name); // nobody has a number
  }

  @Override
  public List<Found<PbxUser>> leftBehind(PbxUser user) {
    return users.leftBehind(canonical(user));
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return groups.one(ref);
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
    return groups.members(group);
  }

  @Override
  public boolean isMember(PbxRef group, String member) {
    return groups.isMember(group, member);
  }

  @Override
  public List<PbxRef> services(PbxService kind, String target) {
    return kind == PbxService.LINE ? groups.line(target).stream().toList() : List.of();
  }

  @Override
  public boolean changesGroupsTogether() {
    return true;
  }

  /** Who is not known by his account is looked up, and all of that is one call's time. */
  @Override
  public int mostTogether() {
    return 50;
  }

  @Override
  public PbxParts parts(PbxRef user, PbxField kind) {
    return kind == PbxField.LINES ? lines.all(user) : PbxParts.NONE;
  }

  @Override
  public PbxRef apply(PbxCall call) {
    return switch (call) {
      case CreateUser it -> create.create(it);
      case UpdateUser it -> users.update(it);
      case DeleteUser it -> users.delete(it);
      case CreateGroup it -> groups.create(it);
      case UpdateGroup it -> groups.update(it);
      case DeleteGroup it -> groups.delete(it);
      case AddMember it -> groups.add(it);
      case RemoveMember it -> groups.remove(it);
      case ChangeMembers it -> groups.change(it);
      case ChangeRole it -> throw unsupported(it);
      case SetPassword it -> throw unsupported(it);
      case SetExtensionPassword it -> throw unsupported(it);
      case BindMicrosoft365 it -> throw unsupported(it);
      case UnbindMicrosoft365 it -> throw unsupported(it);
      case CreateRole it -> throw unsupported(it);
      case UpdateRole it -> throw unsupported(it);
      case DeleteRole it -> throw unsupported(it);
      case JoinLine it -> lines.connect(it);
      case ChangeLine it -> lines.connect(it);
      case LeaveLine it -> lines.leave(it);
      case AssignPhone it -> throw unsupported(it);
      case ChangePhone it -> throw unsupported(it);
      case RemovePhone it -> throw unsupported(it);
      case AddSpeedDial it -> throw unsupported(it);
      case ChangeSpeedDial it -> throw unsupported(it);
      case RemoveSpeedDial it -> throw unsupported(it);
      case AtOnce it -> throw unsupported(it);
    };
  }

  private static Rejected unsupported(PbxCall call) {
    return new Rejected(Reason.UNSUPPORTED, "Xelion has no call " + call.name());
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
