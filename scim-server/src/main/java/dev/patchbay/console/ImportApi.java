package dev.patchbay.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption.Identity;
import dev.patchbay.directory.EntryType;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.reconcile.Candidate;
import dev.patchbay.reconcile.Import;
import dev.patchbay.schema.Refusal;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is on the PBX already: listed, and confirmed to be somebody's. */
final class ImportApi {
  private static final Logger LOG = LoggerFactory.getLogger(ImportApi.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OperatedTenants tenants;

  ImportApi(OperatedTenants tenants) {
    this.tenants = tenants;
  }

  void addTo(OperatorRoutes routes) {
    var unused =
        routes
            .add("GET", "/import/{tenant}", (request, operator) -> of(request, this::list))
            .add(
                "POST",
                "/import/{tenant}",
                (request, operator) -> of(request, tenant -> confirm(tenant, request, operator)));
  }

  private WebResponse of(WebRequest request, Function<OperatedTenant, WebResponse> endpoint) {
    try {
      return tenants.named(request.param("tenant"), endpoint);
    } catch (PbxException e) {
      return Problem.of(503, e.getMessage());
    }
  }

  private WebResponse list(OperatedTenant tenant) {
    var body = JsonNodeFactory.instance.objectNode();
    var items = body.putArray("items");
    tenant.existing().candidates().forEach(it -> items.add(json(it)));
    return Problem.json(200, "application/json", body);
  }

  private static ObjectNode json(Candidate candidate) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("type", candidate.type().scimName().toLowerCase(Locale.ROOT));
    json.put("pbxId", candidate.ref().id()).put("name", candidate.name());
    candidate.extension().ifPresent(it -> json.put("extension", it));
    candidate.email().ifPresent(it -> json.put("email", it));
    candidate.displayName().ifPresent(it -> json.put("displayName", it));
    json.put("state", candidate.state().name().toLowerCase(Locale.ROOT));
    candidate
        .identity()
        .ifPresent(
            known -> {
              known.externalId().ifPresent(it -> json.put("knownByExternalId", it));
              known.userName().ifPresent(it -> json.put("knownByUserName", it));
              known.email().ifPresent(it -> json.put("knownByEmail", it));
            });
    return json;
  }

  private static WebResponse confirm(OperatedTenant tenant, WebRequest request, String operator) {
    JsonNode items;
    try {
      items = MAPPER.readTree(request.body()).path("items");
    } catch (JsonProcessingException e) {
      return Problem.of(400, "the body is no JSON");
    } catch (IOException e) {
      return Problem.of(400, "the body cannot be read");
    }
    if (!items.isArray()) {
      return Problem.of(400, "items: expected a list");
    }
    var body = JsonNodeFactory.instance.objectNode();
    var answers = body.putArray("items");
    items.forEach(item -> answers.add(outcome(tenant.existing(), item, operator)));
    LOG.info("import confirmed pbx={} items={} operator={}", tenant.name(), items.size(), operator);
    return Problem.json(200, "application/json", body);
  }

  private static ObjectNode outcome(Import existing, JsonNode item, String operator) {
    var id = item.path("pbxId").asText();
    var answer = JsonNodeFactory.instance.objectNode().put("pbxId", id);
    var type = type(item.path("type").asText("user"));
    if (id.isBlank() || type.isEmpty()) {
      return answer
          .put("outcome", "refused")
          .put("reason", "expected pbxId and type user or group");
    }
    var ref = new PbxRef(id);
    if (!item.path("confirm").asBoolean(true)) {
      return answer.put("outcome", existing.withdraw(type.get(), ref) ? "withdrawn" : "unchanged");
    }
    try {
      existing.confirm(type.get(), ref, identity(item), operator);
      return answer.put("outcome", "confirmed");
    } catch (Refusal refusal) {
      return answer.put("outcome", "refused").put("reason", refusal.detail());
    }
  }

  private static Optional<EntryType> type(String word) {
    return switch (word) {
      case "user" -> Optional.of(EntryType.USER);
      case "group" -> Optional.of(EntryType.GROUP);
      default -> Optional.empty();
    };
  }

  private static Identity identity(JsonNode item) {
    return new Identity(text(item, "externalId"), text(item, "userName"), text(item, "email"));
  }

  private static Optional<String> text(JsonNode item, String key) {
    return Optional.of(item.path(key).asText("")).filter(it -> !it.isBlank());
  }
}
