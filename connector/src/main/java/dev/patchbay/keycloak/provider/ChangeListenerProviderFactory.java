package dev.patchbay.keycloak.provider;

import dev.patchbay.keycloak.change.ModelChanges;
import dev.patchbay.keycloak.drain.Dispatcher;
import dev.patchbay.keycloak.outbox.Capture.WhenBroken;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.Config.Scope;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Listens in every realm, whether it lists the listener or not, and owns this node's {@link
 * Dispatcher}. Settings of the node, after {@code --spi-events-listener--patchbay--}:
 *
 * <ul>
 *   <li>{@code fail-closed}: {@code true} fails an administrator's change that cannot be captured;
 *       {@code false}, the default, lets it pass and says so in the log.
 *   <li>{@code enabled}: {@code false} captures and sends nothing on this node.
 * </ul>
 */
public final class ChangeListenerProviderFactory implements EventListenerProviderFactory {
  public static final String ID = "patchbay";

  private static final Logger LOG = Logger.getLogger(ChangeListenerProviderFactory.class);

  private WhenBroken whenBroken = WhenBroken.LET_PASS;
  private volatile Optional<Dispatcher> dispatcher = Optional.empty();

  /** This node's; none before the server has started. */
  static Optional<Dispatcher> dispatcher(KeycloakSessionFactory factory) {
    return factory.getProviderFactory(EventListenerProvider.class, ID)
            instanceof ChangeListenerProviderFactory it
        ? it.dispatcher
        : Optional.empty();
  }

  @Override
  public void init(Scope config) {
    whenBroken = config.getBoolean("fail-closed", false) ? WhenBroken.FAIL : WhenBroken.LET_PASS;
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(event -> heard(event, factory));
  }

  private void heard(ProviderEvent event, KeycloakSessionFactory factory) {
    if (event instanceof PostMigrationEvent) {
      var started = new Dispatcher(factory);
      started.start();
      dispatcher = Optional.of(started);
      LOG.infof("patchbay connector started failClosed=%s", whenBroken == WhenBroken.FAIL);
    } else {
      ModelChanges.of(event)
          .ifPresent(
              found ->
                  new ChangeListenerProvider(found.session(), whenBroken, dispatcher)
                      .changed(found.realmId(), found.changes()));
    }
  }

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new ChangeListenerProvider(session, whenBroken, dispatcher);
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public void close() {
    dispatcher.ifPresent(Dispatcher::close);
  }

  @Override
  public String getId() {
    return ID;
  }
}
