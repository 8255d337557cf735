package dev.patchbay.provisioning;

import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.journal.OpenWork;
import dev.patchbay.schema.Refusal;
import java.util.List;
import java.util.Optional;

/** Open work as operators see it and decide on it, the targets' refused work included. */
record OperatedWork(Tenant tenant, FollowedWork followed, Cancellation cancellation) {
  List<OpenWork> list(int limit) {
    return tenant
        .database()
        .read(handle -> followed.with(handle, OpenWork.list(handle, tenant.name(), limit), limit));
  }

  OpenWork.Summary summary() {
    return tenant
        .database()
        .read(handle -> followed.with(handle, OpenWork.summary(handle, tenant.name())));
  }

  void retry(String id, boolean unblocked) {
    tenant
        .database()
        .run(
            handle -> {
              if (followed.retry(handle, id, tenant.now())) {
                return;
              }
              var open = Journal.find(handle, id).map(JournalEntry::tenant);
              if (!open.equals(Optional.of(tenant.name()))) {
                throw new Refusal(Refusal.Kind.NOT_FOUND, "nothing is open on '" + id + "'");
              }
              var now = tenant.now();
              var ended = now.minus(tenant.adapter().capabilities().quietTime());
              if (!OpenWork.retry(handle, tenant.name(), id, unblocked, now, ended)) {
                throw new Refusal(Refusal.Kind.CONFLICT, "it is being worked on at this moment");
              }
            });
  }

  void adopt(String id) {
    tenant.database().run(handle -> followed.adopt(handle, id, tenant.now()));
  }

  void cancel(String id, String operator) {
    if (!tenant.database().write(handle -> followed.cancel(handle, id))) {
      cancellation.cancel(id, operator);
    }
  }
}
