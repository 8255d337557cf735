package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import dev.patchbay.mapping.ExtensionRequest;
import dev.patchbay.mapping.ExtensionSettings;
import dev.patchbay.mapping.NumberRange;
import dev.patchbay.mapping.Pool;
import dev.patchbay.mapping.UserNaming;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the names and numbers a user needs, in the transaction that makes the work durable. */
final class Allocation {
  private static final Logger LOG = LoggerFactory.getLogger(Allocation.class);

  private final Reservations reservations;
  private final UserNaming naming;
  private final Function<ObjectNode, Optional<ExtensionSettings>> extensions;
  private final Optional<Duration> retain;
  private final WaitingGroups waiting;
  private final Shown shown;

  /**
   * @param extensions empty for a user who has no number of its own on the PBX
   * @param retain how long deleted users are kept that are; empty: until they return
   */
  Allocation(
      Reservations reservations,
      UserNaming naming,
      Function<ObjectNode, Optional<ExtensionSettings>> extensions,
      Optional<Duration> retain,
      WaitingGroups waiting,
      Shown shown) {
    this.shown = shown;
    this.waiting = waiting;
    this.reservations = reservations;
    this.naming = naming;
    this.extensions = extensions;
    this.retain = retain;
  }

  /** A copy of {@code user} with a PBX name and a number, if any, that are this entry's alone. */
  ObjectNode named(Handle handle, ObjectNode user, String entryId, Instant now) {
    var named = user.deepCopy();
    var pbx = named.withObjectProperty(ResourceTypes.PBX_USER);
    pbx.put("pbxUserName", name(handle, user, entryId, now));
    extensions
        .apply(user)
        .or(() -> unnumbered(user))
        .ifPresent(it -> pbx.put("extensionNumber", extension(handle, it, user, entryId, now)));
    return named;
  }

