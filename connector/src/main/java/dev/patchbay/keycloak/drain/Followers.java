package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.Work.State;
import java.util.List;
import java.util.function.Function;

/** Has others looked at whom a change of one thing may concern, too. */
final class Followers {
  private static final int PAGE = 500;

  private final Target target;

  Followers(Target target) {
    this.target = target;
  }

  /** The direct members of a group, a page at a time. */
  void members(String group) {
    int first = 0;
    List<String> page;
    do {
      int from = first;
      page = target.read((realm, remotes) -> realm.members(group, from, PAGE).toList());
      look(page, Change::user);
      first += PAGE;
    } while (page.size() == PAGE);
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
