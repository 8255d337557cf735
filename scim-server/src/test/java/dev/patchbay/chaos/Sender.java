package dev.patchbay.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * An identity provider that changes its own people, one request at a time, and asks again as
 * identity providers do. Deactivations and deletions without an answer are always sent again; what
 * was answered 503 only by lot.
 */
final class Sender implements Runnable {
  private static final int MOST_PEOPLE = 25;
  private static final int MOST_ATTEMPTS = 4;

  private final String name;
  private final Balancer scim;
  private final Balancer operators;
  private final Beat beat;
  private final Desk desk;
  private final Random random;
  private final Notes notes;
  private final List<Team> teams;
  private final PhoneSystem system;
  private final List<Person> people = new ArrayList<>();
  private int made;
  private volatile boolean over;

  Sender(
      String name,
      Balancer scim,
      Balancer operators,
      Random random,
      Beat beat,
      Notes notes,
      List<Team> teams,
      PhoneSystem system) {
    this.name = name;
    this.scim = scim;
    this.operators = operators;
    this.beat = beat;
    this.desk = new Desk(name);
    this.random = random;
    this.notes = notes;
    this.teams = teams;
    this.system = system;
  }

  /** Its role. */
  Desk desk() {
    return desk;
  }

  /** Ends what is under way and begins nothing more. */
  void end() {
    over = true;
  }

