package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ScimClient;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.snapshot.SnapshotReader;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A target with what it takes to read for it, write about it and send to it. */
record Target(TargetConfig config, String realmId, ScimClient client, Transactions transactions) {
  String id() {
    return config.id();
  }

  /** Reads the realm and our tables in one transaction. */
  <T> T read(BiFunction<SnapshotReader, Remotes, T> work) {
    return transactions.get(session -> work.apply(reader(session), new Remotes(session, id())));
  }

  SnapshotReader reader(KeycloakSession session) {
    RealmModel realm = session.realms().getRealm(realmId);
    session.getContext().setRealm(realm);
    return new SnapshotReader(session, realm, config);
  }

  void remember(Consumer<Remotes> work) {
    transactions.run(session -> work.accept(new Remotes(session, id())));
  }

  void remember(Kind kind, Remote remote) {
    remember(remotes -> remotes.put(kind, remote));
  }

  void outbox(Consumer<Outbox> work) {
    transactions.run(session -> work.accept(new Outbox(session, id())));
  }
}
