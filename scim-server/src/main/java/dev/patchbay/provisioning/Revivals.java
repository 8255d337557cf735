package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.RetainedUsers;
import dev.patchbay.journal.Journal;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Users that were deleted, are kept on the PBX, and are given back to whoever returns. */
final class Revivals {
  private final Tenant tenant;
  private final Probe probe;

  Revivals(Tenant tenant, Probe probe) {
    this.tenant = tenant;
    this.probe = probe;
  }

  /**
   * A retained user of the person.
   *
   * @param applied what the PBX has of it now; nothing where it was lost, then it is made again
   *     with the same name and number
   */
  record Revival(Entry retained, Applied applied) {
    String name() {
      return UserTarget.pbxName(retained.resource());
    }

    String extension() {
      return UserTarget.extension(retained.resource());
    }
  }

  /** The retained user that the create of this person gets back. */
  Optional<Revival> of(String source, ObjectNode body) {
    if (!tenant.policy().delete().retains()) {
      return Optional.empty();
    }
    var known =
        tenant
            .database()
            .read(
                handle ->
                    RetainedUsers.known(
                        handle, tenant.name(), text(body, "userName"), text(body, "externalId")));
    return match(known, source, body).filter(it -> takes(it, body)).flatMap(this::read);
  }

  /**
   * Who has both keys is the same person. With another userName the externalId alone says so, to
   * the source that gave it; with another externalId it is somebody else, who got the name.
   */
  private static Optional<Entry> match(List<Entry> known, String source, ObjectNode body) {
    var same = known.stream().filter(it -> sameId(it, body)).toList();
    var named = same.stream().filter(it -> sameName(it, body)).toList();
    var renamed =
        same.stream()
            .filter(it -> !text(body, "externalId").isEmpty() && it.source().equals(source))
            .toList();
    var found = named.isEmpty() ? renamed : named;
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static boolean sameId(Entry retained, ObjectNode body) {
    return text(retained.resource(), "externalId").equals(text(body, "externalId"));
  }

  private static boolean sameName(Entry retained, ObjectNode body) {
    return Attribute.folded(text(retained.resource(), "userName"))
        .equals(Attribute.folded(text(body, "userName")));
  }

  /** A number is fixed once the user exists: who asks for another one gets another user. */
  private static boolean takes(Entry retained, ObjectNode body) {
    var number = body.path(ResourceTypes.PBX_USER).path("extensionNumber");
    return !number.isTextual() || number.asText().equals(UserTarget.extension(retained.resource()));
  }

  private Optional<Revival> read(Entry retained) {
    try {
      var found = tenant.adapter().user(retained.applied().ref().orElseThrow());
      return found.isEmpty()
          ? Optional.of(new Revival(retained, Applied.NOTHING))
          : found
              .filter(it -> isStill(retained, it))
              .map(it -> new Revival(retained, probe.seen(retained.applied(), found)));
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  /** The PBX may have given the id to somebody else. */
  private static boolean isStill(Entry retained, Found<PbxUser> found) {
    var name = found.value().get(PbxField.NAME).orElse("");
    var extension = found.value().get(PbxField.EXTENSION).orElse("");
    return !found.managedByPbx()
        && name.equalsIgnoreCase(UserTarget.pbxName(retained.resource()))
        && extension.equals(UserTarget.extension(retained.resource()));
  }

  /** In the commit that begins the create: what the retained user held is the new entry's. */
  void take(Handle handle, Revival revival, String entryId) {
    var id = revival.retained().id();
    var now = EntryStore.find(handle, id);
    boolean still =
        now.filter(it -> it.life() == Life.RETAINED && it.epoch() == revival.retained().epoch())
            .isPresent();
    if (!still || Journal.find(handle, id).isPresent()) {
      throw new EntryLocks.Busy();
    }
    tenant.reservations().move(handle, id, entryId);
    EntryStore.delete(handle, id);
  }

  private static String text(ObjectNode resource, String attribute) {
    return resource.path(attribute).asText();
  }
}
