package dev.patchbay.keycloak.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends SCIM requests (RFC 7644) to one target. Safe for use by several threads. */
public final class ScimClient {
  private static final String MEDIA_TYPE = "application/scim+json";

  /** A target's words are shown to administrators, but not without end. */
  private static final int DETAIL_LIMIT = 500;

  private final URI base;
  private final Duration limit;
  private final HttpClient http;
  private final BearerTokens tokens;
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
    this.guard = new Guard(target.id(), target.limits());
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
          if (made.path("id").asText().isEmpty()) {
            throw new Failed("POST " + kind.path() + ": the answer has no id");
          }
          return made;
        });
  }

  /** The resource with this id becomes what is sent. */
  public JsonNode replace(ResourceKind kind, String id, ObjectNode resource) {
    return guard.repeatable(() -> send("PUT", path(kind, id), json(resource)));
  }

  public void patch(ResourceKind kind, String id, PatchRequest patch) {
    var body = json(JsonUtils.valueToNode(patch));
    guard.repeatable(() -> send("PATCH", path(kind, id), body));
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

  /** None if there is no such resource. */
  public Optional<JsonNode> get(ResourceKind kind, String id) {
    try {
      return Optional.of(
          guard.repeatable(() -> send("GET", path(kind, id), BodyPublishers.noBody())));
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

  private RemotePage page(String path) {
    JsonNode answer = guard.repeatable(() -> send("GET", path, BodyPublishers.noBody()));
    var resources = new ArrayList<JsonNode>();
    answer.path("Resources").forEach(resources::add);
    return new RemotePage(answer.path("totalResults").asInt(resources.size()), resources);
  }

  private JsonNode send(String method, String path, BodyPublisher body) {
    String token = tokens.current();
    var answer = send(method, path, body, token);
    if (answer.statusCode() == 401 && tokens.refused(token)) {
      answer = send(method, path, body, tokens.current());
    }
    return read(method, path, answer);
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body, String token) {
    if (!permission.getAsBoolean()) {
      throw new Unavailable("another node may send now", Optional.empty());
    }
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(limit)
            .header("Authorization", "Bearer " + token)
            .header("Accept", MEDIA_TYPE)
            .header("Content-Type", MEDIA_TYPE)
            .method(method, body)
            .build();
    return Answers.within(limit, http, request, base);
  }

  private JsonNode read(String method, String path, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return parse(answer.body())
          .orElseThrow(
              () ->
                  new Failed(
                      "HTTP " + status + " without SCIM from " + base + ": is it the base URL?"));
    }
    String said = method + " " + pathOnly(path) + ": HTTP " + status + detail(answer.body());
    if (status == 401) {
      throw new Unauthorized(said);
    }
    if (status == 429 || status == 503) {
      throw new Unavailable(said, RetryAfter.of(answer.headers()));
    }
    if (status == 408 || status == 502 || status == 504) {
      throw new Unavailable(said, Optional.empty());
    }
    if (status >= 400 && status < 500) {
      throw new Rejected(status, said);
    }
    throw new Failed(said);
  }

  private static Optional<JsonNode> parse(String body) {
    try {
      JsonNode node = JsonUtils.getObjectReader().readTree(body.isEmpty() ? "{}" : body);
      return Optional.of(node).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** What the target's error says (RFC 7644 §3.12); nothing if it is no SCIM. */
  private static String detail(String body) {
    return parse(body)
        .map(each -> each.path("detail").asText())
        .filter(each -> !each.isEmpty())
        .map(each -> ", " + each.substring(0, Math.min(each.length(), DETAIL_LIMIT)))
        .orElse("");
  }

  private static String pathOnly(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
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
