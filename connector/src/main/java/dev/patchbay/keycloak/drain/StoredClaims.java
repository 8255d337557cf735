package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.Targets;
import java.time.Duration;

/** A target's row in the database that the nodes share. */
record StoredClaims(String target, String node, Transactions transactions) implements Lease.Claims {
  @Override
  public boolean take(long seenBeat, Duration length) {
    return transactions.get(session -> new Targets(session).take(target, node, seenBeat, length));
  }

  @Override
  public boolean beat(Duration length) {
    return transactions.get(session -> new Targets(session).beat(target, node, length));
  }

  @Override
  public void release() {
    transactions.run(session -> new Targets(session).release(target, node));
  }
}
