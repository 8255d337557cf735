package dev.patchbay.pbx.portsip;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.PbxConnection;
import dev.patchbay.pbx.http.RequestLimits;
import dev.patchbay.pbx.portsip.PortSipLogin.OAuth;
import dev.patchbay.pbx.portsip.PortSipLogin.SignIn;
import dev.patchbay.pbx.portsip.PortSipLogin.StaticToken;

/**
 * How to reach one PortSIP tenant and how it behaves where PortSIP does not say; each key is in
 * docs/reference/pbx/portsip.md.
 */
record PortSipSettings(
    PbxConnection connection,
    PortSipLogin login,
    ApiLevel apiLevel,
    UpdateMode updateMode,
    ClearWith clearWith,
    RolesGivenBy rolesGivenBy) {

  // The one public client of the vendor's page "Authentication" (v22.0 and v22.1); not a secret.
  private static final String VENDOR_CLIENT = "9d806019-75b2-4b3d-bb8b-f5a3a412cc0a";

  // Below the 5,000 a minute that PortSIP allows, which others share.
  private static final RequestLimits USUAL = new RequestLimits(8, 4000);

  private enum AuthStyle {
    STATIC,
    SIGNIN,
    OAUTH
  }

  static PortSipSettings from(Section section) {
    ApiLevel level = ApiLevel.from(section);
    return new PortSipSettings(
        connection(section),
        login(section, level),
        level,
        section.choice("update-mode", UpdateMode.READ_MODIFY_WRITE),
        section.choice("clear-with", ClearWith.NULL),
        rolesGivenBy(section, level));
  }

  private static RolesGivenBy rolesGivenBy(Section section, ApiLevel level) {
    var key = section.choice("give-roles-by", RolesGivenBy.NAME);
    if (key == RolesGivenBy.ID && !level.atLeast(ApiLevel.V22_3)) {
      section.reject("give-roles-by", "id needs api-level 22.3 or later, expected name");
    }
    return key;
  }

  private static PbxConnection connection(Section section) {
    var connection = PbxConnection.from(section, USUAL);
    if (connection.baseUrl().toString().endsWith("/api")) {
      section.reject(
          "base-url", "expected the address without /api, found '" + connection.baseUrl() + "'");
    }
    return connection;
  }

  private static PortSipLogin login(Section section, ApiLevel level) {
    AuthStyle style = section.choice("auth-style", usualStyle(section, level));
    if (style == AuthStyle.SIGNIN && level == ApiLevel.V22_0) {
      section.reject("auth-style", "signin needs api-level 22.2 or later, expected oauth");
    }
    return switch (style) {
      case STATIC -> staticToken(section);
      case SIGNIN -> signIn(section);
      case OAUTH -> oAuth(section);
    };
  }

  private static AuthStyle usualStyle(Section section, ApiLevel level) {
    if (section.has("token") || !section.has("username")) {
      return AuthStyle.STATIC;
    }
    return level == ApiLevel.V22_0 ? AuthStyle.OAUTH : AuthStyle.SIGNIN;
  }

  private static PortSipLogin staticToken(Section section) {
    unused(section, "static", "username", "password", "domain", "client-id");
    Secret token = section.secret("token");
    if (!token.reveal().isEmpty() && !PortSipToken.fitsIntoHeader(token.reveal())) {
      section.reject("token", "expected one line of printable ASCII without spaces");
    }
    return new StaticToken(token);
  }

  private static PortSipLogin signIn(Section section) {
    unused(section, "signin", "token", "client-id");
    return new SignIn(
        section.string("username"), section.secret("password"), section.optionalString("domain"));
  }

  private static PortSipLogin oAuth(Section section) {
    unused(section, "oauth", "token");
    return new OAuth(
        section.string("username"),
        section.secret("password"),
        section.optionalString("domain"),
        section.string("client-id", VENDOR_CLIENT));
  }

  private static void unused(Section section, String style, String... keys) {
    for (String key : keys) {
      if (section.has(key)) {
        section.reject(key, "expected no " + key + " with auth-style " + style);
      }
    }
  }
}
