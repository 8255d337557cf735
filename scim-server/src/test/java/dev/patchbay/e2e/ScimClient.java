package dev.patchbay.e2e;

import java.util.Optional;

/** An identity provider's side of the bridge. In bodies {@code '} stands for {@code "}. */
public record ScimClient(Http http) {
  private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  Answer get(String path) {
    return http.send("GET", path, Optional.empty());
  }

  /** Those that fit the filter. */
  Answer list(String type, String filter) {
    return get("/" + type + "?filter=" + filter);
  }

  Answer delete(String path) {
    return http.send("DELETE", path, Optional.empty());
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  /** A PATCH of these operations, without the array's brackets. */
  Answer patch(String path, String operations) {
    return send(
        "PATCH", path, "{'schemas':['%s'],'Operations':[%s]}".formatted(PATCH_OP, operations));
  }

  Answer send(String method, String path, String body) {
    return sendAsIs(method, path, body.replace('\'', '"'));
  }

  Answer sendAsIs(String method, String path, String body) {
    return http.with("Content-Type", "application/scim+json").send(method, path, Optional.of(body));
  }

  ScimClient with(String header, String value) {
    return new ScimClient(http.with(header, value));
  }

  /** A user with a name and nothing else. */
  Answer createUser(String userName) {
    return createUser(userName, "");
  }

  /**
   * A user with a name and more.
   *
   * @param more such as {@code 'active':false}; empty for nothing
   */
  Answer createUser(String userName, String more) {
    var separator = more.isEmpty() ? "" : ",";
    return post("/Users", "{'userName':'%s'%s%s}".formatted(userName, separator, more));
  }

  /** A group of these users. */
  Answer createGroup(String displayName, String... members) {
    return post(
        "/Groups",
        "{'displayName':'%s','members':[%s]}".formatted(displayName, references(members)));
  }

  Answer addMembers(String group, String... users) {
    return patch(
        "/Groups/" + group,
        "{'op':'add','path':'members','value':[%s]}".formatted(references(users)));
  }

  Answer removeMember(String group, String user) {
    return patch(
        "/Groups/" + group, "{'op':'remove','path':'members[value eq \\'%s\\']'}".formatted(user));
  }

  /** The references of a {@code members} array. */
  static String references(String... users) {
    var list = new StringBuilder();
    for (String user : users) {
      list.append(list.isEmpty() ? "" : ",").append("{'value':'").append(user).append("'}");
    }
    return list.toString();
  }
}
