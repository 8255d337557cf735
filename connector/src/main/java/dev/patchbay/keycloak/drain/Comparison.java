package dev.patchbay.keycloak.drain;

import dev.patchbay.keycloak.change.Change;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.change.Change.Urgency;
import dev.patchbay.keycloak.outbox.HeldGroups;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work.State;
import dev.patchbay.keycloak.snapshot.FederationException;
import dev.patchbay.keycloak.snapshot.GroupSnapshot;
import dev.patchbay.keycloak.snapshot.SnapshotReader;
import dev.patchbay.keycloak.snapshot.UserSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Compares all groups and users of the realm with what the target is known to hold, a page at a
 * time and in a transaction for each, and turns differences into work. It sends nothing itself. Who
 * is there is marked; who is not, or is to be put out, is taken for a leaver in the end, when it is
 * known how many these are.
 */
final class Comparison {
  private static final Logger LOG = Logger.getLogger(Comparison.class);
  private static final int PAGE = 200;

  /** Fewer leavers than these are never too many. */
  private static final int BRAKE_LEAST = 5;

  /** What comes next. */
  private enum Phase {
    GROUPS,
    USERS,
    GONE_GROUPS,
    GONE_USERS,
    REMOTE,
    DONE
  }

  private final Target target;
  private final SyncKind kind;
  private final RemoteComparison remote;

  /** Tells this comparison from those before it; each has a higher one. */
  private final long run;

  private Phase phase = Phase.GROUPS;
  private List<String> groups = List.of();
  private int first;
  private String after = Remotes.START;
  private final Map<Kind, State> leavers = new EnumMap<>(Kind.class);
  private long compared;
  private long different;

  Comparison(Target target, SyncKind kind, long run) {
    this.target = target;
    this.kind = kind;
    this.run = run;
    this.remote = new RemoteComparison(target, run);
  }

  SyncKind kind() {
    return kind;
  }

  long compared() {
    return compared;
  }

  long different() {
    return different + remote.different();
  }

  /** Does the next page. Whether there is more. */
  boolean step() {
    switch (phase) {
      case GROUPS -> groups();
      case USERS -> users();
      case GONE_GROUPS -> gone(Kind.GROUP, Phase.GONE_USERS);
      case GONE_USERS -> gone(Kind.USER, kind == SyncKind.FULL ? Phase.REMOTE : Phase.DONE);
      case REMOTE -> {
        if (!remote.step()) {
          next(Phase.DONE);
        }
      }
      case DONE -> {
        return false;
      }
    }
    return phase != Phase.DONE;
  }

  private void next(Phase next) {
    phase = next;
    first = 0;
    after = Remotes.START;
  }

  private void groups() {
    if (first == 0) {
      groups = target.read((realm, remotes) -> realm.groups().map(GroupModel::getId).toList());
    }
    var page = groups.stream().skip(first).limit(PAGE).toList();
    target.transactions().run(session -> compareGroups(session, target.reader(session), page));
    first += page.size();
    if (page.size() < PAGE) {
      next(Phase.USERS);
    }
  }

  private void compareGroups(KeycloakSession session, SnapshotReader realm, List<String> page) {
    var remotes = new Remotes(session, target.id());
    var wanted = page.stream().flatMap(each -> realm.group(each).stream()).toList();
    var ids = wanted.stream().map(GroupSnapshot::id).toList();
    var known = remotes.get(Kind.GROUP, ids);
    remotes.marks().seen(Kind.GROUP, ids, run);
    var changed =
        wanted.stream()
            .filter(each -> !isAlike(each.hash(), Optional.ofNullable(known.get(each.id()))))
            .map(each -> new Change(Kind.GROUP, each.id(), Urgency.COMPARED))
            .toList();
    new Outbox(session, target.id()).letGo(Kind.GROUP, ids);
    note(session, page.size(), changed, State.READY);
  }

