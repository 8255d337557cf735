package dev.patchbay.pbx.xelion;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxDialect;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxRoleNames;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.http.ForwardClock;
import dev.patchbay.pbx.http.PbxHttp;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** Xelion Phone System, API v1. */
public final class XelionDialect implements PbxDialect {
  private static final Set<Class<? extends PbxCall>> USERS =
      Set.of(
          PbxCall.CreateUser.class,
          PbxCall.UpdateUser.class,
          PbxCall.DeleteUser.class,
          PbxCall.ChangeMembers.class,
          PbxCall.JoinLine.class,
          PbxCall.ChangeLine.class,
          PbxCall.LeaveLine.class);
  private static final Set<Class<? extends PbxCall>> MEMBERS =
      Set.of(PbxCall.CreateGroup.class, PbxCall.AddMember.class, PbxCall.RemoveMember.class);

  @Override
  public String name() {
    return "xelion";
  }

  @Override
  public PbxRoleNames roles() {
    return XelionRoles.NAMES;
  }

  @Override
  public PbxAdapter open(String tenant, Section section, Clock clock, IntSupplier bridges) {
    XelionSettings settings = XelionSettings.from(section);
    var connection = settings.connection();
    PbxHttp http = connection.open(tenant, clock, bridges);
    var errors = XelionErrors.of(tenant);
    var session = new XelionSession(http, settings.login(), errors, new ForwardClock(clock));
    var api = new XelionApi(http, session, errors, connection.callLimit());
    var persons = new XelionPersons(api, settings.persons(), clock);
    var accounts = new XelionAccounts(api);
    var clash = new XelionClash(api, accounts);
    var changes = new XelionChanges(api, clash, settings, clock);
    var users = new XelionUsers(api, persons, accounts, changes, settings);
    return new XelionAdapter(
        http,
        capabilities(settings),
        users,
        new XelionCreate(api, persons, users, clash, settings.newUsers()),
        new XelionGroups(api, accounts, settings.groups()),
        new XelionLines(api),
        new XelionRoles(settings.roles()));
  }

  private static PbxCapabilities capabilities(XelionSettings settings) {
    var connection = settings.connection();
    return new PbxCapabilities(
        calls(settings.groups()),
        PbxReading.ALL_BUT_ROLES,
        fields(settings),
        List.of(ofAccount(settings), XelionUserJson.OF_PERSON),
        Set.of(PbxSecret.PASSWORD),
        PbxPermissions.NONE,
        new PbxPace(connection.callLimit(), connection.quietTime(), connection.requests().atOnce()),
        Set.of(PbxService.LINE));
  }

  private static Set<Class<? extends PbxCall>> calls(XelionSettings.Groups groups) {
    var calls = new HashSet<Class<? extends PbxCall>>(USERS);
    switch (groups) {
      case USERGROUPS -> {
        calls.addAll(MEMBERS);
        calls.addAll(Set.of(PbxCall.UpdateGroup.class, PbxCall.DeleteGroup.class));
      }
      case LINES -> calls.addAll(MEMBERS);
      case NONE -> {}
    }
    return calls;
  }

  /** Languages are a user's own where the settings know them. */
  private static PbxUpdate ofAccount(XelionSettings settings) {
    var fields = EnumSet.copyOf(XelionUserJson.OF_ACCOUNT.fields());
    if (settings.newUsers().locales().isEmpty()) {
      fields.remove(PbxField.LOCALE);
    }
    return new PbxUpdate(fields, XelionUserJson.OF_ACCOUNT.secrets());
  }

  private static PbxFields fields(XelionSettings settings) {
    var held = EnumSet.of(PbxField.NAME);
    held.addAll(ofAccount(settings).fields());
    held.addAll(XelionUserJson.OF_PERSON.fields());
    held.add(PbxField.LINES);
    var longest = new EnumMap<PbxField, Integer>(PbxField.class);
    held.forEach(field -> longest.put(field, XelionText.LONGEST));
    longest.remove(PbxField.LINES); // several values of their own
    // The mark by which an interrupted create is found stands beside the e-mail address.
    var unlisted = EnumSet.of(PbxField.PHONE_HOST, PbxField.LOCALE, PbxField.LINES);
    unlisted.retainAll(held);
    return new PbxFields(held, Set.of(PbxField.EMAIL), Set.of(), unlisted, longest);
  }
}
