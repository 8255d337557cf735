package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.HeldGroups;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Work;
import dev.patchbay.keycloak.snapshot.UserSnapshot;
import java.util.Optional;

/**
 * A user of the realm beside what the target is known to hold of it.
 *
 * @param wanted none if there is no such user or one who is not sent
 * @param known none if the target holds nothing of it
 * @param heir a user who has taken over the name of one who is gone
 * @param groups that the target holds the user in
 */
record UserView(
    Work work,
    Optional<UserSnapshot> wanted,
    Optional<Remote> known,
    Optional<UserSnapshot> heir,
    HeldGroups groups) {
  String item() {
    return work.item();
  }

  /** The same user, of whose account nobody knows which groups it is in. */
  UserView inNoGroup() {
    return new UserView(work, wanted, known, heir, HeldGroups.NONE);
  }

  /** Whether sending it takes something away: then it goes first. */
  boolean takesAway() {
    return wanted.filter(UserSnapshot::active).isEmpty();
  }
}
