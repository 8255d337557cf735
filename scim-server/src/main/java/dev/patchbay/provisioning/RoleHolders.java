package dev.patchbay.provisioning;

import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.KnownRoles;
import dev.patchbay.pbx.api.PbxField;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * The users of a role that went or was renamed on the PBX. Nobody's rights are moved for that: what
 * is not right any more is shown, and put right by the user's next change.
 */
final class RoleHolders {
  private final Tenant tenant;

  RoleHolders(Tenant tenant) {
    this.tenant = tenant;
  }

  /** Says of each holder that its role is gone; which one the PBX gave it instead is not known. */
  int gone(String name) {
    return each(name, user -> shown(doubted(user), "the pbx has no role '" + name + "' any more"));
  }

  /** Notes the new name of each holder's role, and says so where its values mean the old one. */
  int renamed(String name, String to, KnownRoles roles) {
    var mapping = tenant.mapping().roles();
    var known = mapping.settings().known().and(roles);
    return each(
        name,
        user -> {
          var applied = user.applied().known(EnumSet.of(PbxField.ROLE), Map.of(PbxField.ROLE, to));
          return mapping.role(user.resource(), known).equals(to)
              ? user.with(applied)
              : shown(user.with(applied), "role '" + name + "' is called '" + to + "' on the pbx");
        });
  }

  private static Entry doubted(Entry user) {
    Applied applied = user.applied();
    return user.with(applied.doubting(EnumSet.of(PbxField.ROLE)));
  }

  private Entry shown(Entry user, String why) {
    return user.with(
        Report.of(
            EntryType.USER,
            user.resource(),
            Report.State.BLOCKED,
            Optional.of("roles: " + why),
            tenant.now()));
  }

  private int each(String role, UnaryOperator<Entry> change) {
    List<String> ids =
        tenant
            .database()
            .read(handle -> EntryStore.holding(handle, tenant.name(), PbxField.ROLE, role));
    ids.forEach(id -> tenant.database().run(handle -> change(handle, id, change)));
    return ids.size();
  }

  /** A user that a write is at is left to it: it asks the PBX itself. */
  private static void change(Handle handle, String id, UnaryOperator<Entry> change) {
    EntryStore.find(handle, id)
        .filter(user -> user.life().visible() && Journal.find(handle, id).isEmpty())
        .map(change)
        .filter(user -> EntryStore.claim(handle, user))
        .ifPresent(user -> EntryStore.update(handle, user.claimed()));
  }
}
