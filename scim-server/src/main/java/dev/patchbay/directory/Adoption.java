package dev.patchbay.directory;

import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.schema.Attribute;
import java.util.Optional;

/**
 * A user or group that was on the PBX before the bridge, and that an operator says a create with
 * this identity may take. It is known by the first that is set of externalId, userName and e-mail;
 * a group by its name.
 *
 * @param name as the PBX had it when it was confirmed
 * @param extension a user's
 */
public record Adoption(
    EntryType type, PbxRef ref, String name, Optional<String> extension, Identity identity) {

  /** What the create of a person is known by. */
  public record Identity(
      Optional<String> externalId, Optional<String> userName, Optional<String> email) {
    /** Of a group, whose name is enough. */
    public static final Identity NONE =
        new Identity(Optional.empty(), Optional.empty(), Optional.empty());

    public Identity {
      userName = userName.map(Attribute::folded);
      email = email.map(Attribute::folded);
    }

    public boolean isEmpty() {
      return externalId.isEmpty() && userName.isEmpty() && email.isEmpty();
    }
  }
}
