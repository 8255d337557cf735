package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.FormerObjects;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Json;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.PartValues;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.Inspected.Repair;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at users on the PBX and repairs them: what was read becomes what is known, the rest is open
 * work like any other.
 */
final class UserInspection {
  private static final Logger LOG = LoggerFactory.getLogger(UserInspection.class);

  /** Stands for a token in the log: no identity provider asked. */
  static final String SOURCE = "reconcile";

  static final Optional<String> CHANGED =
      Optional.of("the phone system was changed by somebody else");

  private final Tenant tenant;
  private final UserTarget target;
  private final UserRunner runner;
  private final Recovered recovered;
  private final Probe probe;

  UserInspection(Tenant tenant, UserTarget target, UserRunner runner, Recovered recovered) {
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
    this.recovered = recovered;
    this.probe = new Probe(tenant.adapter(), target);
  }

  /** The entry beside what a list says of it; empty: the settings no longer map it. */
  Optional<SeenUser> listed(Entry entry, Optional<Found<PbxUser>> found) {
    return seen(entry, found, tenant.adapter().capabilities().fields().unlisted());
  }

  private Optional<SeenUser> seen(
      Entry entry, Optional<Found<PbxUser>> found, Set<PbxField> unlisted) {
    var unread = tenant.adapter().capabilities().unread();
    if (entry.life() == Life.RETAINED) {
      return Optional.of(new SeenUser(entry, retained(entry, found), found, unread, Set.of()));
    }
    try {
      return target
          .wanted(entry.resource(), entry.applied())
          .map(wanted -> new SeenUser(entry, wanted, found, unread, unlisted));
    } catch (Refusal refusal) {
      LOG.warn("user not compared resource=Users/{} reason=\"{}\"", entry.id(), refusal.detail());
      return Optional.empty();
    }
  }

  /** Of a retained user only one thing is wanted: that nobody works with it. */
  private static PbxUser retained(Entry entry, Optional<Found<PbxUser>> found) {
    return found
        .map(Found::value)
        .orElseGet(() -> new PbxUser(entry.applied().fields()))
        .with(PbxField.ENABLED, Optional.of("false"));
  }

