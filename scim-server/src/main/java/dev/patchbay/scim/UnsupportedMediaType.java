package dev.patchbay.scim;

/** The body is of a type that is not read here. */
final class UnsupportedMediaType extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsupportedMediaType() {
    super(
        "the body must be application/scim+json or application/json, in UTF-8", null, false, false);
  }
}
