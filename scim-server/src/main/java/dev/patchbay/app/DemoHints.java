package dev.patchbay.app;

import dev.patchbay.config.Secret;
import java.net.URI;
import java.nio.file.Path;

/** What the demo tells: where everything is, and requests that work when pasted into a shell. */
record DemoHints(URI scimUrl, Secret token, URI pbxUrl, Secret pbxToken, Path data) {

  String text() {
    return """
    SCIM base URL: %s
    SCIM token:    %s
    PBX URL:       %s
    PBX token:     %s
    data:          %s

    Create a user, look at it in the PBX, take its phone account away:
    %s
    %s
    %s

    """
        .formatted(
            scimUrl, token.reveal(), pbxUrl, pbxToken.reveal(), data, create(), list(), leave());
  }

  private String create() {
    return scim()
        + " %s/Users -d '{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],"
            .formatted(scimUrl)
        + "\"userName\":\"ada@example.com\",\"displayName\":\"Ada Lovelace\"}'";
  }

  private String list() {
    return "  curl -s -H 'Authorization: Bearer %s' %s/api/users"
        .formatted(pbxToken.reveal(), pbxUrl);
  }

  /** One line although it needs the id: the inner request looks it up. */
  private String leave() {
    String find =
        "curl -sG -H 'Authorization: Bearer %s' %s/Users".formatted(token.reveal(), scimUrl);
    String filter = " --data-urlencode 'filter=userName eq \"ada@example.com\"'";
    String id = " | grep -o '\"id\" *: *\"[^\"]*' | head -1 | cut -d'\"' -f4";
    return scim()
        + " -X PATCH %s/Users/$(%s%s%s)".formatted(scimUrl, find, filter, id)
        + " -d '{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
        + "\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}'";
  }

  private String scim() {
    return "  curl -s -H 'Authorization: Bearer %s' -H 'Content-Type: application/scim+json'"
        .formatted(token.reveal());
  }
}
