package dev.patchbay.pbx.ipcortex;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.PbxConnection;
import dev.patchbay.pbx.http.RequestLimits;
import dev.patchbay.pbx.ipcortex.IpCortexLogin.Account;
import dev.patchbay.pbx.ipcortex.IpCortexLogin.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How to reach one IPCortex and how it behaves where the vendor does not say; each key is in
 * docs/reference/pbx/ipcortex.md.
 *
 * @param administrators permissions of which one is enough to change users
 */
record IpCortexSettings(
    PbxConnection connection,
    IpCortexLogin login,
    Set<String> administrators,
    Company company,
    RoleNames roles,
    Deactivation deactivation,
    Passwords.Form passwords,
    NameForm names,
    Written.Verify verify) {
  // No limit is documented; a session of a web application is no place for many calls at once.
  private static final RequestLimits USUAL = new RequestLimits(4, 0);

  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private enum Policy {
    ROLE,
    SCRAMBLE,
    RELEASE,
    UNSUPPORTED
  }

  static IpCortexSettings from(Section section) {
    return new IpCortexSettings(
        connection(section),
        login(section),
        Set.copyOf(
            section.strings("administrator-permissions", List.of("System-Admin", "Company-Admin"))),
        company(section),
        roles(section),
        deactivation(section),
        section.choice("send-passwords-as", Passwords.Form.CLEAR),
        section.choice("real-names", NameForm.AS_IS),
        section.choice("verify-writes", Written.Verify.AUTO));
  }

  private static PbxConnection connection(Section section) {
    var connection = PbxConnection.from(section, USUAL);
    if (connection.baseUrl().toString().endsWith("/rest")) {
      section.reject("base-url", "expected the address without /rest");
    }
    return connection;
  }

  private static IpCortexLogin login(Section section) {
    if (!section.has("key")) {
      unused(section, "without key", "send-key-as");
      return new Account(section.string("username"), section.secret("password"));
    }
    unused(section, "with key", "username", "password");
    Place place = section.choice("send-key-as", Place.BODY);
    Secret key = section.secret("key");
    if (!key.reveal().matches("[\\x21-\\x7e]*")) {
      section.reject("key", "expected one line of printable ASCII without spaces");
    }
    return new IpCortexLogin.Key(key, place);
  }

  private static void unused(Section section, String when, String... keys) {
    for (String key : keys) {
      if (section.has(key)) {
        section.reject(key, "expected no " + key + " " + when);
      }
    }
  }

  private static Company company(Section section) {
    Optional<String> id =
        section.value("company", "1 to 32 of a-z A-Z 0-9 _", text -> matching(Company.FORM, text));
    boolean byOrganization = section.bool("company-by-organization", false);
    if (byOrganization && id.isEmpty()) {
      section.reject("company", "is missing, expected the one of users without an organization");
    }
    return id.<Company>map(
            it -> byOrganization ? new Company.Organization(it) : new Company.Fixed(it))
        .orElseGet(Company.Usual::new);
  }

  private static String matching(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static RoleNames roles(Section section) {
    var form = section.choice("give-roles-by", RoleNames.Form.NAME);
    var ids = new HashMap<String, Long>();
    Section roles = section.section("roles");
    for (String role : roles.keys()) {
      requireLower(roles, role, role);
      roles
          .value(role, "the role's id on the PBX", text -> Long.parseLong(matching(ID, text)))
          .ifPresent(id -> ids.put(role, id));
    }
    if (form == RoleNames.Form.ID && ids.isEmpty()) {
      section.reject("give-roles-by", "id needs the ids of all roles in roles");
    }
    return new RoleNames(ids, form);
  }

  private static void requireLower(Section section, String key, String role) {
    if (!role.equals(role.strip().toLowerCase(Locale.ROOT)) || role.isEmpty()) {
      section.reject(key, "expected a role's short name in lower case, found '" + role + "'");
    }
  }

  private static Deactivation deactivation(Section section) {
    Optional<String> disabled = section.optionalString("disabled-role");
    Policy policy =
        section.choice("deactivate-by", disabled.isPresent() ? Policy.ROLE : Policy.SCRAMBLE);
    if (policy != Policy.ROLE) {
      unused(section, "unless deactivate-by is role", "disabled-role");
    }
    return switch (policy) {
      case ROLE -> byRole(section);
      case SCRAMBLE -> scramble(section);
      case RELEASE -> new Deactivation.Release(scramble(section));
      case UNSUPPORTED -> new Deactivation.Unsupported();
    };
  }

  private static Deactivation byRole(Section section) {
    String role = section.string("disabled-role");
    if (!role.isEmpty()) { // else it was said to be missing
      requireLower(section, "disabled-role", role);
    }
    return new Deactivation.ByRole(role);
  }

  private static Deactivation.Scramble scramble(Section section) {
    var abilities =
        new Abilities(
            section.integer("active-webrtc", 0, -1, 3),
            section.integer("active-teams", 0, -1, 1),
            section.bool("active-hotdesk", true));
    if (abilities.equals(Abilities.NONE)) {
      section.reject(
          "active-webrtc",
          "expected one of active-webrtc, active-teams, active-hotdesk to allow something");
    }
    return new Deactivation.Scramble(abilities);
  }
}
