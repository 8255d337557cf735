package dev.patchbay.provisioning;

import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Memberships;
import dev.patchbay.mapping.Granted;
import org.jdbi.v3.core.Handle;

/**
 * Has the journal look again at the members of groups whose template the settings changed since
 * they were last at it. What they were is written down with the group.
 */
final class ChangedTemplates {
  /** Whom the log names. */
  private static final String SOURCE = "settings";

  private final Tenant tenant;
  private final UnclaimedChanges unclaimed;

  ChangedTemplates(Tenant tenant, UnclaimedChanges unclaimed) {
    this.tenant = tenant;
    this.unclaimed = unclaimed;
  }

  /** Costs a look at each group of this kind, and one statement for each that is not as it was. */
  void look() {
    var prefix = Granted.TEMPLATE.word() + ":";
    tenant
        .database()
        .read(handle -> Counterparts.groups(handle, tenant.name(), prefix))
        .forEach(id -> tenant.database().run(handle -> look(handle, id)));
  }

  private void look(Handle handle, String id) {
    EntryStore.find(handle, id)
        .filter(group -> group.life() == Life.LIVE)
        .ifPresent(group -> look(handle, group));
  }

  private void look(Handle handle, Entry group) {
    var what = Granted.TEMPLATE.target(group.applied().ref().orElseThrow());
    var now = tenant.mapping().templates().standing(what);
    if (!now.equals(group.applied())) {
      EntryStore.update(handle, group.with(now));
      Memberships.doubtAll(handle, group.id());
      unclaimed.due(handle, group.id(), SOURCE);
    }
  }
}
