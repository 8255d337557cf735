package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Memberships.InGroup;
import java.time.Instant;
import java.util.List;

/**
 * An entry as a read found it, its JSON still text: most answers need no more. Members are not part
 * of it, since a group may have more of them than fit in memory.
 *
 * @param resource the SCIM resource, without {@code id}, {@code meta}, {@code groups} and {@code
 *     members}
 * @param applied what the PBX is known to hold, as {@link Json} writes it
 * @param groups the groups of a user; a group has none
 * @param parked members a group waits for, as they were sent; a user has none
 */
public record Stored(
    String id,
    EntryType type,
    long version,
    Instant createdAt,
    Instant modifiedAt,
    String resource,
    String applied,
    List<InGroup> groups,
    List<String> parked) {

  public Stored {
    groups = List.copyOf(groups);
    parked = List.copyOf(parked);
  }

  /** The entry as a write left it, nothing read beside it yet. */
  static Stored of(Entry entry) {
    return new Stored(
        entry.id(),
        entry.type(),
        entry.version(),
        entry.createdAt(),
        entry.modifiedAt(),
        Json.text(entry.resource()),
        Json.applied(entry.applied()),
        List.of(),
        List.of());
  }

  /** The same with a value that is not kept but asked of the PBX. */
  public Stored with(String extension, String attribute, ObjectNode value) {
    var shown = Json.parse(resource);
    shown.withObjectProperty(extension).set(attribute, value);
    return new Stored(
        id, type, version, createdAt, modifiedAt, Json.text(shown), applied, groups, parked);
  }

  Stored with(List<InGroup> groups, List<String> parked) {
    return new Stored(id, type, version, createdAt, modifiedAt, resource, applied, groups, parked);
  }

  /** The ETag (RFC 7644 §3.14), weak because one version may be rendered in several ways. */
  public String etag() {
    return Entry.etag(version);
  }
}
