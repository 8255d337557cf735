package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.StoreUnavailable;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes and deletions of groups, and of roles, which are written like groups without members. */
final class GroupWrites {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWrites.class);
  private final Tenant tenant;
  private final NamedTarget target;
  private final GroupRunner runner;
  private final GroupRequests requests;
  private final GroupRecovery recovery;
  private final UnclaimedChanges unclaimed;
  private final JointChanges waiting = new JointChanges();
  private final JointRunner joint;

  GroupWrites(
      Tenant tenant,
      NamedTarget target,
      GroupRunner runner,
      GroupRecovery recovery,
      UnclaimedChanges unclaimed) {
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
    this.requests = new GroupRequests(tenant, runner);
    this.recovery = recovery;
    this.unclaimed = unclaimed;
    this.joint = new JointRunner(tenant, target.type(), this::changeHeld);
  }

  /** A request: what it makes of a group's resource, and of its members. */
  record Change(
      Action action,
      String source,
      String id,
      IfMatch ifMatch,
      Function<ObjectNode, Patched> request) {}

  Entry change(Change change) {
    var changed = changed(change);
    bringAlong(change.id());
    return changed;
  }

  private Entry changed(Change change) {
    if (!JointChanges.takes(change)) {
      return held(change.id(), () -> changeHeld(change)).orElseThrow(() -> kept(change));
    }
    var place = waiting.enter(change);
    try {
      return held(change.id(), () -> joint.run(waiting.take(place), place))
          .or(() -> waiting.leave(place))
          .orElseThrow(() -> kept(change));
    } finally {
      waiting.left(place);
    }
  }

  void delete(String source, String id, IfMatch ifMatch) {
    var delete =
        new Change(Action.DELETE, source, id, ifMatch, base -> new Patched(base, List.of()));
    var above = above(id);
    var unused = held(id, () -> deleteHeld(delete)).orElseThrow(() -> kept(delete));
    bringAlong(above);
  }

  private Set<String> above(String id) {
    return tenant.database().read(handle -> NestedGroups.above(handle, id));
  }

  /** The change is done: that the store fails now must not say otherwise. */
  private void bringAlong(String id) {
    try {
      bringAlong(above(id));
    } catch (StoreUnavailable e) {
      LOG.warn("members put off groups above={} reason={}", id, e.getMessage());
    }
  }

  /**
   * Brings the groups that a group belongs to up to date on the PBX, as far as it goes in the time
   * of one answer; the journal has what is left.
   */
  private void bringAlong(Set<String> above) {
    var end = tenant.answerBy();
    for (String group : above) {
      if (tenant.now().isBefore(end)) {
        try {
          recovery.recover(group, tenant.policy().busyWait());
        } catch (Refusal | PbxException | StoreUnavailable e) {
          LOG.warn("members put off entry={} reason={}", group, e.getMessage());
        }
      }
    }
  }

  /** Empty: somebody else had it all the time. */
  private Optional<Entry> held(String lock, Supplier<Optional<Entry>> attempt) {
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .holding(tenant.locks(), lock, attempt);
  }

  private Optional<Entry> changeHeld(Change change) {
    var taken = read(change).stays(tenant).at(change.ifMatch(), change.source());
    if (tenant.resting(taken.open())) {
      return Optional.empty();
    }
    var entry = taken.entry();
    var patched = change.request().apply(entry.resource());
    target.checkChange(entry.resource(), patched.resource());
    var known = certain(change, entry);
    return Optional.of(
        requests.drive(
            requests.of(change.action(), change.source(), known, taken.open(), patched),
            handle -> false));
  }

  private Optional<Entry> deleteHeld(Change change) {
    var taken = read(change).at(change.ifMatch(), change.source());
    target.checkDelete(taken.entry());
    if (tenant.resting(taken.open())) {
      return Optional.empty();
    }
    var known = certain(change, taken.entry());
    var going = recovery.leaving(known);
    return Optional.of(
        runner.drive(
            new GroupRun(
                Run.Kind.REQUEST,
                change.action(),
                change.source(),
                known,
                taken.open(),
                Optional.empty(),
                going,
                GroupRequests.users(going)),
            handle -> false));
  }

  /** The group with its doubts read; when that fails, what takes away is kept first. */
  private Entry certain(Change change, Entry entry) {
    try {
      return entry.with(target.known(entry));
    } catch (PbxException.Unavailable e) {
      unclaimed.keep(target.type(), change);
      throw Answers.later(e);
    }
  }

  private Taken read(Change change) {
    return tenant
        .database()
        .read(handle -> Taken.visible(handle, tenant.name(), target.type(), change.id()));
  }

  /** Nobody let us have the group in time. */
  private TryLater kept(Change change) {
    if (change.action() == Action.DELETE) {
      target.checkDelete(read(change).entry());
    }
    unclaimed.keep(target.type(), change);
    return TryLater.underWay();
  }

  static List<MemberChange> replacing(JsonNode body, IdentityProvider idp) {
    return List.of(new MemberChange.ReplaceAll(MemberChange.membersOf(body, idp)));
  }
}
