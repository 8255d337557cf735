package dev.patchbay.keycloak.change;

import java.util.Set;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

/** Reads what a user's own doing may have changed. */
public final class UserChanges {
  /**
   * What changes a profile, an account or its links. Others, password and consent, say nothing that
   * is sent.
   */
  private static final Set<EventType> CHANGING =
      Set.of(
          EventType.REGISTER,
          EventType.UPDATE_PROFILE,
          EventType.UPDATE_EMAIL,
          EventType.VERIFY_EMAIL,
          EventType.FEDERATED_IDENTITY_LINK,
          EventType.FEDERATED_IDENTITY_OVERRIDE_LINK,
          EventType.REMOVE_FEDERATED_IDENTITY,
          EventType.IDENTITY_PROVIDER_FIRST_LOGIN,
          EventType.INVITE_ORG);

  private UserChanges() {}

  /** What the event tells to have changed. */
  public static Set<Change> of(Event event) {
    if (event.getUserId() != null && event.getType() == EventType.DELETE_ACCOUNT) {
      return Set.of(Change.leaver(event.getUserId()));
    }
    return event.getUserId() != null && CHANGING.contains(event.getType())
        ? Set.of(Change.user(event.getUserId()))
        : Set.of();
  }

  /**
   * Whether it is a sign that somebody is there whom an identity provider or LDAP may have changed
   * without telling: worth a look, not worth a write.
   */
  public static boolean isLogin(Event event) {
    return event.getType() == EventType.LOGIN && event.getUserId() != null;
  }
}
