package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A realm of one test. What it makes on behalf of a word, such as a user {@code ada}, has the
 * realm's name behind it ({@code ada-r7}), because all realms share one phone system.
 */
public final class Realm implements AutoCloseable {
  private static final String USER_STORAGE = "org.keycloak.storage.UserStorageProvider";

  private final Admin admin;
  private final Http http;
  private final String name;

  private Realm(Admin admin, String name) {
    this.admin = admin;
    this.name = name;
    this.http = new Http(admin.at("/admin/realms/" + name), admin.http().token());
  }

  /** Makes it, open to registrations and to attributes of any name. */
  static Realm make(Admin admin, String name) {
    admin
        .http()
        .post(
            "/realms",
            """
            {'realm':'%s','enabled':true,'sslRequired':'none','registrationAllowed':true,
             'editUsernameAllowed':true,'organizationsEnabled':true}
            """
                .formatted(name));
    var realm = new Realm(admin, name);
    var profile = realm.http.get("/users/profile").toString();
    realm.http.put(
        "/users/profile",
        profile.substring(0, profile.length() - 1) + ",'unmanagedAttributePolicy':'ENABLED'}");
    return realm;
  }

  /** One that exists already, such as by an import. */
  static Realm existing(Admin admin, String name) {
    return new Realm(admin, name);
  }

  public String name() {
    return name;
  }

  /** The word as it is called in this realm and at the phone system. */
  public String named(String word) {
    return word + "-" + name;
  }

  /** The realm's part of the admin REST API; paths begin after the realm's name. */
  public Http http() {
    return http;
  }

  Admin admin() {
    return admin;
  }

  // --- Targets ---

  /**
   * Makes the bridge's tenant of the same name a target.
   *
   * @param more settings, such as {@code 'roles':['pbx-manager']}; may be empty
   */
  public Target target(Bridge bridge, String more) {
    var config =
        "'scimUrl':['%s'],'token':['%s']".formatted(bridge.scim(name), bridge.token())
            + (more.isEmpty() ? "" : "," + more);
    var id =
        http.post(
                "/components",
                """
                {'name':'phones','providerId':'patchbay','providerType':'%s','config':{%s}}
                """
                    .formatted(USER_STORAGE, config))
            .madeId();
    return new Target(this, id);
  }

  // --- Users ---

  public User createUser(String word) {
    return createUser(word, "");
  }

  /**
   * Makes a user with a name and an e-mail address.
   *
   * @param more of the user's representation, such as {@code 'enabled':false}; may be empty
   */
  public User createUser(String word, String more) {
    var id = http.post("/users", person(word, more)).madeId();
    return new User(this, id, named(word));
  }

  /** The body that makes a user. */
  public String person(String word, String more) {
    return """
    {'username':'%1$s','email':'%1$s@example.com','firstName':'%2$s','lastName':'Lovelace',
     'enabled':true%3$s}
    """
        .formatted(named(word), word, more.isEmpty() ? "" : "," + more);
  }

  /** The user with that name, however it came to be. */
  public Optional<User> user(String word) {
    for (JsonNode found : http.get("/users?exact=true&username=" + named(word))) {
      return Optional.of(new User(this, found.path("id").asText(), named(word)));
    }
    return Optional.empty();
  }

  // --- Groups ---

  public Group createGroup(String word) {
    var id = http.post("/groups", "{'name':'%s'}".formatted(named(word))).madeId();
    return new Group(this, id, named(word));
  }

  // --- Roles ---

  public Role createRole(String role) {
    return Role.make(this, "", role);
  }

  /** A role of a new client. */
  public Role createClientRole(String client, String role) {
    var made = http.post("/clients", "{'clientId':'%s'}".formatted(client));
    return Role.make(this, "/clients/" + made.madeId(), role);
  }

  // --- The realm itself ---

  public void createIdentityProvider(String alias) {
    http.post(
        "/identity-provider/instances",
        """
        {'alias':'%s','providerId':'oidc','enabled':true,'config':{'clientId':'keycloak',
         'clientSecret':'none','authorizationUrl':'http://127.0.0.1:9/auth',
         'tokenUrl':'http://127.0.0.1:9/token'}}
        """
            .formatted(alias));
  }

  /**
   * Imports into the realm what is in the body.
   *
   * @param ifExists {@code FAIL}, {@code SKIP} or {@code OVERWRITE}
   */
  public void partialImport(String ifExists, String body) {
    http.post("/partialImport", "{'ifResourceExists':'%s',%s}".formatted(ifExists, body));
  }

  /** A browser nobody is signed in with. */
  public Browser browser() {
    return new Browser(admin.at("/realms/" + name));
  }

  /** An access token for the user of the account API. */
  public Http accountOf(User user, String password) {
    var form =
        "grant_type=password&client_id=admin-cli&scope=openid&username=%s&password=%s"
            .formatted(user.name(), password);
    var token = admin.token(name, form);
    return Http.to(admin.at("/realms/" + name + "/account"), token);
  }

  public void delete() {
    http.delete("");
  }

  @Override
  public void close() {
    http.send("DELETE", "", Optional.empty()); // the test may have deleted it
  }
}
