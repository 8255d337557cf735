package dev.patchbay.keycloak.provider;

import org.keycloak.storage.UserStorageProvider;

/** Keycloak asks it for no user: a target takes users, it does not bring any. */
final class TargetProvider implements UserStorageProvider {
  @Override
  public void close() {}
}
