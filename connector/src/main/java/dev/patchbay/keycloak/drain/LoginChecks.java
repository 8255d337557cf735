package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.config.SettingException;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.snapshot.FederationException;
import dev.patchbay.keycloak.snapshot.SnapshotReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Looks at users who logged in, since an identity provider or LDAP may have changed them on that
 * occasion without any event. A look costs a read; only a difference is written. What is not looked
 * at before the server ends is found by the next comparison.
 */
final class LoginChecks {
  /** More logins than these between two looks are left to the comparison. */
  private static final int LIMIT = 10_000;

  private static final int AT_ONCE = 100;

  private record Login(String realmId, String userId) {}

  private final Set<Login> logins = new LinkedHashSet<>();
  private final Transactions transactions;

  LoginChecks(Transactions transactions) {
    this.transactions = transactions;
  }

  synchronized void add(String realmId, String userId) {
    if (logins.size() < LIMIT) {
      logins.add(new Login(realmId, userId));
    }
  }

  synchronized boolean waiting() {
    return !logins.isEmpty();
  }

  /** Looks at some. Whether a difference was found. */
  boolean look(List<TargetOfRealm> targets) {
    boolean found = false;
    for (Login each : take()) {
      for (TargetOfRealm target : targets) {
        if (target.realmId().equals(each.realmId())) {
          found |= differs(target, each);
        }
      }
    }
    return found;
  }

  /** A target's id and its realm's. */
  record TargetOfRealm(String id, String realmId) {}

  private synchronized List<Login> take() {
    var some = new ArrayList<Login>();
    var all = logins.iterator();
    while (all.hasNext() && some.size() < AT_ONCE) {
      some.add(all.next());
      all.remove();
    }
    return some;
  }

  private boolean differs(TargetOfRealm target, Login login) {
    try {
      return transactions.get(session -> differs(session, target.id(), login));
    } catch (FederationException | SettingException e) {
      return false; // the sender says so
    }
  }

  private static boolean differs(KeycloakSession session, String targetId, Login login) {
    var config = TargetLoader.load(session, login.realmId(), targetId);
    if (config.isEmpty()) {
      return false;
    }
    RealmModel realm = session.realms().getRealm(login.realmId());
    var remotes = new Remotes(session, targetId);
    var wanted = new SnapshotReader(session, realm, config.get()).user(login.userId());
    var known = remotes.get(Kind.USER, login.userId());
    if (wanted.isEmpty()) {
      return false; // leavers are the comparison's, which has a brake
    }
    boolean alike =
        known.filter(each -> each.hash().equals(wanted.get().hash())).isPresent()
            && remotes.members().groupsOf(login.userId()).exactly(wanted.get().groups());
    if (!alike) {
      new Outbox(session, targetId).note(Change.user(login.userId()), System.currentTimeMillis());
    }
    return !alike;
  }
}
