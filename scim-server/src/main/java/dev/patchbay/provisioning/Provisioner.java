package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;

/**
 * Makes SCIM writes true on one tenant's phone system; docs/explanation/write-protocol.md says how.
 * Every method returns once the answer is known to be true: done on the PBX, or kept in the journal
 * and shown as pending. What is refused throws {@link dev.patchbay.schema.Refusal}, what cannot be
 * done now {@link TryLater}; {@code source} names the token, for the log and for taking up
 * unfinished work.
 */
public final class Provisioner implements AutoCloseable {

  public Entry create(EntryType type, String source, JsonNode body) {
    throw new UnsupportedOperationException();
  }

  public Entry replace(EntryType type, String source, String id, IfMatch ifMatch, JsonNode body) {
    throw new UnsupportedOperationException();
  }

  public Entry patch(EntryType type, String source, String id, IfMatch ifMatch, JsonNode patch) {
    throw new UnsupportedOperationException();
  }

  /** A resource that is already gone is {@code NOT_FOUND}. */
  public void delete(EntryType type, String source, String id, IfMatch ifMatch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
