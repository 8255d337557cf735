package dev.patchbay.reconcile;

import dev.patchbay.directory.EntryType;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.Inspected;
import dev.patchbay.provisioning.Inspection;
import dev.patchbay.provisioning.SeenUser;
import dev.patchbay.reconcile.Drift.Origin;
import dev.patchbay.reconcile.Finding.Outcome;
import dev.patchbay.reconcile.Finding.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One comparison of a tenant with its PBX: leavers first, then the other users, then groups and who
 * is in them. Roles are not compared: the directory follows the PBX there.
 */
final class Reconciler {
  private static final int BATCH = 100;

  private final PbxAdapter pbx;
  private final Inspection inspection;
  private final RepairPolicy policy;
  private final Brake brake;
  private final BooleanSupplier stopped;
  private final List<Finding> findings = new ArrayList<>();
  private long users;
  private long groups;

  Reconciler(
      PbxAdapter pbx,
      Inspection inspection,
      RepairPolicy policy,
      Brake brake,
      BooleanSupplier stopped) {
    this.pbx = pbx;
    this.inspection = inspection;
    this.policy = policy;
    this.brake = brake;
    this.stopped = stopped;
  }

  /** Decides, once it is known how many would be put out, whether that goes on. */
  interface Brake {
    /** Whether {@code wanted} deactivations and deletions, of so many users, have to wait. */
    boolean holds(long wanted, long users);
  }

  /** What was compared and found, and why it ended early if it did. */
  record Compared(long users, long groups, List<Finding> findings, Optional<String> failure) {}

  Compared run() {
    Optional<String> failure = Optional.empty();
    try {
      compareUsers();
      compareGroups();
    } catch (PbxException e) {
      failure = Optional.of(e.getMessage());
    } catch (Stopped e) {
      failure = Optional.of("the bridge was stopped");
    }
    return new Compared(users, groups, findings.stream().sorted(Finding.FIRST).toList(), failure);
  }

  private static final class Stopped extends RuntimeException {
    Stopped() {
      super("stopped", null, false, false);
    }
  }

  private void compareUsers() {
    var hints = UserComparison.of(pbx, inspection);
    users = hints.listed();
    long out = (long) hints.leavers().size() + (policy.removes() ? hints.returned().size() : 0);
    boolean held = policy.upserts() && brake.holds(out, hints.listed());
    hints.leavers().forEach(id -> look(id, held));
    hints.returned().forEach(found -> findings.add(returned(found, held)));
    hints.different().forEach(id -> look(id, held));
    hints.others().forEach(found -> findings.add(other(found)));
  }

  private void look(String id, boolean held) {
    checkStopped();
    inspection
        .user(id, seen -> policy.upserts() && !(held && seen.leaverWorks()))
        .filter(looked -> !looked.seen().agrees())
        .map(looked -> finding(looked, held))
        .ifPresent(findings::add);
  }

  private Finding finding(Inspected<SeenUser> looked, boolean held) {
    var seen = looked.seen();
    boolean alarming = seen.leaverWorks();
    return new Finding(
        subject(seen),
        seen.found().isEmpty() ? new Drift.Missing() : new Drift.Different(seen.differences()),
        alarming,
        held && alarming ? new Outcome.Held() : outcome(looked));
  }

  private static Outcome outcome(Inspected<SeenUser> looked) {
    var seen = looked.seen();
    if (seen.managedByPbx()) {
      return new Outcome.Left("the pbx keeps this user itself");
    }
    return seen.repairable()
        ? Finding.outcome(looked.repair())
        : new Outcome.Left("fixed once the user exists");
  }

  private static Subject subject(SeenUser seen) {
    var entry = seen.entry();
    return new Subject(
        "user",
        Optional.of(entry.id()),
        Optional.empty(),
        entry.applied().ref().map(it -> it.id()),
        entry.resource().path("userName").asText());
  }

  private Finding returned(Found<PbxUser> found, boolean held) {
    checkStopped();
    var outcome =
        !policy.removes()
            ? new Outcome.Reported()
            : held
                ? new Outcome.Held()
                : inspection
                    .remove(found.ref())
                    .map(Finding::outcome)
                    .orElseGet(() -> new Outcome.Left("gone by now, or its name is another's"));
    boolean alarming = found.value().enabled();
    return new Finding(subject(found), new Drift.Unexpected(Origin.OURS), alarming, outcome);
  }

  private static Finding other(Found<PbxUser> found) {
    var origin = found.managedByPbx() ? Origin.PBX : Origin.STRANGER;
    var left = new Outcome.Left("never touched unless it is imported");
    return new Finding(subject(found), new Drift.Unexpected(origin), false, left);
  }

  private static Subject subject(Found<PbxUser> found) {
    return new Subject(
        "user",
        Optional.empty(),
        Optional.empty(),
        Optional.of(found.ref().id()),
        found.value().get(PbxField.NAME).orElse(""));
  }

  private void compareGroups() {
    var known = inspection.known(EntryType.GROUP);
    var unknown = new HashMap<String, Found<PbxGroup>>();
    try (var all = pbx.groups()) {
      all.filter(it -> !known.containsKey(it.ref())).forEach(it -> unknown.put(it.ref().id(), it));
    }
    var now = inspection.known(EntryType.GROUP);
    now.keySet().forEach(ref -> unknown.remove(ref.id()));
    groups = (long) known.size() + unknown.size();
    for (List<String> part : parts(new HashSet<>(known.values()))) {
      inspection.suspects(part).forEach(this::lookAtGroup);
    }
    unknown.values().stream()
        .filter(group -> !inspection.groupBeingMade(group.value().name()))
        .forEach(group -> findings.add(GroupFindings.stranger(group)));
  }

  private void lookAtGroup(String id) {
    checkStopped();
    inspection
        .group(id, seen -> GroupFindings.repaired(policy))
        .ifPresent(looked -> findings.addAll(GroupFindings.of(looked, policy)));
  }

  private static List<List<String>> parts(Collection<String> ids) {
    var all = List.copyOf(ids);
    var parts = new ArrayList<List<String>>();
    for (int from = 0; from < all.size(); from += BATCH) {
      parts.add(all.subList(from, Math.min(from + BATCH, all.size())));
    }
    return parts;
  }

  private void checkStopped() {
    if (stopped.getAsBoolean()) {
      throw new Stopped();
    }
  }
}