  /** Refuses a number that the PBX would not give. */
  private static Optional<ExtensionSettings> unnumbered(ObjectNode user) {
    if (user.path(ResourceTypes.PBX_USER).path("extensionNumber").isTextual()) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "extensionNumber: users of this phone system, or of this role, have no numbers of their"
              + " own");
    }
    return Optional.empty();
  }

  /**
   * The wish of a create with other names or numbers for those that strangers turned out to have.
   */
  ObjectNode renamed(Handle handle, Run run, List<PbxField> taken, Instant now) {
    var renamed = run.wish().orElseThrow().resource().deepCopy();
    var pbx = renamed.withObjectProperty(ResourceTypes.PBX_USER);
    var id = run.entry().id();
    if (taken.contains(PbxField.NAME)) {
      pbx.put("pbxUserName", name(handle, run.base(), id, now));
    }
    if (taken.contains(PbxField.EXTENSION)) {
      var settings = extensions.apply(run.base()).orElseThrow();
      pbx.put("extensionNumber", extension(handle, settings, run.base(), id, now));
    }
    return renamed;
  }

  /** Takes every name and number, or refuses naming the attribute; keeps what is already held. */
  void take(Handle handle, Collection<Reservation> wanted, String entryId, Instant now) {
    for (Reservation reservation : wanted) {
      var holder = reservations.take(handle, reservation, entryId, now);
      checkRetained(handle, holder, reservation);
      check(shown.holder(handle, holder, reservation), reservation);
    }
  }

  /** No read shows who has it: the refusal says why it is taken, and how long. */
  private void checkRetained(Handle handle, Holder holder, Reservation wanted) {
    if (holder instanceof Holder.Taken taken) {
      EntryStore.find(handle, taken.entryId())
          .filter(entry -> entry.life() == Life.RETAINED)
          .ifPresent(
              entry -> {
                throw retained(entry, wanted);
              });
    }
  }

  private Refusal retained(Entry user, Reservation wanted) {
    var until =
        retain
            .map(user.modifiedAt()::plus)
            .map(time -> "until " + time.truncatedTo(ChronoUnit.SECONDS))
            .orElse("until its person returns");
    return new Refusal(
        Refusal.Kind.UNIQUENESS,
        "%s %s is taken by a user that was deleted and is kept on the pbx %s"
            .formatted(attribute(wanted), Refusal.quoted(wanted.sent()), until));
  }

  private String name(Handle handle, ObjectNode user, String entryId, Instant now) {
    return naming.free(
        user,
        entryId,
        name -> {
          var wanted = new Reservation(Reservation.Kind.PBX_NAME, name);
          return reservations.take(handle, wanted, entryId, now) instanceof Holder.Granted;
        });
  }

  private String extension(
      Handle handle, ExtensionSettings settings, ObjectNode user, String entryId, Instant now) {
    return switch (settings.request(user, waiting.pool(handle, user))) {
      case ExtensionRequest.Given(String number) -> {
        var wanted = new Reservation(Reservation.Kind.EXTENSION, number);
        var holder = reservations.takeResting(handle, wanted, entryId);
        checkRetained(handle, holder, wanted);
        check(shown.holder(handle, holder, wanted), wanted);
        yield number;
      }
      case ExtensionRequest.FromPool(Pool pool) -> fromPool(handle, pool, entryId, now);
    };
  }

  /** The lowest free number; one given back comes before one never used if it is lower. */
  private String fromPool(Handle handle, Pool pool, String entryId, Instant now) {
    var released = released(handle, pool, now);
    for (var next = unused(handle, pool); next.isPresent(); next = next.flatMap(pool::next)) {
      var number = next.get();
      if (released.filter(free -> NumberRange.ORDER.compare(free, number) < 0).isPresent()) {
        break;
      }
      if (isTaken(handle, number, entryId, now)) {
        reservations.moveCursor(handle, pool.shape(), pool.next(number).orElse(END_OF_POOL));
        return number;
      }
    }
    return released
        .filter(number -> isTaken(handle, number, entryId, now))
        .orElseThrow(() -> exhausted(pool));
  }

  /** Nobody new can be taken in until an administrator finds numbers. */
  private Refusal exhausted(Pool pool) {
    LOG.error("alarm: extension pool exhausted pbx={} pool={}", reservations.tenant(), pool.name());
    return new Refusal(
        Refusal.Kind.CONFLICT, "extension pool exhausted: pool '" + pool.name() + "'");
  }

  /** Whether it was free, and now is this entry's. */
  private boolean isTaken(Handle handle, String number, String entryId, Instant now) {
    var wanted = new Reservation(Reservation.Kind.EXTENSION, number);
    return reservations.take(handle, wanted, entryId, now) instanceof Holder.Granted;
  }

  private Optional<String> released(Handle handle, Pool pool, Instant now) {
    return pool.ranges().stream()
        .flatMap(
            range -> reservations.lowestReleased(handle, range.first(), range.last(), now).stream())
        .filter(pool::contains)
        .findFirst();
  }

  /** Noted as a pool's next number when the last one was handed out. */
  private static final String END_OF_POOL = "end";

  /**
   * The first number that was never handed out from the pool as it is now; somebody may have asked
   * for it, or got it from the pool as it was before.
   */
  private Optional<String> unused(Handle handle, Pool pool) {
    var noted = reservations.cursor(handle, pool.shape());
    return noted.isEmpty()
        ? pool.first()
        : noted
            .filter(pool::contains)
            .or(() -> noted.filter(n -> !n.equals(END_OF_POOL)).flatMap(pool::next));
  }

  static void check(Holder holder, Reservation wanted) {
    switch (holder) {
      case Holder.Granted granted -> {}
      case Holder.Taken taken -> {
        if (!taken.settled()) {
          throw TryLater.unavailable(
              Duration.ofSeconds(1), attribute(wanted) + ": an unfinished write holds it");
        }
        throw new Refusal(
            Refusal.Kind.UNIQUENESS,
            attribute(wanted) + " " + Refusal.quoted(wanted.sent()) + " is taken");
      }
      case Holder.NotOurs stranger -> throw stranger(wanted);
    }
  }

  /** As {@link #check}, but for what another entry has, which may be waited for. */
  static void checkStranger(Holder holder, Reservation wanted) {
    if (holder instanceof Holder.NotOurs) {
      throw stranger(wanted);
    }
  }

  private static Refusal stranger(Reservation wanted) {
    return new Refusal(
        Refusal.Kind.UNIQUENESS,
        attribute(wanted) + " " + Refusal.quoted(wanted.sent()) + " is taken on the pbx");
  }

  private static String attribute(Reservation wanted) {
    return switch (wanted.kind()) {
      case USER_NAME -> "userName";
      case GROUP_NAME, ROLE_NAME -> "displayName";
      case PBX_NAME -> "userName: user name";
      case EXTENSION -> "extensionNumber";
      case MICROSOFT365 -> "ms365.id";
      case SERVICE -> "target";
      case MAC -> "phones.mac";
    };
  }
}
