package dev.patchbay.rfc;

import dev.patchbay.e2e.Answer;
import dev.patchbay.e2e.Http;
import dev.patchbay.e2e.RunningBridge;
import dev.patchbay.schema.IdentityProvider;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A client that knows the RFCs and nothing of the server, and looks at every answer with {@link
 * Lint}. In bodies {@code '} stands for {@code "}.
 */
final class Scim {
  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
  static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  private static final String MESSAGES = "urn:ietf:params:scim:api:messages:2.0:";
  static final String PATCH_OP = MESSAGES + "PatchOp";
  static final String LIST = MESSAGES + "ListResponse";
  static final String SEARCH = MESSAGES + "SearchRequest";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final RunningBridge bridge;
  private final Http http;
  private final Lint lint;

  private Scim(RunningBridge bridge, Http http, Lint lint) {
    this.bridge = bridge;
    this.http = http;
    this.lint = lint;
  }

  static Scim of(RunningBridge bridge) {
    var http = bridge.scim(IdentityProvider.GENERIC).http();
    return new Scim(bridge, http, new Lint(Declared.by(http)));
  }

  /** With a header changed or added; an empty value leaves it out. */
  Scim with(String header, String value) {
    return new Scim(bridge, http.with(header, value), lint);
  }

  /** Somebody who may do nothing here, but something elsewhere. */
  Scim intruder() {
    return new Scim(bridge, bridge.intruder().http(), lint);
  }

  /** Somebody of whom nobody said which identity provider it is. */
  Scim lenient() {
    return new Scim(bridge, bridge.scim().http(), lint);
  }

  /** The same server below another address. */
  Scim at(URI base) {
    return new Scim(bridge, new Http(base, http.headers()), lint);
  }

  URI base() {
    return http.base();
  }

  String authorization() {
    return Optional.ofNullable(http.headers().get("Authorization")).orElseThrow();
  }

  Declared declared() {
    return lint.declared();
  }

  Answer get(String path) {
    return send("GET", path);
  }

  Answer delete(String path) {
    return send("DELETE", path);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  /** A PATCH of these operations. */
  Answer patch(String path, String... operations) {
    var list = String.join(",", operations);
    return send("PATCH", path, "{'schemas':['%s'],'Operations':[%s]}".formatted(PATCH_OP, list));
  }

  Answer send(String method, String path) {
    return checked(method, path, http.send(method, path, Optional.empty()));
  }

  Answer send(String method, String path, String body) {
    return sendAsIs(method, path, body.replace('\'', '"'));
  }

  Answer sendAsIs(String method, String path, String body) {
    var sender =
        http.headers().containsKey("Content-Type")
            ? http
            : http.with("Content-Type", "application/scim+json");
    return checked(method, path + " " + body, sender.send(method, path, Optional.of(body)));
  }

  private Answer checked(String method, String path, Answer answer) {
    lint.check(method, path, answer);
    return answer;
  }

  /** A name nobody has. */
  static String unique(String name) {
    return name + "-" + NUMBERS.incrementAndGet();
  }

  /** A user with a name of its own. */
  Answer user(String... attributes) {
    return userNamed(unique("user") + "@corp.example", attributes);
  }

  Answer userNamed(String userName, String... attributes) {
    return post("/Users", userBody(userName, attributes)).is(201);
  }

  /** The body of a user. */
  static String userBody(String userName, String... attributes) {
    var extension = String.join(",", attributes).contains("'" + ENTERPRISE + "'");
    var schemas = "'" + USER + "'" + (extension ? ",'" + ENTERPRISE + "'" : "");
    return Stream.concat(
            Stream.of("'schemas':[" + schemas + "]", "'userName':'" + userName + "'"),
            Stream.of(attributes))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** A group with a name of its own, of the users with these ids. */
  Answer group(String... members) {
    return post("/Groups", groupBody(unique("group"), members)).is(201);
  }

  /** The body of a group. */
  static String groupBody(String displayName, String... members) {
    var list = Stream.of(members).map("{'value':'%s'}"::formatted).collect(Collectors.joining(","));
    return "{'schemas':['%s'],'displayName':'%s','members':[%s]}"
        .formatted(GROUP, displayName, list);
  }
}
