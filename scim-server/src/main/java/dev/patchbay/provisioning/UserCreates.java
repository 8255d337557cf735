package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Holder;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.journal.BeforeWork;
import dev.patchbay.journal.Journal;
import dev.patchbay.journal.JournalEntry;
import dev.patchbay.mapping.AccountSecrets;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Creates of users: new ones, and unanswered ones that are taken up by their repeat. */
final class UserCreates {
  /** How many names or numbers that strangers turn out to have are tried around. */
  private static final int ATTEMPTS = 5;

  /** How many numbers are read from the PBX at the most while a client waits: 50 pages. */
  private static final int LISTED = 5000;

  private final Tenant tenant;
  private final UserTarget target;
  private final UserRunner runner;
  private final Allocation allocation;
  private final Probe probe;
  private final UserLinks links;
  private final Revivals revivals;
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
    this.allocation = allocation;
    this.probe = new Probe(tenant.adapter(), target);
    this.revivals = new Revivals(tenant, probe);
  }

  /** One POST at a time for one userName: the next one sees how it ended. */
  Entry create(String source, ObjectNode sent) {
    var body = waiting.withCompany(sent);
    var userName = body.path("userName").asText();
    var lock = "userName " + Attribute.folded(userName);
    return Waiting.upTo(tenant.policy().busyWait(), tenant.clock())
        .until(
            left -> {
              try (var held = tenant.locks().take(lock, left)) {
                return createHeld(source, userName, body);
              } catch (EntryLocks.Busy busy) {
                return Optional.empty();
              }
            })
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
    var existing =
        links
            .read(known.confirmed())
            .map(this::linked)
            .or(() -> revivals.of(source, body).map(this::revived));
    return Optional.of(
        existing.isPresent() ? taken(source, body, existing.get()) : fresh(source, body));
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
      var run = run(source, taken, wish, body).with(open);
      var plan = runner.plan(run);
      return sent(new Begun(runner.begin(run, plan), plan), 0);
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
      return sent(begun(source, entry, wish, now));
    }
  }

  private Entry sent(Run begun) {
    ProvisioningPlan plan;
    try {
      plan = planned(begun);
    } catch (PbxException.Unavailable e) {
      return runner.unplanned(begun, e);
    }
    return sent(new Begun(begun, plan), 0);
  }

  private Run begun(String source, Entry entry, Wish wish, Instant now) {
    var id = entry.id();
    return tenant
        .database()
        .write(
            handle -> {
              takeName(handle, wish.resource(), id);
              var named = wish.with(allocation.named(handle, wish.resource(), id, now));
              allocation.take(handle, target.claimed(named.resource()), id, now);
              var run = run(source, entry.with(named.resource()), named, wish.resource());
              var open = runner.opened(run);
              EntryStore.insert(handle, run.entry().with(Applied.NOTHING.doubtingExistence()));
              Journal.save(handle, open);
              return run.with(open);
            });
  }

  /** The same create at another process may have been faster: then it is to be joined. */
  private void takeName(Handle handle, ObjectNode user, String id) {
    var name = new Reservation(Reservation.Kind.USER_NAME, user.path("userName").asText());
    var holder = tenant.reservations().take(handle, name, id, tenant.now());
    if (holder instanceof Holder.Taken) {
      throw new EntryLocks.Busy();
    }
    Allocation.check(holder, name);
  }

  /**
   * A user that the person has on the PBX already.
   *
   * @param life what its create is called until it was accepted
   * @param before what it is again if the create is refused
   * @param taking makes it the new entry's, in the commit that begins the create
   */
  private record Existing(
      String name,
      String extension,
      Applied applied,
      Life life,
      Optional<ObjectNode> before,
      BiConsumer<Handle, String> taking) {
    /** The resource with the name and number that its owner has already. */
    ObjectNode named(ObjectNode resource) {
      var named = resource.deepCopy();
      var pbx = named.withObjectProperty(ResourceTypes.PBX_USER).put("pbxUserName", name);
      if (!extension.isEmpty()) {
        pbx.put("extensionNumber", extension);
      }
      return named;
    }
  }

  private Existing linked(UserLinks.Link link) {
    return new Existing(
        link.adoption().name(),
        link.adoption().extension().orElse(""),
        link.applied(),
        Life.CREATING,
        Optional.empty(),
        (handle, id) -> links.take(handle, link, id));
  }

  private Existing revived(Revivals.Revival revival) {
    return new Existing(
        revival.name(),
        revival.extension(),
        revival.applied(),
        Life.REVIVING,
        Optional.of(revival.retained().resource()),
        (handle, id) -> revivals.take(handle, revival, id));
  }

  /** It is taken, and brought to what is wanted. */
  private Entry taken(String source, ObjectNode body, Existing existing) {
    var id = UUID.randomUUID().toString();
    var wish = wish(existing.named(body));
    target.checkNew(wish.resource());
    var now = tenant.now();
    var entry =
        Entry.creating(id, tenant.name(), EntryType.USER, source, now, wish.resource())
            .with(existing.life())
            .with(existing.applied());
    var run = run(source, entry, secret(wish, existing), wish.resource());
    var plan = runner.plan(run);
    try (var held = tenant.locks().take(id, Duration.ZERO)) {
      return sent(new Begun(begun(run, plan, existing), plan), 0);
    }
  }

  private Run begun(Run run, ProvisioningPlan plan, Existing existing) {
    var entry = run.entry();
    return tenant
        .database()
        .write(
            handle -> {
              takeName(handle, entry.resource(), entry.id());
              existing.taking().accept(handle, entry.id());
              allocation.take(handle, target.needed(entry.resource()), entry.id(), tenant.now());
              EntryStore.insert(handle, entry.with(UserRunner.doubting(existing.applied(), plan)));
              var open = runner.opened(run);
              Journal.save(handle, open);
              existing.before().ifPresent(it -> BeforeWork.note(handle, entry.id(), it));
              return run.with(open);
            });
  }

  private AccountSecrets secrets() {
    try {
      return tenant.secrets();
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }

  private Wish secret(Wish wish, Existing existing) {
    if (!wish.hasSecrets()) {
      return wish;
    }
    var name = existing.name();
    var extension = existing.extension();
    var secrets = secrets();
    return new Wish(
        wish.resource(),
        secrets.linkedPassword(wish.password(), name, extension),
        secrets.newExtensionPassword(wish.extensionPassword(), name, extension),
        secrets.newVoicemailPin(wish.voicemailPin()));
  }

  private ProvisioningPlan planned(Run begun) {
    try {
      return runner.plan(begun);
    } catch (Refusal refusal) {
      runner.forget(begun); // a password that tells the name, say: known only with the name
      throw refusal;
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

  private record Begun(Run run, ProvisioningPlan plan) {}

  private Entry sent(Begun begun, int attempt) {
    return tenant
        .failures()
        .turningBack(
            begun.run().open().orElseThrow(), begun.run().kind(), () -> settled(begun, attempt));
  }

  private Entry settled(Begun begun, int attempt) {
    var started = tenant.now();
    var outcome = runner.run(begun.run(), begun.plan(), started);
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
        var plan = runner.plan(adopting);
        return sent(new Begun(runner.begin(adopting, plan), plan), attempt + 1);
      }
      found =
          tenant
              .adapter()
              .usersWith(value(create, PbxField.NAME), value(create, PbxField.EXTENSION));
    } catch (PbxException.Unavailable e) {
      var unclear = new PbxException.OutcomeUnknown(e.getMessage(), e);
      var doubts = UserRunner.doubting(no.applied(), begun.plan());
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
    return sent(new Begun(runner.begin(renamed, plan), plan), attempt + 1);
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
      runner.forget(run);
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

  private Wish wish(ObjectNode body) {
    var wish = Wish.of(body);
    if (!wish.resource().has("active")) {
      wish.resource().put("active", true);
    }
    return wish;
  }

  private Run run(String source, Entry entry, Wish wish, ObjectNode asked) {
    return new Run(
        Run.Kind.REQUEST,
        "create",
        source,
        entry,
        Optional.empty(),
        asked,
        asked,
        Optional.of(wish),
        Set.of(PbxField.values()));
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
