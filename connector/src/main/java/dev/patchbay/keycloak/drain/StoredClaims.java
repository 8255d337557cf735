package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.Targets;

/** A target's row in the database that the nodes share. */
record StoredClaims(String target, String node, Transactions transactions) implements Lease.Claims {
  @Override
  public boolean take(long seenBeat) {
    return transactions.get(session -> new Targets(session).take(target, node, seenBeat));
  }

  @Override
  public boolean beat() {
    return transactions.get(session -> new Targets(session).beat(target, node));
  }

  @Override
  public void release() {
    transactions.run(session -> new Targets(session).release(target, node));
  }
}
