package dev.patchbay.keycloak.provider;

import dev.patchbay.keycloak.change.AdminChanges;
import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.UserChanges;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.drain.Dispatcher;
import dev.patchbay.keycloak.outbox.Capture;
import dev.patchbay.keycloak.outbox.Capture.WhenBroken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;

/** Captures what Keycloak tells, in the transaction it happens in. */
final class ChangeListenerProvider implements EventListenerProvider {
  private static final Logger LOG = Logger.getLogger(ChangeListenerProvider.class);

  private final KeycloakSession session;
  private final WhenBroken whenBroken;
  private final Optional<Dispatcher> dispatcher;

  ChangeListenerProvider(
      KeycloakSession session, WhenBroken whenBroken, Optional<Dispatcher> dispatcher) {
    this.session = session;
    this.whenBroken = whenBroken;
    this.dispatcher = dispatcher;
  }

  @Override
  public void onEvent(Event event) {
    changed(event.getRealmId(), UserChanges.of(event));
    if (UserChanges.isLogin(event)) {
      dispatcher.ifPresent(it -> it.loggedIn(event.getRealmId(), event.getUserId()));
    }
  }

  @Override
  public void onEvent(AdminEvent event, boolean includeRepresentation) {
    capture(event.getRealmId(), () -> ofOurs(event) ? Set.of() : AdminChanges.of(event));
  }

  /** A target's own "Sync all users" and a target's removal tell nothing about users. */
  private boolean ofOurs(AdminEvent event) {
    String path = event.getResourcePath();
    return path != null
        && (path.startsWith("user-storage/") || path.startsWith("components/"))
        && targets(event.getRealmId()).contains(path.split("/", -1)[1]);
  }

  void changed(String realmId, Set<Change> changes) {
    capture(realmId, () -> changes);
  }

  /**
   * Notes what may have changed. A failure here never fails the change, unless that was asked for.
   */
  private void capture(String realmId, Supplier<Set<Change>> read) {
    try {
      Set<Change> changes = read.get();
      if (!changes.isEmpty()) {
        targets(realmId).forEach(each -> note(each, changes));
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "changes not captured realm=%s", realmId);
      if (whenBroken == WhenBroken.FAIL) {
        Capture.fail(session, e);
      }
    }
  }

  private void note(String target, Set<Change> changes) {
    Capture.note(
        session, whenBroken, target, changes, () -> dispatcher.ifPresent(Dispatcher::wake));
  }

  private List<String> targets(String realmId) {
    RealmModel realm = session.realms().getRealm(realmId);
    return realm == null
        ? List.of()
        : realm
            .getStorageProviders(UserStorageProvider.class)
            .filter(each -> TargetConfig.PROVIDER_ID.equals(each.getProviderId()))
            .filter(each -> new UserStorageProviderModel(each).isEnabled())
            .map(ComponentModel::getId)
            .toList();
  }

  @Override
  public void close() {}
}
