package dev.patchbay.keycloak.outbox;

import java.util.List;
import org.keycloak.Config.Scope;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Has Keycloak create and upgrade our tables with its own. There are no entities: the statements
 * are ours.
 */
public final class OutboxEntityProviderFactory implements JpaEntityProviderFactory {
  private static final String ID = "patchbay-outbox";

  @Override
  public JpaEntityProvider create(KeycloakSession session) {
    return new JpaEntityProvider() {
      @Override
      public List<Class<?>> getEntities() {
        return List.of();
      }

      @Override
      public String getChangelogLocation() {
        return "META-INF/patchbay-changelog.xml";
      }

      @Override
      public String getFactoryId() {
        return ID;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void init(Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return ID;
  }
}
