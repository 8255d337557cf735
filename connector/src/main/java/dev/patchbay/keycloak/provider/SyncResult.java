package dev.patchbay.keycloak.provider;

import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import java.util.Optional;
import org.keycloak.storage.user.SynchronizationResult;

/** What the admin console shows after a sync button. */
final class SyncResult extends SynchronizationResult {
  private final String status;

  private SyncResult(String status) {
    this.status = status;
  }

  static SynchronizationResult of(Optional<Sync> sync) {
    if (sync.isEmpty()) {
      return SynchronizationResult.ignored();
    }
    boolean running = sync.get().running() != SyncKind.NONE || sync.get().asked() != SyncKind.NONE;
    var result =
        new SyncResult(
            "%s: %d users and groups compared, %d to be sent"
                .formatted(
                    running ? "still comparing" : "compared",
                    sync.get().compared(),
                    sync.get().different()));
    result.setUpdated((int) Math.min(sync.get().different(), Integer.MAX_VALUE));
    return result;
  }

  @Override
  public String getStatus() {
    return status;
  }
}