  @Override
  public void run() {
    try {
      while (!over) {
        step();
        Thread.sleep(random.nextInt(25));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() throws InterruptedException {
    int lot = random.nextInt(100);
    if (system.onlyCreates()) {
      carryOut(create());
      Thread.sleep(random.nextInt(150));
    } else if (people.size() < 4 || (lot < 14 && people.size() < MOST_PEOPLE)) {
      carryOut(create());
    } else if (lot < 74) {
      carryOut(anything(pick()));
    } else if (lot < 76 && system.hasOwnRoles()) {
      carryOut(describe());
    } else if (lot < 79) {
      operate(pick());
    } else if (lot < 83) {
      swap();
    } else if (lot < 92) {
      inBulk();
    } else {
      carryOut(new Intent.Delete(pick()));
    }
    // Whoever was made without an answer is left to itself, and must end up there or not.
    people.removeIf(it -> it.there.isSurely(false) || it.id().isEmpty());
  }

  private void swap() throws InterruptedException {
    var two = Swap.two(people, random);
    if (!two.isEmpty()) {
      new Swap(name, this::send, notes).of(two.getFirst(), two.getLast());
    }
  }

  private Person pick() {
    return people.get(random.nextInt(people.size()));
  }

  private Intent.Create create() {
    // Some come back under the name they had.
    var old = new ArrayList<>(notes.gone(name));
    people.forEach(it -> old.remove(it.userName));
    var userName =
        !old.isEmpty() && random.nextInt(4) == 0 && !system.onlyCreates()
            ? old.get(random.nextInt(old.size()))
            : "%s-%d@example.com".formatted(name, made++);
    var person = notes.person(new Person(userName, system, random));
    people.add(person);
    var values = new EnumMap<Trait, String>(Trait.class);
    person.traits.forEach((trait, value) -> values.put(trait, value.toString()));
    return new Intent.Create(person, values);
  }

  private Intent anything(Person person) {
    int lot = random.nextInt(100);
    if (lot < 15) {
      return new Intent.Change(person, Map.of(Trait.ACTIVE, "false"));
    } else if (lot < 30) {
      return new Intent.Change(person, Map.of(Trait.ACTIVE, "true"));
    } else if (lot < 60) {
      return new Intent.Change(person, some(person, system.traits(), 1 + random.nextInt(3)));
    } else if (lot < 70) {
      var whole = List.copyOf(Trait.OF_PUT);
      return new Intent.Change(person, some(person, whole, whole.size()));
    }
    var team = teams.get(random.nextInt(teams.size()));
    var several = random.nextInt(3) == 0 ? sample(1 + random.nextInt(4)) : List.of(person);
    return lot < 88 ? new Intent.Join(team, several) : new Intent.Leave(team, several);
  }

  private Map<Trait, String> some(Person person, List<Trait> of, int count) {
    var traits = new ArrayList<>(of);
    Collections.sort(traits);
    Collections.shuffle(traits, random);
    var values = new EnumMap<Trait, String>(Trait.class);
    traits.subList(0, count).forEach(trait -> values.put(trait, person.any(trait, random)));
    return values;
  }

  private Intent describe() {
    var text = Optional.of("d-" + random.nextInt(1_000_000));
    boolean ends = random.nextInt(3) == 0 && !desk.isUnknown();
    return new Intent.Describe(desk, ends ? Optional.empty() : text);
  }

  /** Whether work is likely to be open on whom the request was about. */
  private static boolean isOpen(Reply reply) {
    return reply instanceof Reply.Answered answer
        && (answer.later()
            || answer
                .body()
                .at("/" + Trait.PBX + "/provisioning/state")
                .asText()
                .equals("pending"));
  }

  /** An operator, who knows no better, has what is open tried again or taken back. */
  private void operate(Person person) throws InterruptedException {
    if (person.id().isEmpty()) {
      return;
    }
    var action = List.of("retry", "unblock", "cancel").get(random.nextInt(3));
    var path = "/api/v1/work/" + person.id().orElseThrow() + "/" + action;
    var request = new Request("POST", path, "");
    var reply = operators.send(request);
    boolean nothing =
        reply instanceof Reply.NotSent
            || (reply instanceof Reply.Answered it && (it.status() == 404 || it.status() == 409));
    if (!nothing) {
      notes.operated(person, request, reply);
      if (action.equals("cancel")) {
        person.isTakenBack();
      }
    }
  }

  private List<Person> sample(int count) {
    var shuffled = new ArrayList<>(people);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
  }

  private void carryOut(Intent intent) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      var reply = send(intent.request());
      notes.told(name, intent, reply);
      boolean back = again(intent, reply, attempt);
      if (!system.onlyCreates()
          && isOpen(reply)
          && intent.people().size() == 1
          && random.nextInt(4) == 0) {
        operate(intent.people().getFirst());
      }
      if (!back) {
        return;
      }
    }
  }

  private Reply send(Request request) throws InterruptedException {
    beat.begun();
    var reply = scim.send(request);
    if (reply instanceof Reply.NotSent) {
      beat.notSent();
    }
    return reply;
  }

  /** Takes the reply down and says whether to ask again. */
  private boolean again(Intent intent, Reply reply, int attempt) throws InterruptedException {
    return switch (reply) {
      case Reply.NotSent none -> {
        Thread.sleep(50);
        yield !over || system.onlyCreates();
      }
      case Reply.Lost lost -> {
        intent.unclear();
        yield intent.takesAway() || system.onlyCreates() || (random.nextInt(10) < 7 && !over);
      }
      case Reply.Answered answer -> answered(intent, answer, attempt);
    };
  }

  private boolean answered(Intent intent, Reply.Answered answer, int attempt)
      throws InterruptedException {
    if (answer.done()) {
      intent.done(answer.body());
    } else if (answer.ofTheStore()) {
      intent.unclear();
      Thread.sleep(50);
      return intent.takesAway() || system.onlyCreates() || (attempt < MOST_ATTEMPTS && !over);
    } else if (answer.later()) {
      intent.refused();
      // What cannot be read is never done unless it is asked for again.
      boolean back =
          system.onlyCreates() || (attempt < MOST_ATTEMPTS && random.nextBoolean() && !over);
      Thread.sleep(back ? Math.min(answer.retryAfter().toMillis(), 1000) : 0);
      return back;
    } else if (answer.status() == 404 && mayBeGone(intent.people())) {
      intent.people().forEach(Person::goes);
    } else if (answer.status() == 409 && mayBeThere(intent)) {
      find(intent.people().getFirst());
    } else if (answer.status() == 409 && intent.people().stream().anyMatch(Person::mayBeLost)) {
      intent.refused();
    } else if (intent instanceof Intent.Describe it && it.desk().explains(answer.status())) {
      find(it.desk());
    } else {
      notes.surprise(name, intent, answer);
    }
    return false;
  }

  private void find(Desk lost) throws InterruptedException {
    var filter = Http.encoded("displayName eq \"" + lost.name + "\"");
    while (true) {
      var reply = scim.send(new Request("GET", "/Roles?filter=" + filter, ""));
      if (reply instanceof Reply.Answered answer && answer.done()) {
        var found = answer.body().path("Resources");
        lost.isFound(
            found.isEmpty() ? Optional.empty() : Optional.of(found.path(0).path("id").asText()));
        return;
      }
      Thread.sleep(50);
    }
  }

  private static boolean mayBeGone(Collection<Person> people) {
    return people.size() == 1 && people.iterator().next().there.allows(false);
  }

  /** An earlier create that was not answered has been done. */
  private static boolean mayBeThere(Intent intent) {
    return intent instanceof Intent.Create create && create.person().there.allows(true);
  }

  private void find(Person person) throws InterruptedException {
    var filter = Http.encoded("userName eq \"" + person.userName + "\"");
    while (true) {
      var reply = scim.send(new Request("GET", "/Users?filter=" + filter, ""));
      if (reply instanceof Reply.Answered answer && answer.done()) {
        var found = answer.body().path("Resources");
        if (found.size() == 1) {
          person.is(found.path(0).path("id").asText());
        } else {
          notes.surprise(name, person, "taken, but not there: " + answer.body());
        }
        return;
      }
      Thread.sleep(50);
    }
  }

  /** Several intents on different people in one request; those not done are then sent alone. */
  private void inBulk() throws InterruptedException {
    var intents = new ArrayList<Intent>();
    for (Person person : sample(2 + random.nextInt(4))) {
      intents.add(
          random.nextInt(8) == 0
              ? new Intent.Delete(person)
              : new Intent.Change(person, some(person, system.traits(), 1 + random.nextInt(3))));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      intents.add(create());
    }
    var bulk = Bulk.of(intents);
    var reply = send(bulk.request());
    for (Intent intent : intents) {
      var own = bulk.reply(intent, reply);
      notes.told(name + " bulk", intent, own);
      if (again(intent, own, MOST_ATTEMPTS)) {
        carryOut(intent);
      }
    }
  }
}
