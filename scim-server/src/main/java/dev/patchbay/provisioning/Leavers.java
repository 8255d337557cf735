package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.EntryType;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.schema.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the PBX can do what a request wants of a user. A leaver it cannot put out is an alarm:
 * somebody has to do it there by hand.
 */
record Leavers(Tenant tenant, UserTarget target) {
  private static final Logger LOG = LoggerFactory.getLogger(Leavers.class);

  void check(String id, ObjectNode base, ObjectNode wish) {
    try {
      target.checkChange(base, wish);
    } catch (Refusal refusal) {
      if (refusal.kind() == Refusal.Kind.UNSUPPORTED && leaves(base, wish)) {
        alarm(id);
      }
      throw refusal;
    }
  }

  /** Somebody whom the PBX is known not to have can be deleted on any. */
  void checkDelete(String id) {
    if (target.deletes(tenant.policy().delete())) {
      return;
    }
    var applied =
        tenant
            .database()
            .read(handle -> Taken.visible(handle, tenant.name(), EntryType.USER, id))
            .entry()
            .applied();
    if (!applied.certain() || applied.ref().isPresent()) {
      alarm(id);
      throw Offered.cannotDelete();
    }
  }

  private static boolean leaves(ObjectNode base, ObjectNode wish) {
    return new ScimUser(base).active() && !new ScimUser(wish).active();
  }

  private void alarm(String id) {
    LOG.error("alarm: the phone system cannot put a user out pbx={} user={}", tenant.name(), id);
  }
}
