package dev.patchbay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.provisioning.Provisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One tenant and its phone system.
 *
 * @param circuit whether calls are let through: closed, open or half-open
 */
public record OperatedTenant(String name, Provisioner provisioner, Supplier<String> circuit) {

  ObjectNode json(Instant now) {
    var summary = provisioner.summary();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", name);
    json.put(
        "state", provisioner.reachability().last().map(up -> up ? "up" : "down").orElse("unknown"));
    json.put("circuit", circuit.get());
    json.put("waiting", summary.waiting()).put("blocked", summary.blocked());
    summary
        .oldest()
        .ifPresent(at -> json.put("oldestSeconds", Duration.between(at, now).toSeconds()));
    return json;
  }
}
