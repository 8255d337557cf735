package dev.patchbay.keycloak.drain;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.messages.PatchRequest;
import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ResourceKind;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.config.RemovalPolicy;
import dev.patchbay.keycloak.outbox.HeldGroups.Certainty;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.snapshot.GroupSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings one group at the target to what the realm says, but for its members: those are sent with
 * the users they are. A group is never put as a whole, which would take away members whom somebody
 * else added.
 */
final class GroupDelivery {
  private static final ResourceKind GROUPS = ResourceKind.GROUP;

  private final Target target;
  private final Followers followers;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  GroupDelivery(Target target) {
    this.target = target;
    this.followers = new Followers(target);
  }

  private record View(Optional<GroupSnapshot> wanted, Optional<Remote> known) {}

  /**
   * What the target holds of the group from now on; none if nothing. Several may ask for one group
   * at a time.
   */
  Optional<Remote> deliver(String group) {
    synchronized (locks.computeIfAbsent(group, it -> new Object())) {
      View view =
          target.read(
              (realm, remotes) -> new View(realm.group(group), remotes.get(Kind.GROUP, group)));
      if (view.wanted().isPresent()) {
        return Optional.of(send(view.wanted().get(), view.known()));
      }
      view.known().filter(each -> !each.gone()).ifPresent(this::takeAway);
      return Optional.empty();
    }
  }

  private Remote send(GroupSnapshot wanted, Optional<Remote> known) {
    if (known.isEmpty()) {
      return create(wanted);
    }
    if (known.get().unanswered()) {
      var made = byId(wanted.id()); // under a name, perhaps, that is not its own any more
      return made.isPresent() ? link(wanted, made.get()) : create(wanted);
    }
    if (known.get().hash().equals(wanted.hash())) {
      return known.get();
    }
    try {
      return rename(wanted, known.get());
    } catch (Rejected e) {
      if (!e.notFound()) {
        throw e;
      }
      target.remember(remotes -> remotes.remove(Kind.GROUP, wanted.id()));
      return create(wanted);
    }
  }

  /** What the target is known to hold is noted last: whatever is in between is done again. */
  private Remote rename(GroupSnapshot wanted, Remote known) {
    boolean renamed = !known.name().equals(wanted.displayName());
    target.remember(Kind.GROUP, known.withHash(Remote.AGAIN));
    patch(wanted, known.remoteId());
    if (renamed) {
      followers.groupsBelow(wanted.id(), Change::group);
    }
    if (known.gone()) {
      learnMembers(wanted.id(), known.remoteId());
      followers.members(wanted.id());
    }
    return remember(wanted, known.remoteId(), "rename");
  }

  private void patch(GroupSnapshot wanted, String remoteId) {
    target
        .client()
        .patch(
            GROUPS,
            remoteId,
            new PatchRequest(
                Scim.replace("displayName", wanted.displayName()),
                Scim.replace("externalId", wanted.id())));
  }

  private static Remote remote(GroupSnapshot wanted, String remoteId, String hash) {
    return new Remote(wanted.id(), remoteId, wanted.displayName(), "", hash, true, "");
  }

  /** Notes first that the target may hold the group, as {@link UserDelivery} does. */
  private Remote create(GroupSnapshot wanted) {
    target.remember(Kind.GROUP, remote(wanted, "", Remote.AGAIN));
    try {
      String remoteId = id(target.client().create(GROUPS, wanted.resource()));
      followers.members(wanted.id());
      return remember(wanted, remoteId, "create");
    } catch (Rejected e) {
      if (!e.conflict()) {
        throw e;
      }
      return link(wanted, find(wanted).orElseThrow(() -> e));
    }
  }

  private Remote link(GroupSnapshot wanted, String remoteId) {
    patch(wanted, remoteId);
    learnMembers(wanted.id(), remoteId);
    followers.members(wanted.id());
    return remember(wanted, remoteId, "link");
  }

  private Optional<String> find(GroupSnapshot wanted) {
    return byId(wanted.id())
        .or(
            () ->
                target
                    .client()
                    .find(GROUPS, Scim.equal("displayName", wanted.displayName()))
                    .stream()
                    .filter(each -> isNamed(each, wanted.displayName()))
                    .filter(each -> isFree(each.path("externalId").asText()))
                    .map(GroupDelivery::id)
                    .findFirst());
  }

  private Optional<String> byId(String id) {
    return Scim.byExternalId(target.client(), GROUPS, id);
  }

  /** A server that does not know the filter gives all groups. */
  private static boolean isNamed(JsonNode found, String displayName) {
    return found.path("displayName").asText().equalsIgnoreCase(displayName);
  }

  private boolean isFree(String externalId) {
    return externalId.isEmpty()
        || target.read((realm, remotes) -> realm.group(externalId).isEmpty());
  }

  /**
   * Members of ours whom the target has in the group already; the next look at them finds who
   * should not be there.
   */
  void learnMembers(String group, String remoteId) {
    var members = List.copyOf(target.client().members(remoteId).orElse(Set.of()));
    for (List<String> part : Remotes.parts(members)) {
      target
          .transactions()
          .run(
              session -> {
                var remotes = new Remotes(session, target.id());
                var ours = remotes.byRemoteId(Kind.USER, part).values();
                ours.forEach(each -> remotes.members().note(group, each.item(), Certainty.SURE));
              });
      followers.look(
          target.read(
              (realm, remotes) ->
                  remotes.byRemoteId(Kind.USER, part).values().stream().map(Remote::item).toList()),
          Change::user);
    }
  }

  private void takeAway(Remote known) {
    var remoteId = known.unanswered() ? byId(known.item()) : Optional.of(known.remoteId());
    if (target.config().onRemoval() == RemovalPolicy.KEEP || remoteId.isEmpty()) {
      target.remember(
          remotes -> {
            remotes.remove(Kind.GROUP, known.item()); // with who was in it
            remotes.put(Kind.GROUP, known.withHash(Remote.GONE));
          });
      return;
    }
    target.remember(Kind.GROUP, known.withRemoteId(remoteId.get()).withHash(Remote.AGAIN));
    target.client().delete(GROUPS, remoteId.get());
    target.remember(remotes -> remotes.remove(Kind.GROUP, known.item()));
    Outcomes.sent(target, Kind.GROUP, known.item(), "delete");
  }

  private Remote remember(GroupSnapshot wanted, String remoteId, String action) {
    var remote = remote(wanted, remoteId, wanted.hash());
    target.remember(Kind.GROUP, remote);
    Outcomes.sent(target, Kind.GROUP, wanted.id(), action);
    return remote;
  }

  private static String id(JsonNode resource) {
    return resource.path("id").asText();
  }
}
