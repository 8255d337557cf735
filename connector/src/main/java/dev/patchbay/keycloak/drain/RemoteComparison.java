package dev.patchbay.keycloak.drain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.change.Change.Urgency;
import dev.patchbay.keycloak.client.RemotePage;
import dev.patchbay.keycloak.client.ResourceKind;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Compares what the target is known to hold with what it says it holds: accounts that vanished
 * there, that somebody else enabled or disabled, members that came or went. Users who did not come
 * from here are counted, and left alone but for {@link Orphans}.
 */
final class RemoteComparison {
  private static final int PAGE = 100;
  private static final List<String> USER_ATTRIBUTES =
      List.of("id", "externalId", "userName", "active");
  private static final List<String> GROUP_ATTRIBUTES = List.of("id", "externalId", "displayName");

  private enum Phase {
    USERS,
    GROUPS,
    LOST_USERS,
    LOST_GROUPS,
    MEMBERS,
    DONE
  }

  private final Target target;
  private final long run;
  private final Deque<String> groups = new ArrayDeque<>();
  private Optional<MemberComparison> members = Optional.empty();
  private Phase phase = Phase.USERS;
  private int first = 1;
  private String after = Remotes.START;
  private long different;

  RemoteComparison(Target target, long run) {
    this.target = target;
    this.run = run;
  }

  long different() {
    return different;
  }

  /** Does the next page. Whether there is more. */
  boolean step() {
    switch (phase) {
      case USERS -> list(ResourceKind.USER, USER_ATTRIBUTES, Phase.GROUPS);
      case GROUPS -> {
        if (target.config().groups().none()) {
          next(Phase.LOST_USERS);
        } else {
          list(ResourceKind.GROUP, GROUP_ATTRIBUTES, Phase.LOST_USERS);
        }
      }
      case LOST_USERS -> lost(Kind.USER, Phase.LOST_GROUPS);
      case LOST_GROUPS -> lost(Kind.GROUP, Phase.MEMBERS);
      case MEMBERS -> members();
      case DONE -> {
        return false;
      }
    }
    return phase != Phase.DONE;
  }

  private void next(Phase next) {
    phase = next;
    first = 1;
    after = Remotes.START;
  }

  private void list(ResourceKind kind, List<String> attributes, Phase following) {
    RemotePage page = target.client().list(kind, attributes, first, PAGE);
    target.transactions().run(session -> compare(session, kind, page.resources()));
    first += page.resources().size();
    if (page.resources().isEmpty() || first > page.totalResults()) {
      next(following);
    }
  }

  private void compare(KeycloakSession session, ResourceKind resourceKind, List<JsonNode> page) {
    Kind kind = resourceKind == ResourceKind.USER ? Kind.USER : Kind.GROUP;
    var remotes = new Remotes(session, target.id());
    var ids = page.stream().map(each -> each.path("id").asText()).toList();
    Map<String, Remote> known = remotes.byRemoteId(kind, ids);
    remotes.marks().found(kind, ids, run);
    var strangers = new ArrayList<JsonNode>();
    for (JsonNode each : page) {
      var remote = Optional.ofNullable(known.get(each.path("id").asText()));
      var unanswered = remotes.unanswered(kind, each.path("externalId").asText());
      if (remote.isEmpty() && unanswered.isPresent()) {
        again(session, kind, unanswered.get().withRemoteId(each.path("id").asText()));
      } else if (remote.isEmpty()) {
        strangers.add(each);
      } else if (kind == Kind.USER) {
        remote.filter(it -> isSwitched(it, each)).ifPresent(it -> again(session, kind, it));
      } else if (!remote.get().gone()) {
        groups.add(remote.get().item());
      }
    }
    if (kind == Kind.USER) {
      new Orphans(target).look(session, strangers);
    }
  }

  private static boolean isSwitched(Remote remote, JsonNode user) {
    return !remote.gone()
        && user.has("active")
        && user.path("active").asBoolean() != remote.active();
  }

  /** Those that should be there and are not. */
  private void lost(Kind kind, Phase following) {
    if (kind == Kind.GROUP && target.config().groups().none()) {
      next(following);
      return;
    }
    List<String> page =
        target
            .transactions()
            .get(
                session -> {
                  var remotes = new Remotes(session, target.id());
                  var items = remotes.marks().unfound(kind, run, after, PAGE);
                  items.forEach(
                      each -> remotes.get(kind, each).ifPresent(it -> again(session, kind, it)));
                  return items;
                });
    if (page.size() < PAGE) {
      next(following);
    } else {
      after = page.get(PAGE - 1);
    }
  }

  private void again(KeycloakSession session, Kind kind, Remote remote) {
    new Remotes(session, target.id()).put(kind, remote.withHash(Remote.AGAIN));
    look(session, new Change(kind, remote.item(), Urgency.COMPARED));
  }

  private void look(KeycloakSession session, Change change) {
    new Outbox(session, target.id()).add(change, System.currentTimeMillis(), State.READY);
    new Targets(session).progress(target.id(), 0, 1);
    different++;
  }

  /** The next page of a group's members, whose ids the target gives all at once. */
  private void members() {
    if (members.isPresent()) {
      MemberComparison current = members.get();
      if (!current.step()) {
        different += current.different();
        members = Optional.empty();
      }
    } else if (groups.isEmpty()) {
      next(Phase.DONE);
    } else {
      String group = groups.remove();
      // who is gone meanwhile is found lost by the next comparison
      members =
          target
              .read((realm, remotes) -> remotes.get(Kind.GROUP, group))
              .flatMap(each -> target.client().members(each.remoteId()))
              .map(there -> new MemberComparison(target, group, there));
    }
  }
}
