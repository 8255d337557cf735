package dev.patchbay.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.reconcile.Finding.Outcome;
import java.util.Map;

/** A finding as the operators' API shows it; the fields of a PBX user hold no secret. */
final class FindingJson {
  private FindingJson() {}

  static ObjectNode of(Finding finding) {
    var json = JsonNodeFactory.instance.objectNode();
    var subject = finding.subject();
    json.put("type", subject.type()).put("name", subject.name());
    subject.entry().ifPresent(id -> json.put("id", id));
    subject.group().ifPresent(id -> json.put("group", id));
    subject.pbx().ifPresent(id -> json.put("pbxId", id));
    drift(json, finding.drift());
    json.put("alarming", finding.alarming());
    outcome(json, finding.outcome());
    return json;
  }

  private static void drift(ObjectNode json, Drift drift) {
    switch (drift) {
      case Drift.Missing missing -> json.put("drift", "missing");
      case Drift.Unexpected(Drift.Origin origin) ->
          json.put("drift", "unexpected").put("origin", Report.word(origin));
      case Drift.Different different -> {
        json.put("drift", "different");
        fields(json, different);
      }
    }
  }

  private static void fields(ObjectNode json, Drift.Different different) {
    var fields = json.putArray("fields");
    different.fields().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> {
              var field = fields.addObject().put("field", each.getKey().name());
              each.getValue().wanted().ifPresent(it -> field.put("wanted", it));
              each.getValue().found().ifPresent(it -> field.put("found", it));
            });
  }

  private static void outcome(ObjectNode json, Outcome outcome) {
    switch (outcome) {
      case Outcome.Reported reported -> json.put("outcome", "reported");
      case Outcome.Repaired repaired -> json.put("outcome", "repaired");
      case Outcome.Held held -> json.put("outcome", "held");
      case Outcome.Left(String reason) -> json.put("outcome", "left").put("reason", reason);
      case Outcome.Pending(String reason) -> json.put("outcome", "pending").put("reason", reason);
    }
  }
}
