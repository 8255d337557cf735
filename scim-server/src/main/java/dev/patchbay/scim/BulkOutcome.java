package dev.patchbay.scim;

import dev.patchbay.directory.Entry;
import java.util.Optional;

/** How one operation of a bulk ended. */
sealed interface BulkOutcome {
  /** The resource's identifier; empty where nothing was created, or it is not known whose. */
  Optional<String> id();

  /** It is done; a DELETE leaves no entry. */
  record Done(String resource, Optional<Entry> entry) implements BulkOutcome {
    @Override
    public Optional<String> id() {
      return Optional.of(resource);
    }
  }

  /** It is not done; with an id where the resource was created all the same. */
  record Failed(ScimError error, Optional<String> id) implements BulkOutcome {}
}
