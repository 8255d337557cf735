package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.provisioning.ExistingUsers.Existing;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Creates of users: new ones, and unanswered ones that are taken up by their repeat. */
final class UserCreates {
  private final Tenant tenant;
  private final UserTarget target;
  private final UserRunner runner;
  private final Probe probe;
  private final UserLinks links;
  private final ExistingUsers existing;
  private final CreateBeginning beginning;
  private final SentCreates sending;
  private final WaitingGroups waiting;

  UserCreates(
      Tenant tenant,
      UserTarget target,
      UserRunner runner,
      Allocation allocation,
      UserLinks links,
      WaitingGroups waiting) {
    this.waiting = waiting;
    this.links = links;
    this.tenant = tenant;
    this.target = target;
    this.runner = runner;
    this.probe = new Probe(tenant.adapter(), target);
    this.existing = new ExistingUsers(tenant, links, probe);
    this.beginning = new CreateBeginning(tenant, target, runner.beginning(), allocation);
    this.sending = new SentCreates(tenant, runner, allocation, probe);
  }

  /** One POST at a time for one userName: the next one sees how it ended. */
  Entry create(String source, ObjectNode sent) {
    var body = waiting.withCompany(sent);
    var userName = body.path("userName").asText();
    var lock = "userName " + Attribute.folded(userName);
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .holding(tenant.locks(), lock, () -> createHeld(source, userName, body))
        .orElseThrow(() -> busy(userName));
  }

  /** Empty: an unanswered create of this name rests; ask again. */
  private Optional<Entry> createHeld(String source, String userName, ObjectNode body) {
    var wanted = new Reservation(Reservation.Kind.USER_NAME, userName);
    var known =
        tenant
            .database()
            .read(
                handle ->
                    new Known(
                        tenant.reservations().holder(handle, wanted), links.of(handle, body)));
    if (known.holder().isPresent() && known.holder().get() instanceof Holder.Taken taken) {
      return join(source, taken, body);
    }
    return existing
        .of(source, body, known.confirmed())
        .map(found -> taken(source, body, found))
        .or(() -> Optional.of(fresh(source, body)));
  }

  /** Who has the name, and who of the PBX's users an operator says the person is. */
  private record Known(Optional<Holder> holder, List<Adoption> confirmed) {}

  private Optional<Entry> join(String source, Holder.Taken taken, ObjectNode body) {
    var found = tenant.database().read(handle -> Taken.find(handle, taken.entryId()));
    if (found.isEmpty()) {
      return Optional.empty(); // it ended this moment
    }
    var entry = found.get().entry();
    return switch (entry.life()) {
      case LIVE -> throw taken(taken, entry, body.path("userName").asText());
      case DELETING, DELETED, RETAINED ->
          throw TryLater.unavailable(
              Duration.ofSeconds(1), "userName: its former holder is still being deleted");
      case CREATING, REVIVING -> takeUp(source, found.get(), body);
    };
  }

  /** A name that another user's unanswered change holds may be free in a moment. */
  private static RuntimeException taken(Holder.Taken holder, Entry entry, String userName) {
    var own = Attribute.folded(entry.resource().path("userName").asText());
    return holder.settled() || own.equals(Attribute.folded(userName))
        ? new Refusal(Refusal.Kind.UNIQUENESS, "userName " + Refusal.quoted(userName) + " is taken")
        : TryLater.unavailable(Duration.ofSeconds(1), "userName: an unfinished write holds it");
  }

  private Optional<Entry> takeUp(String source, Taken found, ObjectNode body) {
    var entry = found.entry();
    var open = found.open();
    if (!joins(source, entry, open, body)) {
      throw TryLater.unavailable(
          Duration.ofSeconds(1), "userName: an unfinished create of another source holds it");
    }
    if (tenant.resting(open)) {
      return Optional.empty();
    }
    try (var held = tenant.locks().take(entry.id(), Duration.ZERO)) {
      return Optional.of(repeated(source, entry, open.get(), body));
    }
  }

