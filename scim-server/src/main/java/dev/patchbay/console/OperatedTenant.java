package dev.patchbay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.resilience.ResilientPbxAdapter;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.reconcile.Import;
import dev.patchbay.reconcile.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One tenant and its phone system.
 *
 * @param pbx what its calls go through
 * @param existing what was on the PBX before
 */
public record OperatedTenant(
    String name,
    Provisioner provisioner,
    ResilientPbxAdapter pbx,
    Reconciliation reconciliation,
    Import existing) {

  ObjectNode json(Instant now) {
    var summary = provisioner.summary();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", name);
    json.put(
        "state", provisioner.reachability().last().map(up -> up ? "up" : "down").orElse("unknown"));
    json.put("circuit", pbx.circuit());
    pbx.failureRate().ifPresent(percent -> json.put("failureRate", percent));
    pbx.trouble()
        .ifPresent(
            last ->
                json.putObject("lastTrouble")
                    .put("at", last.at().truncatedTo(ChronoUnit.SECONDS).toString())
                    .put("kind", last.kind().words())
                    .put("reason", last.reason()));
    var traffic = pbx.traffic();
    json.putObject("requests")
        .put("underWay", traffic.underWay())
        .put("atOnce", traffic.atOnce())
        .put("waiting", traffic.waiting())
        .put("waitingOffBoarding", traffic.waitingFirst())
        .put("perMinute", traffic.perMinute());
    json.put("waiting", summary.waiting()).put("blocked", summary.blocked());
    json.put("offBoarding", summary.offBoarding());
    summary
        .oldest()
        .ifPresent(at -> json.put("oldestSeconds", Duration.between(at, now).toSeconds()));
    return json;
  }
}
