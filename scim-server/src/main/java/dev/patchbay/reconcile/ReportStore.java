package dev.patchbay.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Json;
import dev.patchbay.schema.StoredText;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The last report of each tenant. */
final class ReportStore {
  private ReportStore() {}

  static void save(Handle handle, Report report) {
    handle.execute(
        "insert into drift_report (tenant, report) values (?, ?)"
            + " on conflict (tenant) do update set report = excluded.report",
        report.tenant(),
        StoredText.cleaned(Json.text(report.json())));
  }

  static Optional<ObjectNode> last(Handle handle, String tenant) {
    return handle
        .createQuery("select report from drift_report where tenant = :tenant")
        .bind("tenant", tenant)
        .mapTo(String.class)
        .findOne()
        .map(Json::parse);
  }
}
