package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Work;
import dev.patchbay.keycloak.snapshot.UserSnapshot;
import java.util.Optional;
import java.util.Set;

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
    Set<String> groups) {
  String item() {
    return work.item();
  }

  /** Whether sending it takes something away: then it goes first. */
  boolean takesAway() {
    return wanted.filter(UserSnapshot::active).isEmpty();
  }
}
