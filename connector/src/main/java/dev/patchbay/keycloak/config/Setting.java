package dev.patchbay.keycloak.config;

import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** One key of a target's component, as the admin console, the REST API and import files name it. */
public enum Setting {
  SCIM_URL(
      "scimUrl",
      "SCIM base URL",
      "Where the target takes SCIM 2.0 requests, such as https://scim.example.com/office/scim/v2.",
      ProviderConfigProperty.STRING_TYPE,
      ""),
  PLAIN_HTTP(
      "plainHttp",
      "Allow plain HTTP",
      "Lets URLs begin with http: also where they lead to another machine. Everybody on the way"
          + " then reads the token.",
      ProviderConfigProperty.BOOLEAN_TYPE,
      "false"),
  TOKEN(
      "token",
      "Bearer token",
      "Sent with each request; ${vault.name} reads it from Keycloak's vault. Leave empty to use"
          + " OAuth 2.0.",
      ProviderConfigProperty.PASSWORD,
      ""),
  OAUTH_TOKEN_URL(
      "oauthTokenUrl",
      "OAuth token URL",
      "Token endpoint of the authorization server, for the client credentials grant. Only without"
          + " a bearer token.",
      ProviderConfigProperty.STRING_TYPE,
      ""),
  OAUTH_CLIENT_ID("oauthClientId", "OAuth client id", "", ProviderConfigProperty.STRING_TYPE, ""),
  OAUTH_CLIENT_SECRET(
      "oauthClientSecret",
      "OAuth client secret",
      "${vault.name} reads it from Keycloak's vault.",
      ProviderConfigProperty.PASSWORD,
      ""),
  OAUTH_SCOPE(
      "oauthScope",
      "OAuth scope",
      "Asked for with the token; may be empty.",
      ProviderConfigProperty.STRING_TYPE,
      ""),
  SECRET_AGAIN(
      "secretAgain",
      "Token or client secret once more",
      "Only to send the saved bearer token or client secret to another host: the same once more. It"
          + " is compared with the saved one and not kept.",
      ProviderConfigProperty.PASSWORD,
      ""),
  USERS(
      "users",
      "Users",
      "Who is sent: all users of the realm, the members of a group and its subgroups, those who"
          + " effectively have a role, or those with an attribute. Service accounts never are.",
      List.of("all", "group", "role", "attribute"),
      "all"),
  USERS_IN(
      "usersIn",
      "Which group, role or attribute",
      "For group its path (/staff/phones), for role its name (pbx-user, or client.role), for"
          + " attribute name=value.",
      ProviderConfigProperty.STRING_TYPE,
      ""),
  GROUPS(
      "groups",
      "Groups",
      "Paths of the groups that are sent with their members, such as /sales; a group stands for"
          + " its subgroups, too. * is all groups; empty, no group is sent.",
      ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
      ""),
  GROUP_NAMES(
      "groupNames",
      "Names of subgroups",
      "path: sales/emea, which is always unique. name: emea.",
      List.of("path", "name"),
      "path"),
  ROLES(
      "roles",
      "Roles",
      "Roles that are sent as the user's roles if the user has them in effect: pbx-manager, or"
          + " client.role. pbx-manager=QueueManager sends another value.",
      ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
      ""),
  ATTRIBUTES(
      "attributes",
      "Attributes",
      "scimPath=attribute, such as title=jobTitle, phoneNumbers[mobile]=mobile or"
          + " urn:ietf:params:scim:schemas:extension:pbx:2.0:User:extensionNumber=extension.",
      ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
      ""),
  MS365_ALIASES(
      "ms365Aliases",
      "Microsoft identity providers",
      "Aliases of identity providers that are Microsoft Entra ID. The user's id there is sent as"
          + " ms365.id, so that the phone system can bind the Microsoft 365 user.",
      ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
      ""),
  ON_REMOVAL(
      "onRemoval",
      "When a user goes",
      "What the target is told when a user was deleted or is no longer among those who are sent:"
          + " delete, deactivate, or nothing at all (keep).",
      List.of("delete", "deactivate", "keep"),
      "delete"),
  UNKNOWN_ACCOUNTS(
      "unknownAccounts",
      "Accounts of unknown users",
      "What becomes of accounts at the target with the id of a Keycloak user whom no realm has,"
          + " such as after a restored backup: report counts them; remove treats them like a user"
          + " who goes. Only remove where no other Keycloak sends to.",
      List.of("report", "remove"),
      "report"),
  BRAKE_PERCENT(
      "brakePercent",
      "Safety brake (%)",
      "When one reconciliation would take away more than this share of the users (and more than"
          + " five), it holds them until an administrator releases them. 100 never holds.",
      ProviderConfigProperty.INTEGER_TYPE,
      "20"),
  RECONCILE_MINUTES(
      "reconcileMinutes",
      "Reconcile every (minutes)",
      "How often everything is compared, to find what no event tells: LDAP imports, workflows,"
          + " other extensions. 0 is never.",
      ProviderConfigProperty.INTEGER_TYPE,
      "60"),
  BATCH_SIZE(
      "batchSize",
      "Batch size",
      "How many users or groups are claimed at once, 1 to 1000.",
      ProviderConfigProperty.INTEGER_TYPE,
      "100"),
  PARALLEL(
      "parallel",
      "Parallel requests",
      "How many requests are under way at a time, 1 to 32. One user's are always in order.",
      ProviderConfigProperty.INTEGER_TYPE,
      "4"),
  REQUESTS_PER_SECOND(
      "requestsPerSecond",
      "Requests per second",
      "More are not sent; 1 to 10000.",
      ProviderConfigProperty.INTEGER_TYPE,
      "100"),
  REQUEST_TIMEOUT_SECONDS(
      "requestTimeoutSeconds",
      "Time limit of a request (s)",
      "An answer that takes longer counts as none, 1 to 120.",
      ProviderConfigProperty.INTEGER_TYPE,
      "30"),
  MAX_ATTEMPTS(
      "maxAttempts",
      "Attempts before blocking",
      "How often a user or group is sent that the target fails at, before it is blocked until an"
          + " administrator looks. Attempts while the target cannot be reached do not count.",
      ProviderConfigProperty.INTEGER_TYPE,
      "10"),
  CHECK_ON_SAVE(
      "checkOnSave",
      "Check on saving",
      "Ask the target for its service provider configuration before URL and token are saved.",
      ProviderConfigProperty.BOOLEAN_TYPE,
      "true");

