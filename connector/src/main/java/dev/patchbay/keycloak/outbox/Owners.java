package dev.patchbay.keycloak.outbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Whose an account at a target may be, within one transaction. */
public final class Owners {
  private final Sql sql;

  public Owners(KeycloakSession session) {
    this.sql = new Sql(session);
  }

  /**
   * Those among these ids that are a user's, of whatever realm, or that any target of this Keycloak
   * has to do with.
   *
   * @param ids at most 1000
   */
  public Set<String> known(Collection<String> ids) {
    var known = new HashSet<String>();
    if (!ids.isEmpty()) {
      sql.entities()
          .createQuery("select u.id from UserEntity u where u.id in (:ids)", String.class)
          .setParameter("ids", ids)
          .getResultList()
          .forEach(known::add);
      known.addAll(
          sql.select(
              "select distinct ITEM from {REMOTE} where KIND = 'USER' and ITEM in (:ids)",
              Map.of("ids", ids),
              Integer.MAX_VALUE,
              row -> row.text(0)));
    }
    return known;
  }
}