  /** Whether this is the same create again. */
  private static boolean joins(
      String source, Entry entry, Optional<JournalEntry> open, ObjectNode body) {
    return open.map(work -> work.source().equals(source)).orElse(false)
        && entry.resource().path("externalId").equals(body.path("externalId"));
  }

  /** The same create again after an unclear answer: look first, then adopt or send again. */
  private Entry repeated(String source, Entry entry, JournalEntry open, ObjectNode body) {
    var wish = wish(withKeysOf(entry.resource(), body));
    check(wish);
    try {
      var applied = probe.user(entry.applied(), entry.resource(), open.openedAt());
      var taken = entry.with(applied).with(wish.resource());
      var run = Run.create(source, taken, wish, body).with(open);
      var plan = runner.calls().plan(run);
      return sending.send(runner.beginning().begin(run, plan), plan);
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  /** The name and number reserved by the first attempt, unless this one asks for another number. */
  private ObjectNode withKeysOf(ObjectNode before, ObjectNode body) {
    var resource = body.deepCopy();
    var pbx = resource.withObjectProperty(ResourceTypes.PBX_USER);
    pbx.put("pbxUserName", UserTarget.pbxName(before));
    if (!pbx.path("extensionNumber").isTextual() && !UserTarget.extension(before).isEmpty()) {
      pbx.put("extensionNumber", UserTarget.extension(before));
    }
    return resource;
  }

  private Entry fresh(String source, ObjectNode body) {
    var id = UUID.randomUUID().toString();
    var wish = wish(body);
    check(wish);
    var now = tenant.now();
    var entry = Entry.creating(id, tenant.name(), EntryType.USER, source, now, wish.resource());
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      return sending.send(beginning.begin(source, entry, wish, now));
    }
  }

  /** It is taken, and brought to what is wanted. */
  private Entry taken(String source, ObjectNode body, Existing found) {
    var id = UUID.randomUUID().toString();
    var wish = wish(found.named(body));
    target.checkNew(wish.resource());
    var now = tenant.now();
    var entry =
        Entry.creating(id, tenant.name(), EntryType.USER, source, now, wish.resource())
            .with(found.life())
            .with(found.applied());
    var run = Run.create(source, entry, existing.secret(wish, found), wish.resource());
    var plan = runner.calls().plan(run);
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      return sending.send(beginning.begin(run, plan, found), plan);
    }
  }

  /** Refuses what does not map before anything is taken, and asks the PBX what it must be asked. */
  private void check(Wish wish) {
    target.checkNew(wish.resource());
    var stand = wish.resource().deepCopy();
    stand
        .withObjectProperty(ResourceTypes.PBX_USER)
        .put("pbxUserName", "x")
        .put("extensionNumber", "000");
    target.of(stand, Applied.NOTHING);
    try {
      tenant.secrets().initialPassword(Optional.empty(), "x", "000");
    } catch (PbxException.Unavailable e) {
      if (!tenant.policy().queues(wish)) {
        throw Answers.later(e);
      }
    }
  }

  private Wish wish(ObjectNode body) {
    var wish = Wish.of(body);
    if (!wish.resource().has("active")) {
      wish.resource().put("active", true);
    }
    return wish;
  }

  private TryLater busy(String userName) {
    var wanted = new Reservation(Reservation.Kind.USER_NAME, userName);
    var quietEnd =
        tenant
            .database()
            .read(
                handle ->
                    tenant
                        .reservations()
                        .holder(handle, wanted)
                        .flatMap(
                            holder ->
                                holder instanceof Holder.Taken taken
                                    ? Journal.find(handle, taken.entryId())
                                    : Optional.empty()))
            .flatMap(JournalEntry::givenUpAt)
            .map(at -> at.plus(tenant.adapter().capabilities().quietTime()));
    return TryLater.unavailable(
        quietEnd.map(end -> Duration.between(tenant.now(), end)).orElse(Duration.ofSeconds(1)),
        "an unanswered create of " + Refusal.quoted(userName) + " is not settled yet");
  }
}
