package dev.patchbay.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.reconcile.Finding.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What one comparison found and did.
 *
 * @param by the operator who asked, or {@code schedule}
 */
record Report(
    String tenant,
    String by,
    RepairPolicy policy,
    Instant startedAt,
    Instant endedAt,
    Reconciler.Compared compared) {
  /** Above this the rest is only counted; a PBX nobody imported yet may have any number. */
  private static final int SHOWN = 5000;

  long count(Predicate<Finding> which) {
    return compared.findings().stream().filter(which).count();
  }

  /** As the operators' API shows it. */
  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("tenant", tenant).put("by", by).put("repair", word(policy));
    json.put("startedAt", startedAt.toString()).put("endedAt", endedAt.toString());
    compared.failure().ifPresent(reason -> json.put("failure", reason));
    json.put("users", compared.users()).put("groups", compared.groups());
    counts(json.putObject("counts"));
    var findings = json.putArray("findings");
    compared.findings().stream()
        .limit(SHOWN)
        .forEach(finding -> findings.add(FindingJson.of(finding)));
    return json;
  }

  private void counts(ObjectNode counts) {
    counts.put("alarming", count(Finding::alarming));
    for (FindingClass each : FindingClass.values()) {
      counts.put(each.word(), count(finding -> FindingClass.of(finding) == each));
    }
    counts.put("repaired", count(it -> it.outcome() instanceof Outcome.Repaired));
    counts.put("pending", count(it -> it.outcome() instanceof Outcome.Pending));
    counts.put("held", count(it -> it.outcome() instanceof Outcome.Held));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