  /** Empty: a write is at the user, or it is not on the PBX. */
  Optional<Inspected<SeenUser>> look(String id, Predicate<SeenUser> repair) {
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      var entry = tenant.database().read(handle -> untouched(handle, id));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      var found =
          tenant
              .adapter()
              .user(entry.get().applied().ref().orElseThrow())
              .map(it -> withParts(entry.get(), it));
      return seen(entry.get(), found, Set.of()).map(seen -> looked(seen, repair));
    } catch (EntryLocks.Busy busy) {
      return Optional.empty();
    }
  }

  /** With those phones and speed dials that are ours to say something of. */
  private Found<PbxUser> withParts(Entry entry, Found<PbxUser> found) {
    var user = found.value();
    for (PbxField kind : PbxField.PARTS) {
      var ours = new HashSet<>(entry.applied().parts(kind).byKey().keySet());
      PartValues.known(kind, new ScimUser(entry.resource()))
          .ifPresent(wanted -> ours.addAll(wanted.byKey().keySet()));
      if (!ours.isEmpty() && tenant.adapter().capabilities().holds(kind)) {
        var parts = tenant.adapter().parts(found.ref(), kind).only(ours::contains);
        user = user.with(kind, parts.text());
      }
    }
    return new Found<>(found.ref(), user, found.createdAt(), found.managedByPbx());
  }

  private Inspected<SeenUser> looked(SeenUser seen, Predicate<SeenUser> repair) {
    boolean touch = seen.repairable() && repair.test(seen);
    return new Inspected<>(seen, touch ? repair(seen) : new Repair.None());
  }

  /** Whether the PBX has lost the user; if so, that is open work from now on. */
  boolean loses(String id) {
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      var user = tenant.database().read(handle -> EntryStore.find(handle, id));
      var ref = user.flatMap(entry -> entry.applied().ref());
      if (ref.isEmpty()) {
        return false;
      }
      var found = tenant.adapter().user(ref.get());
      boolean lost = found.filter(it -> !it.value().isHalf()).isEmpty();
      if (lost) {
        tenant
            .database()
            .read(handle -> untouched(handle, id))
            .flatMap(entry -> seen(entry, found, Set.of()))
            .ifPresent(seen -> opened(seen, lostState(seen)));
      }
      return lost;
    } catch (EntryLocks.Busy busy) {
      return true; // whoever is at it finds out
    } catch (PbxException unclear) {
      return false;
    }
  }

  /** As a write to it would find it. */
  private Report.State lostState(SeenUser seen) {
    return seen.found().isEmpty() && !tenant.policy().recreateOrphans()
        ? Report.State.ORPHANED
        : state(seen);
  }

  static Optional<Entry> untouched(Handle handle, String id) {
    return EntryStore.find(handle, id)
        .filter(entry -> entry.life() == Life.LIVE || entry.life() == Life.RETAINED)
        .filter(UserInspection::isKnown)
        .filter(entry -> Journal.find(handle, id).isEmpty());
  }

  /** Nobody asks of a retained user whether a binding that no read shows was made. */
  static boolean isKnown(Entry entry) {
    var applied = entry.applied();
    boolean certain =
        entry.life() == Life.RETAINED
            ? applied.existence() == Applied.Existence.PRESENT
            : applied.certain();
    return certain && applied.ref().isPresent();
  }

  private Repair repair(SeenUser seen) {
    opened(seen, state(seen));
    return recovered.of(seen.entry().id());
  }

  /** From here on it is open work: whatever happens, somebody ends it. */
  private void opened(SeenUser seen, Report.State state) {
    var entry = seen.entry();
    var known = known(seen, state);
    var open =
        runner
            .beginning()
            .opened(run(seen, known))
            .with(LostSecrets.slot(entry))
            .resting(0, tenant.now(), CHANGED);
    tenant
        .database()
        .run(
            handle -> {
              tenant.requireUnchanged(handle, entry.id(), Optional.empty());
              if (!EntryStore.claim(handle, known)) {
                throw new EntryLocks.Busy();
              }
              EntryStore.update(handle, known.claimed());
              Journal.save(handle, open);
              if (seen.found().isEmpty()) {
                FormerObjects.note(handle, entry, tenant.now());
              }
            });
  }

  /** A user that is gone, and that nobody wants to work, is let go. */
  private static Report.State state(SeenUser seen) {
    boolean letGo = seen.found().isEmpty() && !seen.wanted().enabled();
    return letGo ? Report.State.ORPHANED : Report.State.PENDING;
  }

  private Entry known(SeenUser seen, Report.State state) {
    var entry = seen.entry();
    return entry
        .with(Report.of(EntryType.USER, entry.resource(), state, CHANGED, tenant.now()))
        .with(probe.seen(entry.applied(), seen.found()));
  }

  private static Run run(SeenUser seen, Entry known) {
    // What a leaver can still do is what is to be taken away.
    var base =
        seen.leaverWorks() ? known.resource().deepCopy().put("active", true) : known.resource();
    var wish = Optional.of(Wish.of(known.resource()));
    return request(known, base, known.life() == Life.RETAINED ? Optional.empty() : wish);
  }

  private static Run request(Entry entry, ObjectNode base, Optional<Wish> wish) {
    return new Run(
        Run.Kind.REQUEST,
        Action.REPAIR,
        SOURCE,
        entry,
        Optional.empty(),
        base,
        entry.resource(),
        wish,
        Set.of());
  }

  /** Whether a user on the PBX that no entry knows was ours. */
  boolean returned(Found<PbxUser> found) {
    return !found.managedByPbx()
        && tenant
            .database()
            .read(
                handle ->
                    FormerObjects.contains(
                        handle, tenant.name(), found.ref(), name(found), extension(found)));
  }

  /** Whether an unfinished create may have made it. */
  boolean beingMade(Found<PbxUser> found) {
    return tenant
        .database()
        .read(
            handle ->
                keys(found).stream()
                    .flatMap(key -> tenant.reservations().holder(handle, key).stream())
                    .anyMatch(
                        holder ->
                            holder instanceof Holder.Taken taken
                                && Journal.find(handle, taken.entryId()).isPresent()));
  }

  /**
   * Deletes a user that was ours and is there again, as one whose deletion was never done. Empty:
   * it is gone, is not ours, or somebody else has its name or number by now.
   */
  Optional<Repair> remove(PbxRef ref) {
    return tenant
        .adapter()
        .user(ref)
        .filter(this::returned)
        .flatMap(found -> tenant.database().write(handle -> deleted(handle, found)))
        .map(recovered::of);
  }

  private Optional<String> deleted(Handle handle, Found<PbxUser> found) {
    var id = UUID.randomUUID().toString();
    if (keys(found).stream().anyMatch(key -> heldByEntry(handle, key))) {
      return Optional.empty();
    }
    keys(found).forEach(key -> tenant.reservations().takeOver(handle, key, id));
    var now = tenant.now();
    var resource = Json.object();
    var pbx = resource.withObjectProperty(ResourceTypes.PBX_USER).put("pbxUserName", name(found));
    found.value().get(PbxField.EXTENSION).ifPresent(it -> pbx.put("extensionNumber", it));
    var entry =
        Entry.creating(id, tenant.name(), EntryType.USER, SOURCE, now, resource)
            .with(Life.DELETED)
            .with(Applied.adopted(found.ref(), found.value().fields()));
    EntryStore.insert(handle, entry);
    var run = request(entry, resource, Optional.empty());
    Journal.save(handle, runner.beginning().opened(run).resting(0, now, CHANGED));
    return Optional.of(id);
  }

  private boolean heldByEntry(Handle handle, Reservation key) {
    return tenant
        .reservations()
        .holder(handle, key)
        .filter(Holder.Taken.class::isInstance)
        .isPresent();
  }

  private static List<Reservation> keys(Found<PbxUser> found) {
    return Stream.of(
            new Reservation(Reservation.Kind.PBX_NAME, name(found)),
            new Reservation(Reservation.Kind.EXTENSION, extension(found)))
        .filter(key -> !key.sent().isEmpty())
        .toList();
  }

  private static String name(Found<PbxUser> found) {
    return found.value().get(PbxField.NAME).orElse("");
  }

  private static String extension(Found<PbxUser> found) {
    return found.value().get(PbxField.EXTENSION).orElse("");
  }
}
