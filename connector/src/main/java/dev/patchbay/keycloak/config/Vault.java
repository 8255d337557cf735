package dev.patchbay.keycloak.config;

/** Where {@code ${vault.name}} is looked up; anything else is its own value. */
@FunctionalInterface
public interface Vault {
  /** The secret that is meant; empty if the vault has none of that name. */
  String reveal(String value);
}
