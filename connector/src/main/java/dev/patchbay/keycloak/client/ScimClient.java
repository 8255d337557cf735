package dev.patchbay.keycloak.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.config.Authentication;
import dev.patchbay.keycloak.config.Authentication.BearerToken;
import dev.patchbay.keycloak.config.Authentication.ClientCredentials;
import dev.patchbay.keycloak.config.TargetConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Sends SCIM requests (RFC 7644) to one target. Safe for use by several threads. */
public final class ScimClient {
  private static final String MEDIA_TYPE = "application/scim+json";

  private static final int ID_LIMIT = 255;

  private static final Duration SOON = Duration.ofSeconds(1);

  private final URI base;
  private final Duration limit;
  private final HttpClient http;
  private final BearerTokens tokens;
  private final Patience patience;
  private final Statuses statuses;
  private final Guard guard;
  private final BooleanSupplier permission;

  /**
   * @param permission asked before each request: whether this node may send to the target for as
   *     long as the request may take
   */
  public ScimClient(TargetConfig target, HttpClient http, Clock clock, BooleanSupplier permission) {
    this.permission = permission;
    this.base = target.scimUrl();
    this.limit = target.limits().requestTimeout();
    this.http = http;
    this.tokens = tokens(target.authentication(), http, clock);
    this.patience = new Patience(clock);
    this.statuses = new Statuses(patience);
    this.guard = new Guard(target.id(), target.limits(), patience);
  }

  private static BearerTokens tokens(Authentication authentication, HttpClient http, Clock clock) {
    if (authentication instanceof ClientCredentials it) {
      return new FetchedToken(it, http, clock);
    }
    return new FixedToken(((BearerToken) authentication).token());
  }

  /** What the target says it can do; the cheapest way to see whether URL and token are right. */
  public JsonNode serviceProviderConfig() {
    return guard.once(() -> send("GET", "/ServiceProviderConfig", BodyPublishers.noBody()));
  }

  /** The resource as the target made it, which has an id. Sent twice it is a conflict. */
  public JsonNode create(ResourceKind kind, ObjectNode resource) {
    return guard.once(
        () -> {
          JsonNode made = send("POST", kind.path(), json(resource));
          int length = made.path("id").asText().length();
          if (length == 0 || length > ID_LIMIT) {
            throw new Failed("POST " + kind.path() + ": the answer has no id that we can keep");
          }
          return made;
        });
  }

  /** The resource afterwards; empty if the target does not show it. */
  public JsonNode patch(ResourceKind kind, String id, PatchRequest patch) {
    var body = json(JsonUtils.valueToNode(patch));
    return guard.repeatable(() -> send("PATCH", path(kind, id), body));
  }

  /** Afterwards the resource is not there, and may not have been before. */
  public void delete(ResourceKind kind, String id) {
    try {
      guard.repeatable(() -> send("DELETE", path(kind, id), BodyPublishers.noBody()));
    } catch (Rejected e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  /** Ids of a group's members at the target; none if there is no such group. */
  public Optional<Set<String>> members(String group) {
    String path = path(ResourceKind.GROUP, group) + "?attributes=members";
    try {
      var found =
          guard.repeatable(() -> send("GET", path, BodyPublishers.noBody(), Content.asMembers()));
      json(found); // a proxy's page would be a group without members
      return Optional.of(found.members());
    } catch (Rejected e) {
      if (e.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What matches, without members, up to the target's page size. */
  public List<JsonNode> find(ResourceKind kind, Filter filter) {
    String query = "?filter=" + encode(filter.toString()) + "&excludedAttributes=members";
    return page(kind.path() + query).resources();
  }

  /**
   * A part of all resources, with these attributes.
   *
   * @param startIndex from 1
   */
  public RemotePage list(ResourceKind kind, List<String> attributes, int startIndex, int count) {
    String names = encode(String.join(",", attributes));
    return page(
        kind.path() + "?attributes=" + names + "&startIndex=" + startIndex + "&count=" + count);
  }

  /**
   * {@code closed} while the target answers, {@code open} while it is left alone, {@code half_open}
   * in between.
   */
  public String circuit() {
    return guard.state();
  }

  /** How long the target asks to be left alone; none if it does not. */
  public Optional<Duration> asksToWait() {
    return patience.left();
  }

  /** An administrator's word: the target is not left alone any longer. */
  public void resume() {
    patience.end();
  }

  private RemotePage page(String path) {
    JsonNode answer = guard.repeatable(() -> send("GET", path, BodyPublishers.noBody()));
    var resources = new ArrayList<JsonNode>();
    answer.path("Resources").forEach(resources::add);
    return new RemotePage(answer.path("totalResults").asInt(resources.size()), resources);
  }

  private JsonNode send(String method, String path, BodyPublisher body) {
    return json(send(method, path, body, Content.asText()));
  }

  private JsonNode json(Content content) {
    return content
        .json()
        .orElseThrow(() -> new Failed("no SCIM from " + base + ": is it the base URL?"));
  }

  private Content send(String method, String path, BodyPublisher body, BodyHandler<Content> as) {
    String token = tokens.current();
    var answer = send(request(method, path, body, token), as);
    if (answer.statusCode() == 401 && tokens.refused(token)) {
      answer = send(request(method, path, body, tokens.current()), as);
    }
    return statuses.read(method, path, answer);
  }

  private HttpResponse<Content> send(HttpRequest request, BodyHandler<Content> as) {
    if (!permission.getAsBoolean()) {
      throw new Postponed("another node may send now", SOON);
    }
    return Answers.within(limit, http, request, as, base);
  }

  private HttpRequest request(String method, String path, BodyPublisher body, String token) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(limit)
        .header("Authorization", "Bearer " + token)
        .header("Accept", MEDIA_TYPE)
        .header("Content-Type", MEDIA_TYPE)
        .method(method, body)
        .build();
  }

  private static BodyPublisher json(JsonNode resource) {
    return BodyPublishers.ofString(resource.toString());
  }

  private static String path(ResourceKind kind, String id) {
    return kind.path() + "/" + encode(id);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
