package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work.State;
import dev.patchbay.keycloak.snapshot.FederationException;
import dev.patchbay.keycloak.snapshot.SnapshotReader;
import java.util.List;
import java.util.function.Function;

/** Has others looked at whom a change of one thing may concern, too. */
final class Followers {
  private static final int PAGE = 500;

  private final Target target;

  Followers(Target target) {
    this.target = target;
  }

  /**
   * The direct members of a group, a page at a time. Where a group or a role decides who is sent,
   * all of them may have to leave by this: who does is left to a comparison, which knows when that
   * is too many.
   */
  void members(String group) {
    int first = 0;
    List<String> page;
    do {
      int from = first;
      page = target.read((realm, remotes) -> realm.members(group, from, PAGE).toList());
      look(target.config().chosenByGroupOrRole() ? staying(page) : page, Change::user);
      first += PAGE;
    } while (page.size() == PAGE);
  }

  private List<String> staying(List<String> users) {
    var staying =
        target.read((realm, remotes) -> users.stream().filter(it -> stays(realm, it)).toList());
    if (staying.size() < users.size()) {
      target.transactions().run(session -> new Targets(session).ask(target.id(), SyncKind.LOCAL));
    }
    return staying;
  }

  private static boolean stays(SnapshotReader realm, String user) {
    try {
      return realm.user(user).isPresent();
    } catch (FederationException e) {
      return true; // not known yet: the user's own turn will tell
    }
  }

  /** Those groups right below a group. */
  void groupsBelow(String group, Function<String, Change> change) {
    look(target.read((realm, remotes) -> realm.groupsBelow(group)), change);
  }

  void look(List<String> items, Function<String, Change> change) {
    for (List<String> part : Remotes.parts(items)) {
      long now = System.currentTimeMillis();
      target.outbox(
          outbox -> part.forEach(each -> outbox.add(change.apply(each), now, State.READY)));
    }
  }
}
