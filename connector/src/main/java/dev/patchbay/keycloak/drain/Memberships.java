package dev.patchbay.keycloak.drain;

import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ResourceKind;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.outbox.HeldGroups.Certainty;
import dev.patchbay.keycloak.outbox.Remote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who joins and leaves groups, gathered from the users of a batch and sent as one change for each
 * group, however many members it has.
 */
final class Memberships {
  /** A user who joins or leaves a group. */
  private record Move(UserView user, String remoteId, Direction direction) {}

  private enum Direction {
    JOIN,
    LEAVE
  }

  private final Target target;
  private final GroupDelivery groups;
  private final Map<String, List<Move>> moves = new LinkedHashMap<>();

  Memberships(Target target, GroupDelivery groups) {
    this.target = target;
    this.groups = groups;
  }

  /** Notes what is different for a user whom the target holds. */
  void add(UserView user, Remote remote) {
    var wanted = user.wanted().map(each -> each.groups()).orElse(Set.of());
    for (String group : wanted) {
      if (!user.groups().surely(group)) {
        note(group, new Move(user, remote.remoteId(), Direction.JOIN));
      }
    }
    for (String group : user.groups().all()) {
      if (!wanted.contains(group)) {
        note(group, new Move(user, remote.remoteId(), Direction.LEAVE));
      }
    }
  }

  private void note(String group, Move move) {
    moves.computeIfAbsent(group, it -> new ArrayList<>()).add(move);
  }

  List<String> groups() {
    return List.copyOf(moves.keySet());
  }

  /** The users whose membership in this group is to change. */
  List<UserView> users(String group) {
    return moves.getOrDefault(group, List.of()).stream().map(Move::user).toList();
  }

  /**
   * Sends a group's changes. If they are refused together, each is sent alone, so that one does not
   * stop the others.
   */
  void send(String group) {
    Optional<Remote> remote = groups.deliver(group);
    var all = moves.getOrDefault(group, List.of());
    if (remote.isEmpty()) {
      return; // the group is gone, and its memberships with it
    }
    try {
      send(group, remote.get(), all);
    } catch (Rejected e) {
      if (e.notFound()) {
        target.remember(remotes -> remotes.remove(Kind.GROUP, group));
        throw e; // it is made again with the next attempt
      }
      if (all.size() == 1) {
        throw e;
      }
      oneByOne(group, remote.get(), all);
    }
  }

  private void oneByOne(String group, Remote remote, List<Move> all) {
    Optional<Rejected> last = Optional.empty();
    for (Move each : all) {
      try {
        send(group, remote, List.of(each));
      } catch (Rejected e) {
        last = Optional.of(e);
      }
    }
    if (last.isPresent()) {
      throw last.get(); // those that went through are remembered, and not sent again
    }
  }

  private void send(String group, Remote remote, List<Move> some) {
    var operations = new ArrayList<PatchOperation>();
    some.stream()
        .filter(each -> each.direction() == Direction.LEAVE)
        .forEach(each -> operations.add(Scim.removeMember(each.remoteId())));
    var joining =
        some.stream()
            .filter(each -> each.direction() == Direction.JOIN)
            .map(Move::remoteId)
            .toList();
    int leaving = operations.size();
    if (!joining.isEmpty()) {
      operations.add(Scim.addMembers(joining));
    }
    // known before it is sent: who leaves again while the answer is missing may be in the group
    remember(group, some, Certainty.MAYBE);
    target.client().patch(ResourceKind.GROUP, remote.remoteId(), new PatchRequest(operations));
    target.remember(
        remotes ->
            some.stream()
                .filter(each -> each.direction() == Direction.LEAVE)
                .forEach(each -> remotes.members().leave(group, each.user().item())));
    remember(
        group,
        some.stream().filter(each -> each.direction() == Direction.JOIN).toList(),
        Certainty.SURE);
    Outcomes.membersSent(target, group, joining.size(), leaving);
  }

  private void remember(String group, List<Move> moves, Certainty certainty) {
    target.remember(
        remotes ->
            moves.forEach(each -> remotes.members().note(group, each.user().item(), certainty)));
  }
}
