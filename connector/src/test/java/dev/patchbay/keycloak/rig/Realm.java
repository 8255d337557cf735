package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;

/**
 * A realm of one test. What it makes on behalf of a word, such as a user {@code ada}, has the
 * realm's name behind it ({@code ada-r7}), because all realms share one phone system.
 */
public final class Realm implements AutoCloseable {
  private static final String USER_STORAGE = "org.keycloak.storage.UserStorageProvider";

  private static final String COMPONENT =
      "{'name':'%s','providerId':'%s','providerType':'%s','config':{%s}}";

  private final Admin admin;
  private final Http http;
  private final String name;

  private Realm(Admin admin, String name) {
    this.admin = admin;
    this.name = name;
    this.http = new Http(admin.at("/admin/realms/" + name), admin.http().token());
  }

  /** Makes it, open to registrations and to attributes of any name. */
  public static Realm make(Admin admin, String name) {
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
  public static Realm existing(Admin admin, String name) {
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
   * Makes a SCIM server a target.
   *
   * @param more settings, such as {@code 'groups':['*']}
   */
  public Target target(URI scim, String token, String more) {
    return component(
        "phones", "patchbay", "'scimUrl':['%s'],'token':['%s'],%s".formatted(scim, token, more));
  }

  /** As {@link #target}, where that may be refused. */
  public Answer tryTarget(URI scim, String token, String more) {
    var config = "'scimUrl':['%s'],'token':['%s'],%s".formatted(scim, token, more);
    var body = COMPONENT.formatted("phones", "patchbay", USER_STORAGE, config);
    return http.send("POST", "/components", Optional.of(body.replace('\'', '"')));
  }

  /** The connector's status and actions, as the server's administrator. */
  public Http sending() {
    return new Http(admin.at("/realms/" + name + "/patchbay"), admin.http().token());
  }

  /** As {@link #sending}, by one of the realm's users. */
  public Http sendingAs(User user, String password) {
    var token = admin.tokens(user.realm().name, user.name(), password).done().json();
    return Http.to(admin.at("/realms/" + name + "/patchbay"), token.path("access_token").asText());
  }

  public Http sendingAsNobody() {
    return Http.to(admin.at("/realms/" + name + "/patchbay"), "none");
  }

  /** Adds a user storage, such as a target with settings that are not the usual. */
  public Target component(String component, String provider, String config) {
    var body = COMPONENT.formatted(component, provider, USER_STORAGE, config);
    return new Target(this, http.post("/components", body).madeId());
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
    return userCalled(named(word));
  }

  /** As {@link #user}, with a name that the realm's is not behind. */
  public Optional<User> userCalled(String userName) {
    for (JsonNode found : http.get("/users?exact=true&username=" + userName)) {
      return Optional.of(new User(this, found.path("id").asText(), userName));
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

  public void deleteClient(String client) {
    http.delete("/clients/" + idOfClient(client));
  }

  private String idOfClient(String client) {
    return http.get("/clients?clientId=" + client).path(0).path("id").asText();
  }

  /** One that Keycloak has made. */
  public Role role(String role) {
    return Role.read(this, "", role);
  }

  /** One that Keycloak has made, of a client it has made. */
  public Role clientRole(String client, String role) {
    return Role.read(this, "/clients/" + idOfClient(client), role);
  }

  // --- Organizations ---

  /** Makes one and returns its id. */
  public String createOrganization(String word) {
    return http.post(
            "/organizations",
            "{'name':'%1$s','alias':'%1$s','domains':[{'name':'%1$s.example'}]}"
                .formatted(named(word)))
        .madeId();
  }

  public void addMember(String organization, User user) {
    http.post("/organizations/" + organization + "/members", user.id());
  }

  public void removeMember(String organization, User user) {
    http.delete("/organizations/" + organization + "/members/" + user.id());
  }

  public void deleteOrganization(String organization) {
    http.delete("/organizations/" + organization);
  }

  // --- The realm itself ---

  /** Changes what the body names, such as {@code 'bruteForceProtected':true}. */
  public void update(String fields) {
    http.put("", "{" + fields + "}");
  }

  /** Switches on an action that people may do to their own accounts. */
  public void allowAction(String alias) {
    http.put(
        "/authentication/required-actions/" + alias,
        "{'alias':'%1$s','name':'%1$s','enabled':true,'providerId':'%1$s'}".formatted(alias));
  }

  /** One that nobody ever signs in at. */
  public void createIdentityProvider(String alias) {
    createIdentityProvider(alias, "http://127.0.0.1:9");
  }

  /** Another realm, whose people can sign in here; each time their names are taken over. */
  public void createIdentityProvider(String alias, Realm other) {
    other.http.post(
        "/clients",
        """
        {'clientId':'keycloak','secret':'none','publicClient':false,'bearerOnly':false,
         'redirectUris':['*']}
        """);
    createIdentityProvider(
        alias, admin.at("/realms/" + other.name + "/protocol/openid-connect").toString());
  }

  private void createIdentityProvider(String alias, String urls) {
    http.post(
        "/identity-provider/instances",
        """
        {'alias':'%1$s','providerId':'oidc','enabled':true,'config':{'clientId':'keycloak',
         'clientSecret':'none','clientAuthMethod':'client_secret_post','syncMode':'FORCE',
         'defaultScope':'openid profile email','authorizationUrl':'%2$s/auth',
         'tokenUrl':'%2$s/token','userInfoUrl':'%2$s/userinfo'}}
        """
            .formatted(alias, urls));
  }

  public void deleteIdentityProvider(String alias) {
    http.delete("/identity-provider/instances/" + alias);
  }

  /**
   * Imports into the realm what is in the body.
   *
   * @param ifExists {@code FAIL}, {@code SKIP} or {@code OVERWRITE}
   */
  public void partialImport(String ifExists, String body) {
    http.post("/partialImport", "{'ifResourceExists':'%s',%s}".formatted(ifExists, body));
  }

  /** Has Keycloak do something to whoever an event is about, by itself and without an event. */
  public void createWorkflow(String name, String on, String step) {
    http.post(
        "/workflows", "{'name':'%s','on':'%s','steps':[{'uses':'%s'}]}".formatted(name, on, step));
  }

  /** A browser nobody is signed in with. */
  public Browser browser() {
    return new Browser(admin.at("/realms/" + name));
  }

  /** The account API as its owner uses it. */
  public Http accountOf(User user, String password) {
    var token = admin.tokens(name, user.name(), password).done().json().path("access_token");
    return Http.to(admin.at("/realms/" + name + "/account"), token.asText());
  }

  /** Who signs this realm's tokens. */
  public URI issuer() {
    return admin.at("/realms/" + name);
  }

  /**
   * Makes a client that gets tokens for itself, with its name for a secret.
   *
   * @param audience whom its tokens are for
   * @param scope that it may ask for
   */
  public void createServiceClient(String client, String audience, String scope) {
    var made =
        http.post(
                "/clients",
                """
                {'clientId':'%1$s','secret':'%1$s','publicClient':false,'bearerOnly':false,
                 'serviceAccountsEnabled':true,'protocolMappers':[{'name':'audience',
                  'protocol':'openid-connect','protocolMapper':'oidc-audience-mapper',
                  'config':{'included.custom.audience':'%2$s','access.token.claim':'true'}}]}
                """
                    .formatted(client, audience))
            .madeId();
    var allowed =
        http.post(
                "/client-scopes",
                """
                {'name':'%s','protocol':'openid-connect',
                 'attributes':{'include.in.token.scope':'true'}}
                """
                    .formatted(scope))
            .madeId();
    http.put("/clients/" + made + "/optional-client-scopes/" + allowed, "{}");
  }

  /** Opens Keycloak's own SCIM API, which has to be among its features, to a client. */
  public Http openScim() {
    update("'scimApiEnabled':true");
    var scim = admin.at("/realms/" + name + "/scim/v2");
    createServiceClient("scim", scim.toString(), "all");
    var account = http.get("/clients/" + idOfClient("scim") + "/service-account-user");
    new User(this, account.path("id").asText(), "scim")
        .grant(clientRole("realm-management", "manage-users"));
    return new Http(scim, () -> admin.clientToken(name, "scim", "scim"));
  }

  /** Signs in with a wrong password. */
  public void failToSignIn(User user) {
    admin.tokens(name, user.name(), "wrong");
  }

  public void delete() {
    http.delete("");
  }

  @Override
  public void close() {
    http.send("DELETE", "", Optional.empty()); // the test may have deleted it
  }
}
