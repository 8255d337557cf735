package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Reservation;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.schema.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends creates of users that were begun, and again under other names and numbers where strangers
 * on the PBX have those.
 */
final class SentCreates {
  /** How many names or numbers that strangers turn out to have are tried around. */
  private static final int ATTEMPTS = 5;

  /** How many numbers are read from the PBX at the most while a client waits: 50 pages. */
  private static final int LISTED = 5000;

  private final Tenant tenant;
  private final UserRunner runner;
  private final Allocation allocation;
  private final Probe probe;

  SentCreates(Tenant tenant, UserRunner runner, Allocation allocation, Probe probe) {
    this.tenant = tenant;
    this.runner = runner;
    this.allocation = allocation;
    this.probe = probe;
  }

  private record Begun(Run run, ProvisioningPlan plan) {}

  Entry send(Run begun) {
    ProvisioningPlan plan;
    try {
      plan = planned(begun);
    } catch (PbxException.Unavailable e) {
      return runner.unplanned(begun, e);
    }
    return send(begun, plan);
  }

  private ProvisioningPlan planned(Run begun) {
    try {
      return runner.calls().plan(begun);
    } catch (Refusal refusal) {
      // A password that tells the name, say: known only with the name.
      runner.ending().forget(begun);
      throw refusal;
    }
  }

  Entry send(Run begun, ProvisioningPlan plan) {
    return sent(new Begun(begun, plan), 0);
  }

  private Entry sent(Begun begun, int attempt) {
    return tenant
        .failures()
        .turningBack(
            begun.run().open().orElseThrow(), begun.run().kind(), () -> settled(begun, attempt));
  }

  private Entry settled(Begun begun, int attempt) {
    var started = tenant.now();
    var outcome = runner.calls().run(begun.run(), begun.plan(), started);
    if (outcome instanceof PlanOutcome.Rejected no
        && no.at() instanceof PbxCall.CreateUser create
        && mayBeTaken(no.cause().reason())
        && tenant.adapter().capabilities().reading() != PbxReading.NOTHING
        && attempt < ATTEMPTS) {
      return aroundStrangers(begun, no, create, attempt, started);
    }
    return runner.settle(begun.run(), begun.plan(), outcome, started);
  }

  /** Whether the refusal of a create may mean that its name or number is taken. */
  static boolean mayBeTaken(Reason reason) {
    return reason == Reason.INVALID || reason == Reason.CONFLICT;
  }

  /** The refusal may mean that somebody has the name or number: look, and try the next ones. */
  private Entry aroundStrangers(
      Begun begun,
      PlanOutcome.Rejected no,
      PbxCall.CreateUser create,
      int attempt,
      Instant started) {
    List<Found<PbxUser>> found;
    try {
      var made = ours(begun.run(), no.applied());
      if (made.ref().isPresent()) {
        var adopting = begun.run().with(begun.run().entry().with(made));
        var plan = runner.calls().plan(adopting);
        return sent(new Begun(runner.beginning().begin(adopting, plan), plan), attempt + 1);
      }
      found =
          tenant
              .adapter()
              .usersWith(value(create, PbxField.NAME), value(create, PbxField.EXTENSION));
    } catch (PbxException.Unavailable e) {
      var unclear = new PbxException.OutcomeUnknown(e.getMessage(), e);
      var doubts = UserBeginning.doubting(no.applied(), begun.plan());
      var outcome = new PlanOutcome.Unanswered(doubts, no.done(), create, unclear);
      return runner.settle(begun.run(), begun.plan(), outcome, started);
    }
    var taken =
        Stream.of(PbxField.NAME, PbxField.EXTENSION)
            .filter(key -> create.user().get(key).isPresent())
            .filter(key -> has(found, key, value(create, key)))
            .toList();
    if (taken.isEmpty()) {
      return runner.settle(begun.run(), begun.plan(), no, started);
    }
    var renamed = renamed(begun.run(), taken, attempt);
    var plan = planned(renamed);
    return sent(new Begun(runner.beginning().begin(renamed, plan), plan), attempt + 1);
  }

  /** What an earlier attempt made in spite of everything, if one was given up. */
  private Applied ours(Run run, Applied known) {
    var open = run.open().orElseThrow();
    return open.givenUpAt().isEmpty()
        ? known
        : probe.user(known.doubtingExistence(), run.entry().resource(), open.openedAt());
  }

  /** Whether a second number of the pool turned out to be taken on the PBX. */
  private static boolean inTheWay(List<PbxField> taken, int attempt) {
    return taken.contains(PbxField.EXTENSION) && attempt > 0;
  }

  private Run renamed(Run run, List<PbxField> taken, int attempt) {
    var resource = run.wish().orElseThrow().resource();
    var numbers = inTheWay(taken, attempt) ? takenNumbers() : List.<String>of();
    try {
      return tenant
          .database()
          .write(
              handle -> {
                for (PbxField key : taken) {
                  tenant.reservations().markStranger(handle, reservation(key, resource));
                }
                tenant.reservations().markStrangers(handle, numbers);
                var wish =
                    run.wish()
                        .orElseThrow()
                        .with(allocation.renamed(handle, run, taken, tenant.now()));
                var entry = run.entry().with(Applied.NOTHING).with(wish.resource());
                EntryStore.update(handle, entry);
                return run.with(entry).with(wish);
              });
    } catch (Refusal refusal) {
      // No other name or number: the create is refused, and nothing of it stays.
      runner.ending().forget(run);
      throw refusal;
    }
  }

  /** Numbers on the PBX, so that a pool is not tried one by one around them. */
  private List<String> takenNumbers() {
    try (var users = tenant.adapter().users()) {
      return users
          .filter(found -> found.value().get(PbxField.EXTENSION).isPresent())
          .map(found -> found.value().get(PbxField.EXTENSION).orElseThrow())
          .limit(LISTED)
          .toList();
    } catch (PbxException e) {
      return List.of(); // the next numbers are tried one by one
    }
  }

  private static Reservation reservation(PbxField key, ObjectNode resource) {
    return key == PbxField.NAME
        ? new Reservation(Reservation.Kind.PBX_NAME, UserTarget.pbxName(resource))
        : new Reservation(Reservation.Kind.EXTENSION, UserTarget.extension(resource));
  }

  private static String value(PbxCall.CreateUser create, PbxField key) {
    return create.user().get(key).orElse("");
  }

  private static boolean has(List<Found<PbxUser>> found, PbxField key, String value) {
    return found.stream()
        .anyMatch(user -> user.value().get(key).filter(value::equalsIgnoreCase).isPresent());
  }
}
