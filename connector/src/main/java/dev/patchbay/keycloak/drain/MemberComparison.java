package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.change.Change.Urgency;
import dev.patchbay.keycloak.outbox.HeldGroups.Certainty;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work.State;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * Compares the members a group is known to have at the target with those it says it has, a page at
 * a time. Of a large group only the target's ids are in memory.
 */
final class MemberComparison {
  private static final int PAGE = 500;

  private final Target target;
  private final String group;

  /** Ids at the target that are not known to be members yet. */
  private final Set<String> others;

  private Optional<String> after = Optional.of(Remotes.START);
  private long different;

  /**
   * @param there ids at the target
   */
  MemberComparison(Target target, String group, Set<String> there) {
    this.target = target;
    this.group = group;
    this.others = new HashSet<>(there);
  }

  long different() {
    return different;
  }

  /** Does the next page. Whether there is more. */
  boolean step() {
    if (after.isPresent()) {
      List<String> page = target.transactions().get(this::known);
      after = page.size() < PAGE ? Optional.empty() : Optional.of(page.get(PAGE - 1));
      return after.isPresent() || !others.isEmpty();
    }
    List<String> page = others.stream().limit(PAGE).toList();
    page.forEach(others::remove);
    target.transactions().run(session -> unknown(session, page));
    return !others.isEmpty();
  }

  /** Who should be there and is not is looked at. */
  private List<String> known(KeycloakSession session) {
    var remotes = new Remotes(session, target.id());
    var page = remotes.members().of(group, after.orElseThrow(), PAGE);
    var accounts = remotes.get(Kind.USER, page);
    for (String each : page) {
      Remote account = accounts.get(each);
      if (account == null || !others.remove(account.remoteId())) {
        remotes.members().leave(group, each);
        look(session, each);
      }
    }
    return page;
  }

  /** Who is there and should perhaps not be is looked at, if it is one of ours. */
  private void unknown(KeycloakSession session, List<String> page) {
    var remotes = new Remotes(session, target.id());
    for (Remote each : remotes.byRemoteId(Kind.USER, page).values()) {
      remotes.members().note(group, each.item(), Certainty.SURE);
      look(session, each.item());
    }
  }

  private void look(KeycloakSession session, String user) {
    new Outbox(session, target.id())
        .add(
            new Change(Kind.USER, user, Urgency.COMPARED), System.currentTimeMillis(), State.READY);
    new Targets(session).progress(target.id(), 0, 1);
    different++;
  }
}
