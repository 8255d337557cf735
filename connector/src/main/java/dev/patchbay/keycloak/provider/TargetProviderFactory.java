package dev.patchbay.keycloak.provider;

import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Unauthorized;
import dev.patchbay.keycloak.config.SavedSecrets;
import dev.patchbay.keycloak.config.Setting;
import dev.patchbay.keycloak.config.SettingException;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.drain.Dispatcher;
import dev.patchbay.keycloak.drain.TargetCheck;
import dev.patchbay.keycloak.drain.TargetLoader;
import dev.patchbay.keycloak.outbox.Afterwards;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.UserStorageProviderFactory;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.storage.user.ImportSynchronization;
import org.keycloak.storage.user.SynchronizationResult;

/**
 * The form of a target under a realm's user federation, and what its buttons do: "Sync all users"
 * compares everything with the target, "Sync changed users" with what the target is known to hold.
 */
public final class TargetProviderFactory
    implements UserStorageProviderFactory<TargetProvider>, ImportSynchronization {
  private static final List<Setting> WHERE =
      List.of(
          Setting.SCIM_URL,
          Setting.TOKEN,
          Setting.OAUTH_TOKEN_URL,
          Setting.OAUTH_CLIENT_ID,
          Setting.OAUTH_CLIENT_SECRET,
          Setting.OAUTH_SCOPE);

  @Override
  public TargetProvider create(KeycloakSession session, ComponentModel model) {
    return new TargetProvider();
  }

  @Override
  public String getId() {
    return TargetConfig.PROVIDER_ID;
  }

  @Override
  public String getHelpText() {
    return "Sends users, groups and roles to a SCIM 2.0 server, such as Patchbay for phone"
        + " systems.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return Arrays.stream(Setting.values()).map(Setting::property).toList();
  }

  @Override
  public void validateConfiguration(
      KeycloakSession session, RealmModel realm, ComponentModel component) {
    try {
      TargetConfig target = TargetConfig.of(component, TargetLoader.vault(session));
      var saved = saved(realm, component);
      saved.ifPresent(each -> SavedSecrets.check(each, component));
      if (component.get(Setting.CHECK_ON_SAVE.key(), true) && isElsewhere(saved, component)) {
        TargetCheck.reach(target);
      }
      SavedSecrets.forgetProof(component);
    } catch (SettingException e) {
      throw invalid(e.reason());
    } catch (Unauthorized e) {
      throw invalid(Setting.TOKEN.key() + ": the target does not let us in: " + e.reason());
    } catch (ScimFailure e) {
      throw invalid(Setting.SCIM_URL.key() + ": " + e.reason());
    }
  }

  private static Optional<ComponentModel> saved(RealmModel realm, ComponentModel component) {
    return Optional.ofNullable(component.getId()).map(realm::getComponent);
  }

  /**
   * Keycloak saves a component after each sync, too: the target is asked only when something about
   * where it is changed.
   */
  private static boolean isElsewhere(Optional<ComponentModel> saved, ComponentModel component) {
    return saved.isEmpty()
        || WHERE.stream()
            .map(Setting::key)
            .anyMatch(each -> !Objects.equals(saved.get().get(each), component.get(each)));
  }

  /** Keycloak reads the text as a MessageFormat. */
  private static ComponentValidationException invalid(String message) {
    return new ComponentValidationException(message.replace("'", "''").replace("{", "'{'"));
  }

  @Override
  public void onCreate(KeycloakSession session, RealmModel realm, ComponentModel model) {
    AdminRole.ensure(realm);
    wake(session);
  }

  @Override
  public void onUpdate(
      KeycloakSession session, RealmModel realm, ComponentModel old, ComponentModel now) {
    AdminRole.ensure(realm);
    if (!new UserStorageProviderModel(now).isEnabled()) {
      new Targets(session).unconfigured(now.getId());
    }
    wake(session);
  }

  /** The node sees the target when the administrator's transaction is over, not before. */
  private static void wake(KeycloakSession session) {
    var dispatcher = ChangeListenerProviderFactory.dispatcher(session.getKeycloakSessionFactory());
    Afterwards.run(session, () -> dispatcher.ifPresent(Dispatcher::discoverSoon));
  }

  @Override
  public SynchronizationResult sync(
      KeycloakSessionFactory factory, String realmId, UserStorageProviderModel model) {
    return sync(factory, model, SyncKind.FULL);
  }

  @Override
  public SynchronizationResult syncSince(
      Date lastSync,
      KeycloakSessionFactory factory,
      String realmId,
      UserStorageProviderModel model) {
    return sync(factory, model, SyncKind.LOCAL);
  }

  private static SynchronizationResult sync(
      KeycloakSessionFactory factory, UserStorageProviderModel model, SyncKind kind) {
    return ChangeListenerProviderFactory.dispatcher(factory)
        .map(it -> SyncResult.of(it.sync(model.getId(), kind)))
        .orElseGet(SynchronizationResult::ignored);
  }
}