  private void users() {
    int count =
        target
            .transactions()
            .get(
                session -> {
                  SnapshotReader realm = target.reader(session);
                  var page = realm.users(first, PAGE).toList();
                  compareUsers(session, realm, page);
                  return page.size();
                });
    first += count;
    if (count < PAGE) {
      next(Phase.GONE_GROUPS);
    }
  }

  private void compareUsers(KeycloakSession session, SnapshotReader realm, List<UserModel> page) {
    var remotes = new Remotes(session, target.id());
    var wanted = new ArrayList<UserSnapshot>();
    var unknown = new ArrayList<String>();
    for (UserModel each : page) {
      try {
        realm.user(each).ifPresent(wanted::add);
      } catch (FederationException e) {
        unknown.add(each.getId());
      } catch (RuntimeException e) {
        LOG.errorf(e, "could not compare kind=USER id=%s", each.getId());
        unknown.add(each.getId());
      }
    }
    remotes.marks().seen(Kind.USER, unknown, run); // who cannot be read is not gone
    var known = remotes.get(Kind.USER, wanted.stream().map(UserSnapshot::id).toList());
    wanted.removeIf(each -> isPutOut(each, Optional.ofNullable(known.get(each.id()))));
    var ids = wanted.stream().map(UserSnapshot::id).toList();
    remotes.marks().seen(Kind.USER, ids, run);
    new Outbox(session, target.id()).letGo(Kind.USER, ids);
    note(
        session, page.size(), changed(wanted, known, remotes.members().groupsOf(ids)), State.READY);
  }

  /** Not marked as seen: as with those who are gone, it matters how many these are. */
  private static boolean isPutOut(UserSnapshot wanted, Optional<Remote> known) {
    return !wanted.active() && known.filter(each -> each.active() && !each.gone()).isPresent();
  }

  private static List<Change> changed(
      List<UserSnapshot> wanted, Map<String, Remote> known, Map<String, HeldGroups> groups) {
    return wanted.stream()
        .filter(
            each ->
                !isAlike(each.hash(), Optional.ofNullable(known.get(each.id())))
                    || !groups.getOrDefault(each.id(), HeldGroups.NONE).exactly(each.groups()))
        .map(
            each ->
                new Change(Kind.USER, each.id(), each.active() ? Urgency.COMPARED : Urgency.LEAVER))
        .toList();
  }

  private static boolean isAlike(String hash, Optional<Remote> known) {
    return known.filter(each -> each.hash().equals(hash)).isPresent();
  }

  /**
   * Those that the target holds and the realm does not have, or not among those who are sent, or
   * not as active.
   */
  private void gone(Kind kind, Phase following) {
    State state = leavers.computeIfAbsent(kind, this::leavers);
    List<String> page =
        target
            .transactions()
            .get(
                session -> {
                  var items =
                      new Remotes(session, target.id()).marks().unseen(kind, run, after, PAGE);
                  note(
                      session,
                      0,
                      items.stream().map(each -> new Change(kind, each, Urgency.LEAVER)).toList(),
                      state);
                  return items;
                });
    if (page.size() < PAGE) {
      next(following);
    } else {
      after = page.get(PAGE - 1);
    }
  }

  /** Whether those who are gone may be taken away, or are too many for nobody to look. */
  private State leavers(Kind kind) {
    long gone = target.read((realm, remotes) -> remotes.marks().countUnseen(kind, run));
    long all = target.read((realm, remotes) -> remotes.count(kind));
    boolean tooMany =
        gone > BRAKE_LEAST && gone * 100 > all * target.config().limits().brakePercent();
    if (tooMany) {
      Outcomes.held(target, kind, gone, all);
    }
    return tooMany ? State.HELD : State.READY;
  }

  private void note(KeycloakSession session, long looked, List<Change> changed, State state) {
    var outbox = new Outbox(session, target.id());
    long now = System.currentTimeMillis();
    changed.forEach(each -> outbox.add(each, now, state));
    new Targets(session).progress(target.id(), looked, changed.size());
    compared += looked;
    different += changed.size();
  }
}
