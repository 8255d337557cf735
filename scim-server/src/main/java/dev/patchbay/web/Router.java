package dev.patchbay.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the endpoint of a request. In a template such as {@code /{tenant}/scim/v2/Users/{id}} a
 * {@code {name}} matches one segment; a path of literals wins over it, whatever its methods. Own
 * code because Jetty's mappings match the decoded path, where {@code %2F} in a name is a separator.
 */
public final class Router {
  private static final Match NOTHING = new Match.Nothing();

  private final Node root = new Node();

  /** One segment of the path; leaves (and inner nodes that are paths themselves) hold routes. */
  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<String, Route> routes = new HashMap<>();
    Optional<Node> parameter = Optional.empty();
  }

  private record Route(List<String> names, Endpoint endpoint) {}

  /** What a path leads to. */
  sealed interface Match {
    record Found(Endpoint endpoint, Map<String, String> params) implements Match {}

    record OtherMethods(SortedSet<String> allow) implements Match {}

    record Nothing() implements Match {}
  }

  /** Adds an endpoint; all of them are to be added before the server starts. */
  public Router add(String method, String template, Endpoint endpoint) {
    Node node = root;
    var names = new ArrayList<String>();
    for (String segment : segments(template)) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        names.add(segment.substring(1, segment.length() - 1));
        node.parameter = Optional.of(node.parameter.orElseGet(Node::new));
        node = node.parameter.get();
      } else {
        node = node.literals.computeIfAbsent(segment, s -> new Node());
      }
    }
    if (node.routes.put(method, new Route(List.copyOf(names), endpoint)) != null) {
      throw new IllegalArgumentException("a second endpoint for " + method + " " + template);
    }
    return this;
  }

  /**
   * The endpoint of a raw path.
   *
   * @throws IllegalArgumentException if the path has a malformed percent sequence
   */
  Match match(String method, String path) {
    List<String> segments = segments(path).stream().map(Router::decode).toList();
    String served = method.equals("HEAD") ? "GET" : method;
    return find(root, segments, new ArrayList<>(), served);
  }

  private static Match find(Node node, List<String> rest, List<String> values, String method) {
    if (rest.isEmpty()) {
      return Optional.ofNullable(node.routes.get(method))
          .map(route -> found(route, values))
          .orElseGet(() -> otherMethods(node));
    }
    String segment = rest.get(0);
    List<String> after = rest.subList(1, rest.size());
    Match literal =
        Optional.ofNullable(node.literals.get(segment))
            .map(next -> find(next, after, values, method))
            .orElse(NOTHING);
    if (!(literal instanceof Match.Nothing) || node.parameter.isEmpty() || segment.isEmpty()) {
      return literal;
    }
    var more = new ArrayList<>(values);
    more.add(segment);
    return find(node.parameter.get(), after, more, method);
  }

  private static Match found(Route route, List<String> values) {
    var params = new HashMap<String, String>();
    for (int i = 0; i < values.size(); i++) {
      params.put(route.names().get(i), values.get(i));
    }
    return new Match.Found(route.endpoint(), Map.copyOf(params));
  }

  private static Match otherMethods(Node node) {
    if (node.routes.isEmpty()) {
      return NOTHING;
    }
    var allow = new TreeSet<>(node.routes.keySet());
    allow.add("OPTIONS");
    if (allow.contains("GET")) {
      allow.add("HEAD");
    }
    return new Match.OtherMethods(Collections.unmodifiableSortedSet(allow));
  }

  /** The segments after the leading slash; a trailing slash makes none. */
  private static List<String> segments(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    String trimmed = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
