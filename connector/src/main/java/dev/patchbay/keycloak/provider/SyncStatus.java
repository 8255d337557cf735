package dev.patchbay.keycloak.provider;

import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far the comparison of everything is, as the status shows it. */
final class SyncStatus {
  private SyncStatus() {}

  static Map<String, Object> of(Sync sync) {
    var status = new LinkedHashMap<String, Object>();
    status.put("asked", sync.asked() != SyncKind.NONE);
    status.put("running", sync.running() != SyncKind.NONE);
    StatusResource.time(sync.started()).ifPresent(at -> status.put("started", at));
    StatusResource.time(sync.ended()).ifPresent(at -> status.put("ended", at));
    status.put("compared", sync.compared());
    status.put("different", sync.different());
    status.put("strangers", sync.strangers());
    status.put("orphans", sync.orphans());
    return status;
  }
}
