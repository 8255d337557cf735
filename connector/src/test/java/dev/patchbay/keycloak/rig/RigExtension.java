package dev.patchbay.keycloak.rig;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the rig with the first test that asks, and ends it after the last of all classes. */
final class RigExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RigExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Rig.class || type == Realm.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Rig rig =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Rig.class, key -> Rig.shared(), Rig.class);
    return parameter.getParameter().getType() == Rig.class
        ? rig
        : context
            .getStore(NAMESPACE)
            .computeIfAbsent(Realm.class, key -> rig.newRealm(), Realm.class);
  }
}
