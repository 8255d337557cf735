package dev.patchbay.keycloak.outbox;

import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Does a thing when a request's transaction is over and others see what it wrote. */
public final class Afterwards extends AbstractKeycloakTransaction {
  private final Runnable work;

  private Afterwards(Runnable work) {
    this.work = work;
  }

  public static void run(KeycloakSession session, Runnable work) {
    session.getTransactionManager().enlistAfterCompletion(new Afterwards(work));
  }

  @Override
  protected void commitImpl() {
    work.run();
  }

  @Override
  protected void rollbackImpl() {}
}
