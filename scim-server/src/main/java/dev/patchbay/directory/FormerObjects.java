package dev.patchbay.directory;

import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Users on the PBX that were ours and are gone. One that is there again (the PBX was restored, say)
 * is no stranger: nobody else made it, and nobody wants it.
 */
public final class FormerObjects {
  private FormerObjects() {}

  /** Notes what the entry has on the PBX, or had; nothing where it has nothing there. */
  public static void note(Handle handle, Entry entry, Instant now) {
    var fields = entry.applied().fields();
    var name = Optional.ofNullable(fields.get(PbxField.NAME));
    if (entry.applied().ref().isEmpty() || name.isEmpty()) {
      return;
    }
    handle.execute(
        "insert into former_object (tenant, type, ref, name, extension, gone_at)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (tenant, type, ref)"
            + " do update set gone_at = excluded.gone_at",
        entry.tenant(),
        entry.type().scimName(),
        entry.applied().ref().get().id(),
        name.get(),
        Optional.ofNullable(fields.get(PbxField.EXTENSION)).orElse(""),
        now.toEpochMilli());
  }

  /** Whether a user that has all three was ours: an id alone may have been given to another. */
  public static boolean contains(
      Handle handle, String tenant, PbxRef ref, String name, String extension) {
    return handle
            .createQuery(
                "select count(*) from former_object where tenant = :tenant and type = 'User'"
                    + " and ref = :ref and name = :name and extension = :extension")
            .bind("tenant", tenant)
            .bind("ref", ref.id())
            .bind("name", name)
            .bind("extension", extension)
            .mapTo(Integer.class)
            .one()
        > 0;
  }
}
