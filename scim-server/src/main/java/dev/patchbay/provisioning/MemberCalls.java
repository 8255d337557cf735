package dev.patchbay.provisioning;

import dev.patchbay.directory.Membership;
import dev.patchbay.mapping.Granted;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes member rows of a group true, in the way of what the group stands for. */
final class MemberCalls {
  /** So many members a run of the journal brings something: some seconds. */
  static final int PIECE = 500;

  private final Tenant tenant;
  private final MemberRunner members;
  private final GrantRunner grants;
  private final RefusedJoins refused;

  MemberCalls(Tenant tenant, GrantRunner grants, RefusedJoins refused) {
    this.refused = refused;
    this.tenant = tenant;
    this.members = new MemberRunner(tenant);
    this.grants = grants;
  }

  /** Whether what the group stands for outlives it, so that its members must leave it first. */
  static boolean outlives(Optional<PbxRef> ref) {
    return ref.filter(it -> PbxService.of(it).isPresent() || Granted.of(it).isPresent())
        .isPresent();
  }

  List<MemberOutcome> send(
      GroupRun run, PbxRef ref, List<Membership> additions, PlanRunner.Checkpoint checkpoint) {
    var removals = run.removals();
    if (together(ref)) {
      var sent = new ServiceMemberRunner(tenant, ref, checkpoint).run(removals, additions);
      return refused.of(sent, checkpoint);
    }
    var kind = Granted.of(ref);
    return kind.isEmpty()
        ? refused.of(members.run(members.calls(ref), removals, additions, checkpoint), checkpoint)
        : given(run, kind.get(), kind.get().target(ref), additions, checkpoint);
  }

  /** In pieces where nobody waits: others may want the group in between. */
  private List<MemberOutcome> given(
      GroupRun run,
      Granted kind,
      String target,
      List<Membership> additions,
      PlanRunner.Checkpoint checkpoint) {
    int most = run.kind() == Run.Kind.RECOVERY ? PIECE : Integer.MAX_VALUE;
    var leaving = first(run.removals(), most);
    var coming = first(additions, most - leaving.size());
    MemberRunner.Send send = row -> grants.send(kind, target, row, run.source());
    var outcomes = new ArrayList<>(members.run(send, leaving, coming, checkpoint));
    Stream.concat(
            run.removals().stream().skip(leaving.size()), additions.stream().skip(coming.size()))
        .forEach(row -> outcomes.add(new MemberOutcome.Waits(row, "other members come first")));
    if (run.deleting()) {
      outcomes.replaceAll(MemberCalls::putOff);
    }
    return outcomes;
  }

  /** Of a group that goes nobody can be told that it waits. */
  private static MemberOutcome putOff(MemberOutcome outcome) {
    return outcome instanceof MemberOutcome.Waits(Membership row, String why)
        ? new MemberOutcome.Deferred(
            row,
            new PbxException.Unavailable(
                PbxException.Cause.UNREACHABLE, Duration.ofSeconds(5), why))
        : outcome;
  }

  private static List<Membership> first(List<Membership> rows, int most) {
    return rows.subList(0, Math.min(rows.size(), most));
  }

  private boolean together(PbxRef ref) {
    return PbxService.of(ref).isPresent()
        || (Granted.of(ref).isEmpty() && tenant.adapter().changesGroupsTogether());
  }

  /** Whether a read confirms what a 404 on a member suggests: the group itself is not there. */
  boolean lost(PbxRef ref, List<MemberOutcome> sent) {
    boolean suspected =
        Granted.of(ref).isEmpty()
            && sent.stream()
                .anyMatch(
                    member ->
                        member instanceof MemberOutcome.Refused no
                            && no.cause().reason() == PbxException.Reason.ABSENT);
    try {
      return suspected && tenant.adapter().group(ref).isEmpty();
    } catch (PbxException e) {
      return false;
    }
  }
}
