package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One user, group or role: the SCIM resource as last accepted, and what the phone system holds of
 * it.
 *
 * @param source the token that created it: only its repeat may take over an unfinished create
 * @param version counts accepted changes; the ETag
 * @param resource without {@code id}, {@code meta}, {@code groups} and {@code members}, which are
 *     added on read
 * @param epoch moves with every claim, so that a writer notices it was overtaken
 */
public record Entry(
    String id,
    String tenant,
    EntryType type,
    Life life,
    String source,
    long version,
    Instant createdAt,
    Instant modifiedAt,
    ObjectNode resource,
    Applied applied,
    long epoch) {

  /** A create that nobody has heard of yet. */
  public static Entry creating(
      String id, String tenant, EntryType type, String source, Instant now, ObjectNode resource) {
    return new Entry(
        id, tenant, type, Life.CREATING, source, 1, now, now, resource, Applied.NOTHING, 0);
  }

  public Entry with(Applied applied) {
    return new Entry(
        id, tenant, type, life, source, version, createdAt, modifiedAt, resource, applied, epoch);
  }

  public Entry with(Life life) {
    return new Entry(
        id, tenant, type, life, source, version, createdAt, modifiedAt, resource, applied, epoch);
  }

  /** The same with another resource and the same version: what changed is only our own report. */
  public Entry with(ObjectNode resource) {
    return new Entry(
        id, tenant, type, life, source, version, createdAt, modifiedAt, resource, applied, epoch);
  }

  /** The same with the resource as accepted now: a new version. */
  public Entry accepted(ObjectNode resource, Instant now) {
    return new Entry(
        id, tenant, type, life, source, version + 1, createdAt, now, resource, applied, epoch);
  }

  /** The same after this process claimed it. */
  public Entry claimed() {
    return new Entry(
        id,
        tenant,
        type,
        life,
        source,
        version,
        createdAt,
        modifiedAt,
        resource,
        applied,
        epoch + 1);
  }

  /** The ETag (RFC 7644 §3.14), weak because one version may be rendered in several ways. */
  public String etag() {
    return etag(version);
  }

  static String etag(long version) {
    return "W/\"" + version + "\"";
  }
}
