package dev.patchbay.pbx.xelion;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.PbxConnection;
import dev.patchbay.pbx.http.RequestLimits;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How to reach one Xelion tenant and how it behaves where Xelion does not say; each key is in
 * docs/reference/pbx/xelion.md.
 *
 * @param roles the words of {@code xccRole} that may be given
 */
record XelionSettings(
    PbxConnection connection,
    XelionLogin login,
    List<String> roles,
    UpdateWith updateWith,
    Groups groups,
    Persons persons,
    NewUsers newUsers) {

  // Xelion refuses more at once within one session, without telling how many are too many.
  private static final RequestLimits USUAL = new RequestLimits(2, 0);
  private static final int LONGEST_USER_SPACE = 180; // of 200, for what a session adds

  /** How an account is changed. */
  enum UpdateWith {
    PATCH,
    PUT
  }

  /** What a SCIM group is on Xelion. */
  enum Groups {
    USERGROUPS,
    /** A phone line that is there already. */
    LINES,
    NONE
  }

  /** Whether Xelion keeps e-mail and telephones of a new Person. */
  enum AddressesOnCreate {
    TRUE,
    FALSE,
    /** As the first one shows: it is read back, which costs a request after each start. */
    LOOK
  }

  /**
   * How an account's entry in the address book is kept.
   *
   * @param addressesOnCreate whether Xelion keeps e-mail and telephones of a new Person
   * @param findByName whether Xelion finds Persons by {@code ?name=}
   * @param delete whether the Person goes with its account
   * @param emailType Xelion's word for e-mail addresses
   */
  record Persons(
      AddressesOnCreate addressesOnCreate, boolean findByName, boolean delete, String emailType) {}

  /**
   * What every new account gets.
   *
   * @param locale the oid of its language, where it asks for none of {@code locales}
   * @param locales the languages to choose from
   * @param license whether it takes a licence
   * @param newContacts {@code private}, {@code public} or empty
   */
  record NewUsers(
      Optional<String> locale,
      XelionLocales locales,
      boolean license,
      String phoneHost,
      String newContacts,
      List<Line> lines,
      List<String> wallboards) {}

  /**
   * A phone line of every new account.
   *
   * @param oid of the line
   * @param editable Xelion's word for who may switch incoming and outgoing calls
   */
  record Line(
      String oid, String name, int skill, boolean incoming, boolean outgoing, String editable) {
    static Line from(Section section) {
      return new Line(
          section.string("oid"),
          section.string("name", ""),
          section.integer("skill", 0, 0, 1000),
          section.bool("incoming", true),
          section.bool("outgoing", false),
          section.string("editable", "INCOMINGANDOUTGOING"));
    }
  }

  static XelionSettings from(Section section) {
    return new XelionSettings(
        connection(section),
        login(section),
        section.strings("xcc-roles", List.of("user", "manager")),
        section.choice("update-with", UpdateWith.PATCH),
        section.choice("groups", Groups.USERGROUPS),
        persons(section),
        newUsers(section.section("new-users")));
  }

  private static PbxConnection connection(Section section) {
    var host = PbxConnection.from(section, USUAL);
    if (host.baseUrl().getPath().contains("/api")) {
      section.reject(
          "base-url", "expected the address without /api, found '" + host.baseUrl() + "'");
    }
    String tenant = word(section, "xelion-tenant", "master");
    String version = word(section, "api-version", "v1");
    return new PbxConnection(
        URI.create(host.baseUrl() + "/api/" + version + "/" + tenant),
        host.callLimit(),
        host.quietTime(),
        host.requests(),
        host.trust());
  }

  private static String word(Section section, String key, String usual) {
    String word = section.string(key, usual);
    if (!word.matches("[A-Za-z0-9._~-]+")) {
      section.reject(key, "expected letters, digits, dots and dashes, found '" + word + "'");
      return usual;
    }
    return word;
  }

  private static XelionLogin login(Section section) {
    String userSpace = section.string("user-space", "patchbay");
    if (userSpace.length() > LONGEST_USER_SPACE) {
      section.reject("user-space", "expected " + LONGEST_USER_SPACE + " characters at most");
    }
    return new XelionLogin(section.string("username"), section.secret("password"), userSpace);
  }

  private static Persons persons(Section section) {
    return new Persons(
        section.choice("addresses-on-create", AddressesOnCreate.TRUE),
        section.bool("find-persons", true),
        section.bool("delete-persons", true),
        section.string("email-type", "Email"));
  }

  private static NewUsers newUsers(Section section) {
    String contacts = section.string("new-contacts", "");
    if (!List.of("", "private", "public").contains(contacts)) {
      section.reject("new-contacts", "expected private or public, found '" + contacts + "'");
    }
    var locales = new XelionLocales(section.stringMap("locales"));
    if (!locales.isEmpty() && !section.has("locale")) {
      section.reject("locale", "expected the language of users that ask for none of locales");
    }
    return new NewUsers(
        section.optionalString("locale"),
        locales,
        section.bool("license", true),
        section.string("phone-host", ""),
        contacts,
        section.list("lines").stream().flatMap(line -> line.read(Line::from).stream()).toList(),
        section.strings("wallboards", List.of()));
  }
}
