package dev.patchbay.schema;

/** Attributes that a resource type has on top of its core schema (RFC 7643 §3.3). */
public record SchemaExtension(Schema schema, WhenUnmentioned whenUnmentioned) {

  /**
   * What a PUT means for the extension that names it neither in {@code schemas} nor in the body.
   */
  public enum WhenUnmentioned {
    /** RFC 7644 §3.5.1: what is not there is no longer wanted. */
    CLEAR,
    /**
     * The sender does not know the extension. To clear it would take a person's phone number or
     * Microsoft 365 binding away because an identity provider corrected a name.
     */
    KEEP
  }
}
