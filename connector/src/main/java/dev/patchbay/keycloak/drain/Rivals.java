package dev.patchbay.keycloak.drain;

import com.unboundid.scim2.common.messages.PatchRequest;
import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ResourceKind;
import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Rejected;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.Work;
import dev.patchbay.keycloak.outbox.Work.State;
import dev.patchbay.keycloak.snapshot.FederationException;
import dev.patchbay.keycloak.snapshot.UserSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Frees user names for those who have them now. Where people pass names on in a circle, each is
 * refused the name that the next one still has at the target. So the next one is called by an id
 * until the own turn comes. Only while nothing else is under way: one user is never sent twice at a
 * time.
 */
record Rivals(Target target) {
  private static final Logger LOG = Logger.getLogger(Rivals.class);

  /** For those among the failures that were refused because of another one. */
  void makeWay(Map<Work, ScimFailure> failures) {
    failures.forEach(
        (work, failure) -> {
          if (work.kind() == Kind.USER && failure instanceof Rejected it && it.conflict()) {
            makeWay(work);
          }
        });
  }

  /** What fails here is tried once more with the next refusal. */
  private void makeWay(Work work) {
    try {
      wanted(work.item()).map(UserSnapshot::userName).flatMap(this::rival).ifPresent(this::park);
    } catch (ScimFailure | FederationException e) {
      LOG.debugf(e, "could not free the name of id=%s", work.item());
    }
  }

  private Optional<UserSnapshot> wanted(String user) {
    return target.read((realm, remotes) -> realm.user(user));
  }

  /** One of ours who has the name at the target, and another one in the realm. */
  private Optional<Remote> rival(String userName) {
    return target.client().find(ResourceKind.USER, Scim.equal("userName", userName)).stream()
        .filter(each -> each.path("userName").asText().equalsIgnoreCase(userName))
        .flatMap(each -> known(each.path("id").asText()).stream())
        .filter(each -> isCalledOtherwise(each.item(), userName))
        .findFirst();
  }

  private Optional<Remote> known(String remoteId) {
    return target.read(
        (realm, remotes) ->
            Optional.ofNullable(remotes.byRemoteId(Kind.USER, List.of(remoteId)).get(remoteId)));
  }

  private boolean isCalledOtherwise(String user, String userName) {
    return wanted(user).filter(each -> !each.userName().equalsIgnoreCase(userName)).isPresent();
  }

  /** Noted first: whatever becomes of the request, the right name is sent afterwards. */
  private void park(Remote rival) {
    target
        .transactions()
        .run(
            session -> {
              new Remotes(session, target.id()).put(Kind.USER, rival.withHash(Remote.AGAIN));
              new Outbox(session, target.id())
                  .add(Change.user(rival.item()), System.currentTimeMillis(), State.READY);
            });
    target
        .client()
        .patch(
            ResourceKind.USER,
            rival.remoteId(),
            new PatchRequest(Scim.replace("userName", rival.item())));
    Outcomes.sent(target, Kind.USER, rival.item(), "rename");
  }
}
