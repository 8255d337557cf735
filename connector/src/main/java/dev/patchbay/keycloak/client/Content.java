package dev.patchbay.keycloak.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer holds.
 *
 * @param members ids of a group's members, which are read as they come; empty where none were asked
 *     for
 */
record Content(String text, Set<String> members) {
  /** In bytes: many pages of users, and far less than Keycloak's memory. */
  private static final int LIMIT = 16 << 20;

  private static final int OK = 200;

  Content {
    members = Set.copyOf(members);
  }

  private Content(String text) {
    this(text, Set.of());
  }

  static BodyHandler<Content> asText() {
    return answer ->
        BodySubscribers.mapping(
            new LimitedBody<>(BodySubscribers.ofString(StandardCharsets.UTF_8), LIMIT),
            Content::new);
  }

  /** A group, of which nothing but its members is kept. */
  static BodyHandler<Content> asMembers() {
    return answer ->
        answer.statusCode() == OK
            ? BodySubscribers.mapping(new MemberIds(), Content::of)
            : asText().apply(answer);
  }

  private static Content of(Optional<Set<String>> members) {
    return members.map(each -> new Content("", each)).orElseGet(() -> new Content("no JSON"));
  }

  /** None if it is no JSON object. */
  Optional<JsonNode> json() {
    try {
      JsonNode node = JsonUtils.getObjectReader().readTree(text.isEmpty() ? "{}" : text);
      return Optional.of(node).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
