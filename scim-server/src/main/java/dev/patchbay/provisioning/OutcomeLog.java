package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.ProvisioningLog;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per outcome, in the log and in the provisioning log; ids only, no secrets. */
final class OutcomeLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.patchbay.provisioning");

  private final Tenant tenant;

  OutcomeLog(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Writes the line to the log, and returns it for the transaction that settles the write. */
  ProvisioningLog.Line line(
      Action action, String source, Settled settled, List<String> calls, Duration took) {
    var entry = settled.entry();
    var result = settled.answer().map(OutcomeLog::word).orElseGet(() -> word(settled));
    var detail =
        settled
            .answer()
            .map(RuntimeException::getMessage)
            .or(() -> settled.open().flatMap(JournalEntry::reason));
    if (result.equals("synced")) {
      LOG.info(
          "plan done {} calls={} took={}ms", subject(action, entry), calls.size(), took.toMillis());
    } else {
      LOG.warn(
          "plan {} {} calls={} took={}ms reason=\"{}\"",
          result,
          subject(action, entry),
          calls.size(),
          took.toMillis(),
          detail.orElse(""));
    }
    return new ProvisioningLog.Line(
        tenant.now(),
        tenant.name(),
        entry.id(),
        entry.type().scimName(),
        name(entry),
        source,
        action.word(),
        result,
        String.join(" ", calls),
        detail.orElse(null));
  }

  private String subject(Action action, Entry entry) {
    return "resource=%s/%s pbx=%s action=%s"
        .formatted(entry.type().endpoint(), entry.id(), tenant.name(), action.word());
  }

  private static String word(Settled settled) {
    var entry = settled.entry();
    if (settled.open().isEmpty()) {
      return "synced";
    }
    return Report.blocked(entry.type(), entry.resource()) ? "blocked" : "pending";
  }

  private static String word(RuntimeException answer) {
    return answer instanceof TryLater ? "unavailable" : "refused";
  }

  private static String name(Entry entry) {
    var resource = entry.resource();
    return resource.path("userName").asText(resource.path("displayName").asText());
  }
}
