package dev.patchbay.pbx.api;

/** The phone system's own id of a user, group or role: opaque, never parsed or built. */
public record PbxRef(String id) {
  public PbxRef {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a PBX id must not be blank");
    }
  }
}
