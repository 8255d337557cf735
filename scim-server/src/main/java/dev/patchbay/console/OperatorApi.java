package dev.patchbay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.KnownTokens;
import dev.patchbay.config.TokenHash;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.schema.Refusal;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1}: how each phone system is doing and what work is open, for operators with a token
 * of their own. Errors are problem details (RFC 9457).
 */
public final class OperatorApi {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorApi.class);
  private static final int USUAL_LIMIT = 50;
  private static final int MOST = 200;

  private final OperatedTenants tenants;
  private final Map<TokenHash, String> operators;
  private final Clock clock;

  /**
   * @param operators names by token; without any the API lets nobody in
   */
  public OperatorApi(
      Collection<OperatedTenant> tenants, Map<TokenHash, String> operators, Clock clock) {
    this.tenants = new OperatedTenants(List.copyOf(tenants));
    this.operators = Map.copyOf(operators);
    this.clock = clock;
  }

  public void addTo(Router router) {
    var routes = new OperatorRoutes(router, new KnownTokens<>(operators));
    routes
        .add("GET", "/pbx", (request, operator) -> phoneSystems())
        .add("GET", "/work", (request, operator) -> work(request))
        .add("POST", "/work/{id}/retry", (request, operator) -> retry(request, operator, false))
        .add("POST", "/work/{id}/unblock", (request, operator) -> retry(request, operator, true))
        .add("POST", "/work/{id}/adopt", this::adopt)
        .add("POST", "/work/{id}/cancel", this::cancel);
    new ReconcileApi(tenants).addTo(routes);
    new PhonesApi(tenants).addTo(routes);
    new ImportApi(tenants).addTo(routes);
  }

  private WebResponse phoneSystems() {
    var body = JsonNodeFactory.instance.objectNode();
    var items = body.putArray("items");
    tenants.all().forEach(tenant -> items.add(tenant.json(clock.instant())));
    return Problem.json(200, "application/json", body);
  }

  private WebResponse work(WebRequest request) {
    var limit = request.query("limit").map(OperatorApi::limit).orElse(Optional.of(USUAL_LIMIT));
    if (limit.isEmpty()) {
      return Problem.of(400, "limit: expected a whole number from 1 to " + MOST);
    }
    return tenants.among(request.query("tenant"), it -> work(it, limit.get()));
  }

  private WebResponse work(List<OperatedTenant> tenants, int limit) {
    var body = JsonNodeFactory.instance.objectNode();
    var items = body.putArray("items");
    tenants.stream()
        .flatMap(tenant -> tenant.provisioner().openWork(limit).stream())
        .sorted(OpenWork.FIRST)
        .limit(limit)
        .forEach(open -> items.add(json(open)));
    return Problem.json(200, "application/json", body);
  }

  private static Optional<Integer> limit(String text) {
    try {
      return Optional.of(Integer.parseInt(text)).filter(it -> it >= 1 && it <= MOST);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private ObjectNode json(OpenWork open) {
    var work = open.work();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", work.entryId()).put("tenant", work.tenant());
    json.put("type", open.type()).put("name", open.name());
    json.put("state", open.state() == OpenWork.State.BLOCKED ? "blocked" : "waiting");
    json.put("offBoarding", work.offBoarding()).put("source", work.source());
    work.reason().ifPresent(reason -> json.put("reason", reason));
    var blocked = json.putArray("blocked");
    work.blocked().stream().map(Enum::name).sorted().forEach(blocked::add);
    json.put("attempts", work.attempts());
    json.put("since", work.openedAt().toString());
    if (!work.rests()) {
      json.put("nextAttempt", work.dueAt().toString());
    }
    json.put(
        "underWay", work.lease().filter(it -> it.until().isAfter(clock.instant())).isPresent());
    return json.put("ageSeconds", Duration.between(work.openedAt(), clock.instant()).toSeconds());
  }

  private WebResponse cancel(WebRequest request, String operator) {
    var id = request.param("id");
    return decided(
        tenant -> {
          tenant.provisioner().cancel(id, operator);
          LOG.info("work is taken back entry={} operator={}", id, operator);
        });
  }

  private WebResponse adopt(WebRequest request, String operator) {
    var id = request.param("id");
    return decided(
        tenant -> {
          tenant.provisioner().adopt(id);
          LOG.info("account is given entry={} pbx={} operator={}", id, tenant.name(), operator);
        });
  }

  /** By the tenant whose work it is. */
  private WebResponse decided(Consumer<OperatedTenant> decision) {
    for (OperatedTenant tenant : tenants.all()) {
      try {
        decision.accept(tenant);
        return WebResponse.of(204);
      } catch (Refusal refusal) {
        if (refusal.kind() != Refusal.Kind.NOT_FOUND) {
          return Problem.of(409, refusal.detail());
        }
      }
    }
    return Problem.of(404, "nothing is open on an entry with this id");
  }

  private WebResponse retry(WebRequest request, String operator, boolean unblocked) {
    var id = request.param("id");
    for (OperatedTenant tenant : tenants.all()) {
      try {
        tenant.provisioner().retry(id, unblocked);
        LOG.info("work is due now entry={} unblocked={} operator={}", id, unblocked, operator);
        return WebResponse.of(204);
      } catch (Refusal refusal) {
        if (refusal.kind() != Refusal.Kind.NOT_FOUND) {
          return Problem.of(409, "it is being worked on at this moment");
        }
      }
    }
    return Problem.of(404, "nothing is open on an entry with this id");
  }
}
