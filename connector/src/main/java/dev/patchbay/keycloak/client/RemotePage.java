package dev.patchbay.keycloak.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A part of a list (RFC 7644 §3.4.2). */
public record RemotePage(int totalResults, List<JsonNode> resources) {
  public RemotePage {
    resources = List.copyOf(resources);
  }
}
