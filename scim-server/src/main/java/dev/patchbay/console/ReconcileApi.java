package dev.patchbay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.provisioning.SafetyBrake;
import dev.patchbay.provisioning.SafetyBrake.Pulled;
import dev.patchbay.reconcile.RepairPolicy;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons with the PBX: begun, told about, and their brakes released. */
final class ReconcileApi {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileApi.class);

  private final OperatedTenants tenants;

  ReconcileApi(OperatedTenants tenants) {
    this.tenants = tenants;
  }

  void addTo(OperatorRoutes routes) {
    var unused =
        routes
            .add("GET", "/reconcile/{tenant}", (request, operator) -> of(request, this::report))
            .add(
                "POST",
                "/reconcile/{tenant}",
                (request, operator) -> of(request, tenant -> start(tenant, request, operator)))
            .add(
                "GET",
                "/brakes",
                (request, operator) -> tenants.among(request.query("tenant"), ReconcileApi::brakes))
            .add(
                "POST",
                "/brakes/{tenant}/{kind}/release",
                (request, operator) -> of(request, tenant -> release(tenant, request, operator)));
  }

  private WebResponse of(WebRequest request, Function<OperatedTenant, WebResponse> endpoint) {
    return tenants.named(request.param("tenant"), endpoint);
  }

  private WebResponse report(OperatedTenant tenant) {
    var body = JsonNodeFactory.instance.objectNode();
    // Asked first: a report that comes in between is then not taken for the one under way.
    body.put("underWay", tenant.reconciliation().underWay());
    tenant.reconciliation().last().ifPresent(report -> body.set("report", report));
    return Problem.json(200, "application/json", body);
  }

  private static WebResponse start(OperatedTenant tenant, WebRequest request, String operator) {
    var policy = request.query("repair").map(ReconcileApi::policy).orElse(REPORT);
    if (policy.isEmpty()) {
      return Problem.of(400, "repair: expected report, upsert or sync");
    }
    if (!tenant.reconciliation().start(policy.get(), operator)) {
      return Problem.of(409, "a comparison is under way");
    }
    LOG.info("comparison asked for pbx={} operator={}", tenant.name(), operator);
    return WebResponse.of(202);
  }

  private static final Optional<RepairPolicy> REPORT = Optional.of(RepairPolicy.REPORT);

  private static Optional<RepairPolicy> policy(String word) {
    return Stream.of(RepairPolicy.values())
        .filter(it -> it.name().equalsIgnoreCase(word))
        .findFirst();
  }

  private static WebResponse brakes(List<OperatedTenant> tenants) {
    var body = JsonNodeFactory.instance.objectNode();
    var items = body.putArray("items");
    for (OperatedTenant tenant : tenants) {
      tenant.reconciliation().brake().pulled().forEach(it -> items.add(json(tenant, it)));
    }
    return Problem.json(200, "application/json", body);
  }

  private static ObjectNode json(OperatedTenant tenant, Pulled pulled) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", tenant.name()).put("kind", pulled.kind().word());
    json.put("since", pulled.since().toString());
    json.put("wanted", pulled.wanted()).put("allowed", pulled.allowed());
    pulled.releasedBy().ifPresent(operator -> json.put("releasedBy", operator));
    return json;
  }

  private static WebResponse release(OperatedTenant tenant, WebRequest request, String operator) {
    boolean released =
        Stream.of(SafetyBrake.Kind.values())
            .filter(kind -> kind.word().equals(request.param("kind")))
            .anyMatch(kind -> tenant.reconciliation().brake().release(kind, operator));
    if (!released) {
      return Problem.of(404, "no such brake is pulled");
    }
    LOG.info("brake released pbx={} operator={}", tenant.name(), operator);
    return WebResponse.of(204);
  }
}
