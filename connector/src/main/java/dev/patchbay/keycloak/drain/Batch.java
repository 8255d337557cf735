package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.client.ScimFailure;
import dev.patchbay.keycloak.client.ScimFailure.Failed;
import dev.patchbay.keycloak.client.ScimFailure.Postponed;
import dev.patchbay.keycloak.outbox.HeldGroups;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.Work;
import dev.patchbay.keycloak.outbox.Work.State;
import dev.patchbay.keycloak.snapshot.FederationException;
import dev.patchbay.keycloak.snapshot.SnapshotReader;
import dev.patchbay.keycloak.snapshot.UserSnapshot;
import dev.patchbay.keycloak.snapshot.UserSnapshot.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends what is due: groups, then users, then who is in which group, each in parallel. Leavers go
 * before everybody else.
 */
final class Batch {
  private static final Logger LOG = Logger.getLogger(Batch.class);
  private static final Duration FEDERATION_WAIT = Duration.ofMinutes(1);

  private static final Duration FEDERATION_LAG = Duration.ofSeconds(5);

  private final Target target;
  private final Clock clock;
  private final GroupDelivery groupDelivery;
  private final UserDelivery userDelivery;
  private final Followers followers;
  private final Parallel parallel;
  private final Map<Work, ScimFailure> failures = new ConcurrentHashMap<>();

  Batch(Target target, ExecutorService pool, Clock clock) {
    this.target = target;
    this.clock = clock;
    this.groupDelivery = new GroupDelivery(target);
    this.userDelivery = new UserDelivery(target);
    this.followers = new Followers(target);
    this.parallel = new Parallel(pool, target.config().limits().parallel());
  }

  /**
   * Sends each as far as the target takes it. What came of it is noted, but for what failed: those
   * are returned.
   */
  Map<Work, ScimFailure> send(List<Work> works) {
    failures.clear();
    var held =
        heldOn(of(Kind.GROUP, works)); // first: a filter that names nothing is nobody's fault
    of(Kind.MEMBERS, works).forEach(this::follow);
    var users = new ArrayList<>(views(of(Kind.USER, works)));
    users.removeIf(each -> each.takesAway() && isHeld(each.work()) && held.add(each.work()));
    var leavers = users.stream().filter(UserView::takesAway).toList();
    var others = users.stream().filter(each -> !each.takesAway()).toList();
    sendUsers(leavers);
    var groups = of(Kind.GROUP, works).stream().filter(each -> !held.contains(each)).toList();
    parallel.run(groups, this::sendGroup);
    sendUsers(others);
    Set<Work> again =
        users.stream().filter(Batch::isNew).map(UserView::work).collect(Collectors.toSet());
    target.outbox(
        outbox -> {
          held.forEach(outbox::hold);
          works.stream()
              .filter(each -> !held.contains(each) && !failures.containsKey(each))
              .forEach(each -> settle(outbox, each, again));
        });
    return Map.copyOf(failures);
  }

  /** Groups that changed while they are held, and are still not among those that are sent. */
  private Set<Work> heldOn(List<Work> groups) {
    var changed = groups.stream().filter(Batch::isHeld).toList();
    return target.read(
        (realm, remotes) ->
            changed.stream()
                .filter(each -> realm.group(each.item()).isEmpty())
                .collect(Collectors.toCollection(HashSet::new)));
  }

  private static boolean isHeld(Work work) {
    return work.state() == State.HELD_CHANGED;
  }

  private void settle(Outbox outbox, Work work, Set<Work> again) {
    if (again.contains(work)) {
      long due = clock.millis() + FEDERATION_LAG.toMillis();
      outbox.defer(work, due, work.attempts(), Work.SECOND_LOOK);
    } else {
      outbox.done(work);
    }
  }

  /**
   * Keycloak writes to LDAP after its own transaction: what was read at once may be what was there
   * before. When the change was made is not asked: that is by another node's clock.
   */
  private static boolean isNew(UserView user) {
    return user.wanted().filter(each -> each.source() == Source.FEDERATED).isPresent()
        && !user.work().lastError().equals(Work.SECOND_LOOK);
  }

  private static List<Work> of(Kind kind, List<Work> works) {
    return works.stream().filter(each -> each.kind() == kind).toList();
  }

  private void follow(Work work) {
    followers.members(work.item());
    followers.groupsBelow(work.item(), Change::members);
  }

  private void sendGroup(Work work) {
    attempt(List.of(work), () -> groupDelivery.deliver(work.item()));
  }

  private void sendUsers(List<UserView> users) {
    var memberships = new Memberships(target, groupDelivery);
    parallel.run(
        users,
        user ->
            attempt(
                List.of(user.work()),
                () -> {
                  Optional<Remote> remote = userDelivery.deliver(user);
                  synchronized (memberships) {
                    remote.ifPresent(each -> memberships.add(asKnown(user, each), each));
                  }
                }));
    parallel.run(
        memberships.groups(),
        group ->
            attempt(
                memberships.users(group).stream().map(UserView::work).toList(),
                () -> memberships.send(group)));
  }

  /** An account that was made or found just now is in groups of which nothing is known. */
  private static UserView asKnown(UserView user, Remote remote) {
    return user.known().filter(each -> each.remoteId().equals(remote.remoteId())).isPresent()
        ? user
        : user.inNoGroup();
  }

  private void attempt(List<Work> works, Runnable delivery) {
    try {
      delivery.run();
    } catch (ScimFailure e) {
      works.forEach(each -> failures.put(each, e));
    } catch (FederationException e) {
      works.forEach(each -> failures.put(each, unanswered(e)));
    } catch (RuntimeException e) {
      works.forEach(each -> failures.put(each, broken(each, e)));
    }
  }

  private List<UserView> views(List<Work> works) {
    if (works.isEmpty()) {
      return List.of();
    }
    return target.read((realm, remotes) -> views(works, realm, remotes));
  }

  private List<UserView> views(List<Work> works, SnapshotReader realm, Remotes remotes) {
    var items = works.stream().map(Work::item).toList();
    var known = remotes.get(Kind.USER, items);
    var groups = remotes.members().groupsOf(items);
    var views = new ArrayList<UserView>();
    for (Work each : works) {
      try {
        views.add(
            view(
                each,
                realm,
                Optional.ofNullable(known.get(each.item())),
                groups.getOrDefault(each.item(), HeldGroups.NONE)));
      } catch (FederationException e) {
        failures.put(each, unanswered(e));
      } catch (RuntimeException e) {
        failures.put(each, broken(each, e));
      }
    }
    return views;
  }

  private static ScimFailure unanswered(FederationException e) {
    return new Postponed(e.reason(), FEDERATION_WAIT);
  }

  /** One who cannot be read or sent does not keep the others back. */
  private static ScimFailure broken(Work work, RuntimeException e) {
    LOG.errorf(e, "could not send kind=%s id=%s", work.kind(), work.item());
    return new Failed(e.toString());
  }

  private static UserView view(
      Work work, SnapshotReader realm, Optional<Remote> known, HeldGroups groups) {
    var wanted = realm.user(work.item());
    var heir =
        wanted.isPresent()
            ? Optional.<UserSnapshot>empty()
            : known.flatMap(it -> realm.userNamed(it.name()));
    return new UserView(work, wanted, known, heir, groups);
  }
}