  private final String key;
  private final String label;
  private final String help;
  private final String type;
  private final String byDefault;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> options;

  Setting(String key, String label, String help, String type, String byDefault) {
    this.key = key;
    this.label = label;
    this.help = help;
    this.type = type;
    this.byDefault = byDefault;
    this.options = List.of();
  }

  Setting(String key, String label, String help, List<String> options, String byDefault) {
    this.key = key;
    this.label = label;
    this.help = help;
    this.type = ProviderConfigProperty.LIST_TYPE;
    this.byDefault = byDefault;
    this.options = List.copyOf(options);
  }

  /** The name of the setting in the component's configuration. */
  public String key() {
    return key;
  }

  /** What it is for, and its limits. */
  public String help() {
    return help;
  }

  /** What holds where nothing is set; empty if nothing does. */
  public String byDefault() {
    return byDefault;
  }

  /** What can be chosen; empty if that is not all there is. */
  public List<String> options() {
    return options;
  }

  /** How the admin console asks for it. */
  public ProviderConfigProperty property() {
    var property = new ProviderConfigProperty(key, label, help, type, byDefault);
    property.setSecret(type.equals(ProviderConfigProperty.PASSWORD));
    property.setRequired(this == SCIM_URL);
    property.setOptions(options);
    return property;
  }
}
