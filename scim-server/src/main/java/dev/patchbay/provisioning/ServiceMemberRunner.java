package dev.patchbay.provisioning;

import dev.patchbay.database.Database;
import dev.patchbay.directory.Counterparts;
import dev.patchbay.directory.Membership;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends all who join and leave a service in one call, or in as few as the PBX takes, since it takes
 * its members as one list. Of a refused call what takes away goes first and alone; then the halves,
 * until it is known who was refused.
 */
final class ServiceMemberRunner {
  private final Database database;
  private final PbxAdapter adapter;
  private final Reachability reachability;
  private final PbxRef service;
  private final PlanRunner.Checkpoint checkpoint;
  private Optional<PbxException.Unavailable> stop = Optional.empty();

  ServiceMemberRunner(Tenant tenant, PbxRef service, PlanRunner.Checkpoint checkpoint) {
    this.database = tenant.database();
    this.adapter = tenant.adapter();
    this.reachability = tenant.reachability();
    this.service = service;
    this.checkpoint = checkpoint;
  }

  List<MemberOutcome> run(List<Membership> removals, List<Membership> additions) {
    var rows = new ArrayList<>(removals);
    rows.addAll(additions);
    var outcomes = new ArrayList<MemberOutcome>();
    int most = adapter.mostTogether();
    for (int from = 0; from < rows.size(); from += Math.min(most, rows.size() - from)) {
      outcomes.addAll(send(rows.subList(from, from + Math.min(most, rows.size() - from))));
    }
    return outcomes;
  }

  private List<MemberOutcome> send(List<Membership> rows) {
    if (stop.isEmpty() && (checkpoint.late() || !checkpoint.holds())) {
      stop = Optional.of(MemberRunner.stopped());
    }
    if (stop.isPresent()) {
      var why = stop.get();
      return each(rows, row -> new MemberOutcome.Deferred(row, why));
    }
    try {
      adapter.apply(
          new PbxCall.ChangeMembers(service, keys(rows, true), keys(rows, false), accounts(rows)));
      return each(rows, row -> new MemberOutcome.Done(row.known(row.wish())));
    } catch (PbxException.Rejected e) {
      return rows.size() == 1 || e.reason() == PbxException.Reason.ABSENT
          ? each(rows, row -> new MemberOutcome.Refused(row, e))
          : inParts(rows);
    } catch (PbxException.OutcomeUnknown e) {
      stop = Optional.of(MemberRunner.stopped());
      return each(rows, row -> new MemberOutcome.Unanswered(row, e));
    } catch (PbxException.Unavailable e) {
      reachability.failed(e);
      stop = Optional.of(e);
      return each(rows, row -> new MemberOutcome.Deferred(row, e));
    }
  }

  private List<MemberOutcome> inParts(List<Membership> rows) {
    var leaving = rows.stream().filter(row -> !row.wish()).toList();
    boolean both = !leaving.isEmpty() && leaving.size() < rows.size();
    int half = both ? leaving.size() : rows.size() / 2; // who leaves stands first
    var outcomes = new ArrayList<>(send(rows.subList(0, half)));
    outcomes.addAll(send(rows.subList(half, rows.size())));
    return outcomes;
  }

  private static Set<String> keys(List<Membership> rows, boolean wish) {
    return rows.stream()
        .filter(row -> row.wish() == wish)
        .map(Membership::pbxKey)
        .collect(Collectors.toSet());
  }

  private Map<String, PbxRef> accounts(List<Membership> rows) {
    var ids = rows.stream().map(Membership::userId).toList();
    var refs = database.read(handle -> Counterparts.refs(handle, ids));
    return rows.stream()
        .filter(row -> refs.containsKey(row.userId()))
        .collect(
            Collectors.toMap(
                Membership::pbxKey, row -> refs.get(row.userId()), (one, other) -> one));
  }

  private interface Outcome {
    MemberOutcome of(Membership row);
  }

  private static List<MemberOutcome> each(List<Membership> rows, Outcome outcome) {
    return rows.stream().map(outcome::of).toList();
  }
}
