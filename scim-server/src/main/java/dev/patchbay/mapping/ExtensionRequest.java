package dev.patchbay.mapping;

/** Where a new user's extension number comes from. */
public sealed interface ExtensionRequest {

  /** The identity provider asks for exactly this number; taken means refused. */
  record Given(String number) implements ExtensionRequest {}

  /** Any free number of the pool will do. */
  record FromPool(Pool pool) implements ExtensionRequest {}
}
