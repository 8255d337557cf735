package dev.patchbay.keycloak.drain;

import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Short transactions of our own: nothing is sent within one. */
record Transactions(KeycloakSessionFactory factory) {
  <T> T get(Function<KeycloakSession, T> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(factory, work::apply);
  }

  void run(Consumer<KeycloakSession> work) {
    KeycloakModelUtils.runJobInTransaction(factory, work::accept);
  }
}
