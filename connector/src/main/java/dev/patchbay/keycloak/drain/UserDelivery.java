package dev.patchbay.keycloak.drain;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.messages.PatchRequest;
import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ResourceKind;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.config.RemovalPolicy;
import dev.patchbay.keycloak.outbox.HeldGroups.Certainty;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.Work.State;
import dev.patchbay.keycloak.snapshot.UserSnapshot;
import java.util.Optional;

/**
 * Brings one user at the target to what the realm says. Whatever it did before it was interrupted,
 * doing it again ends the same.
 */
final class UserDelivery {
  private static final ResourceKind USERS = ResourceKind.USER;

  private final Target target;

  UserDelivery(Target target) {
    this.target = target;
  }

  /** What the target holds of the user from now on; none if nothing. */
  Optional<Remote> deliver(UserView user) {
    if (user.wanted().isPresent()) {
      return Optional.of(send(user.wanted().get(), user.known()));
    }
    if (user.known().filter(Remote::gone).isPresent()) {
      // told already; but who was deactivated may have to leave groups yet
      return user.known().filter(each -> !each.unanswered() && !user.groups().all().isEmpty());
    }
    return user.known().flatMap(known -> takeAway(user, known));
  }

  private Remote send(UserSnapshot wanted, Optional<Remote> known) {
    if (known.isEmpty()) {
      return create(wanted);
    }
    if (known.get().unanswered()) {
      var made = byId(wanted.id()); // under a name, perhaps, that is not hers any more
      return made.isPresent() ? change(wanted, made.get()) : create(wanted);
    }
    if (known.get().hash().equals(wanted.hash())) {
      return known.get();
    }
    try {
      return change(wanted, known.get().remoteId());
    } catch (Rejected e) {
      if (!e.notFound()) {
        throw e;
      }
      target.remember(remotes -> remotes.remove(Kind.USER, wanted.id()));
      return create(wanted);
    }
  }

  /**
   * Notes first that the target may hold the user: one whose making was never answered, and who
   * leaves then, is still found there.
   */
  private Remote create(UserSnapshot wanted) {
    target.remember(Kind.USER, remote(wanted, "", Remote.AGAIN, ""));
    try {
      JsonNode made = target.client().create(USERS, wanted.resource());
      return remember(wanted, made.path("id").asText(), made, "create");
    } catch (Rejected e) {
      if (!e.conflict()) {
        throw e;
      }
      return change(wanted, find(wanted).orElseThrow(() -> e));
    }
  }

  /**
   * Notes first that it is not known what the target holds: a change that is taken back is sent,
   * too.
   */
  private Remote change(UserSnapshot wanted, String remoteId) {
    target.remember(Kind.USER, remote(wanted, remoteId, Remote.AGAIN, ""));
    try {
      JsonNode answer = target.client().patch(USERS, remoteId, wanted.changes());
      return remember(wanted, remoteId, answer, "change");
    } catch (Rejected e) {
      if (!wanted.active() && !e.notFound()) {
        deactivate(remoteId); // whatever else the target refuses, a leaver leaves
      }
      throw e;
    }
  }

  private Remote remember(UserSnapshot wanted, String remoteId, JsonNode answer, String action) {
    var remote = remote(wanted, remoteId, wanted.hash(), Provisioning.note(answer));
    target.remember(Kind.USER, remote);
    Outcomes.sent(target, Kind.USER, wanted.id(), action);
    return remote;
  }

  private static Remote remote(UserSnapshot wanted, String remoteId, String hash, String note) {
    return new Remote(
        wanted.id(), remoteId, wanted.userName(), wanted.email(), hash, wanted.active(), note);
  }

  /** The user as the target has it already: by our id, or by a name that is nobody else's. */
  private Optional<String> find(UserSnapshot wanted) {
    return byId(wanted.id())
        .or(
            () ->
                target.client().find(USERS, Scim.equal("userName", wanted.userName())).stream()
                    .filter(each -> isNamed(each, wanted.userName()))
                    .filter(each -> isFree(each.path("externalId").asText(), wanted))
                    .map(each -> each.path("id").asText())
                    .findFirst());
  }

  /** A server that does not know the filter gives everybody. */
  private static boolean isNamed(JsonNode found, String userName) {
    return found.path("userName").asText().equalsIgnoreCase(userName);
  }

  private Optional<String> byId(String id) {
    return Scim.byExternalId(target.client(), USERS, id);
  }

  /**
   * Whether the account with this id may become the user's: not while somebody of the realm has it,
   * or is yet to lose it.
   */
  private boolean isFree(String externalId, UserSnapshot wanted) {
    return externalId.isEmpty()
        || target.read(
            (realm, remotes) ->
                realm.user(externalId).isEmpty()
                    && remotes
                        .get(Kind.USER, externalId)
                        .filter(each -> !isSamePerson(each, wanted))
                        .isEmpty());
  }

  private static boolean isSamePerson(Remote known, UserSnapshot wanted) {
    return !wanted.email().isEmpty() && wanted.email().equals(known.email());
  }

  private Optional<Remote> takeAway(UserView user, Remote known) {
    var heir = user.heir().filter(each -> isSamePerson(known, each));
    if (heir.isPresent() && !known.unanswered()) {
      hand(known, heir.get().id());
      return Optional.empty();
    }
    var sharer = target.read((realm, remotes) -> remotes.sharer(Kind.USER, known));
    if (!known.unanswered() && sharer.isPresent()) {
      hand(known, sharer.get()); // the account is another's by now
      return Optional.empty();
    }
    RemovalPolicy policy = target.config().onRemoval();
    var remoteId = known.unanswered() ? byId(known.item()) : Optional.of(known.remoteId());
    if (policy == RemovalPolicy.KEEP || remoteId.isEmpty()) {
      gone(known);
      return Optional.empty();
    }
    target.remember(Kind.USER, known.withRemoteId(remoteId.get()).withHash(Remote.AGAIN));
    if (policy == RemovalPolicy.DEACTIVATE) {
      deactivate(remoteId.get());
      Outcomes.sent(target, Kind.USER, known.item(), "deactivate");
      return Optional.of(gone(known.withRemoteId(remoteId.get())));
    }
    target.client().delete(USERS, remoteId.get());
    target.remember(remotes -> remotes.remove(Kind.USER, known.item()));
    Outcomes.sent(target, Kind.USER, known.item(), "delete");
    return Optional.empty();
  }

  private Remote gone(Remote known) {
    var gone = known.withHash(Remote.GONE);
    target.remember(Kind.USER, gone);
    return gone;
  }

  /** The account goes to the user who has the name now, with its number and its history. */
  private void hand(Remote known, String heir) {
    target
        .transactions()
        .run(
            session -> {
              var remotes = new Remotes(session, target.id());
              // the heir is in the former user's groups, until a look at the heir says otherwise
              var groups = remotes.members().groupsOf(known.item()).all();
              remotes.remove(Kind.USER, known.item());
              groups.forEach(each -> remotes.members().note(each, heir, Certainty.MAYBE));
              if (remotes.get(Kind.USER, heir).isEmpty()) {
                remotes.put(Kind.USER, known.of(heir).withHash(Remote.AGAIN));
              }
              new Outbox(session, target.id())
                  .add(Change.user(heir), System.currentTimeMillis(), State.READY);
            });
  }

  private void deactivate(String remoteId) {
    try {
      target.client().patch(USERS, remoteId, new PatchRequest(Scim.replace("active", false)));
    } catch (Rejected e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }
}
