package dev.patchbay.app;

import dev.patchbay.config.Secret;
import java.net.URI;
import java.nio.file.Path;

/**
 * What the demo tells of one tenant: where everything is, and requests that work when pasted into a
 * shell.
 *
 * @param pbxUrl without a path
 */
record DemoHints(
    String dialect, URI scimUrl, Secret token, URI pbxUrl, Secret pbxToken, Path data) {

  String text() {
    return """
    SCIM base URL: %s
    SCIM token:    %s
    PBX URL:       %s
    PBX token:     %s
    data:          %s

    Create a user, look at it in %s, %s:
    %s
    %s
    %s

    """
        .formatted(
            scimUrl,
            token.reveal(),
            pbxUrl,
            pbxToken.reveal(),
            data,
            place(),
            leaving(),
            create(),
            "  curl -s " + list(),
            leave());
  }

  private String place() {
    return dialect.equals("crmcom")
        ? "the emulator (CRM.COM itself has no call for that)"
        : "the PBX";
  }

  private String leaving() {
    return dialect.equals("crmcom")
        ? "be refused what CRM.COM cannot do"
        : "take its phone account away";
  }

  private String create() {
    return scim()
        + " %s/Users -d '{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
            .formatted(scimUrl)
        + "\"userName\":\"ada@example.com\",\"displayName\":\"Ada Lovelace\"}'";
  }

  private String list() {
    return switch (dialect) {
      case "portsip" -> "-H 'Authorization: Bearer %s' %s/api/users".formatted(secret(), pbxUrl);
      case "ipcortex" ->
          "%s/rest/ops/read/ -H 'Content-Type: application/json' -d '{\"type\":\"user\","
                  .formatted(pbxUrl)
              + "\"scope\":{\"company\":\"acme\"},"
              + "\"auth\":{\"type\":\"auth\",\"subtype\":\"key\",\"token\":\"%s\"}}'"
                  .formatted(secret());
      case "xelion" ->
          "-H \"Authorization: xelion $(%s)\" '%s/api/v1/master/users?include=userName,active'"
              .formatted(xelionLogIn(), pbxUrl);
      default -> pbxUrl + "/_emulator/users";
    };
  }

  /** Xelion lets one session at a time have a name, so each gets its own. */
  private String xelionLogIn() {
    return "curl -s %s/api/v1/master/me/login -H 'Content-Type: application/json'".formatted(pbxUrl)
        + " -d '{\"userName\":\"bridge\",\"password\":\"%s\",".formatted(secret())
        + "\"userSpace\":\"'$$-$(date +%s%N)'\"}'"
        + member("authentication");
  }

  /** One line although it needs the id: the inner request looks it up. */
  private String leave() {
    String find =
        "curl -sG -H 'Authorization: Bearer %s' %s/Users".formatted(token.reveal(), scimUrl);
    String filter = " --data-urlencode 'filter=userName eq \"ada@example.com\"'";
    return scim()
        + " -X PATCH %s/Users/$(%s%s%s)".formatted(scimUrl, find, filter, member("id"))
        + " -d '{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
        + "\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}'";
  }

  private static String member(String name) {
    return " | grep -o '\"%s\" *: *\"[^\"]*' | head -1 | cut -d'\"' -f4".formatted(name);
  }

  private String secret() {
    return pbxToken.reveal();
  }

  private String scim() {
    return "  curl -s -H 'Authorization: Bearer %s' -H 'Content-Type: application/scim+json'"
        .formatted(token.reveal());
  }
}
