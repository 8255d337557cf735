package dev.patchbay.keycloak.e2e;

import dev.patchbay.keycloak.rig.Group;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.User;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Administrators at work side by side, each on users of their own, who remember what Keycloak has
 * acknowledged. What was never answered is looked up before anything else is done to that user.
 */
final class Crowd {
  private static final int GROUPS = 5;

  private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final List<Group> groups;
  private final List<Worker> workers;
  private final List<Thread> threads = new ArrayList<>();
  private volatile List<Realm> nodes;
  private volatile int most;

  /**
   * @param seed of every decision
   */
  Crowd(Realm realm, long seed, int workers) {
    this.nodes = List.of(realm);
    this.groups = IntStream.range(0, GROUPS).mapToObj(i -> realm.createGroup("g" + i)).toList();
    this.workers =
        IntStream.range(0, workers).mapToObj(i -> new Worker(i, new Random(seed + i))).toList();
  }

  /**
   * Goes on with these nodes of the realm, each administrator with one: Keycloaks that are in no
   * cluster read old things out of their caches.
   */
  void use(List<Realm> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Begins to work, until told to stop or until nobody answers. */
  void begin() {
    begin(Integer.MAX_VALUE);
  }

  /** Makes so many changes and returns when they are made. */
  void make(int changes) throws InterruptedException {
    begin(acknowledged.get() + changes);
    join();
  }

  private void begin(int until) {
    most = until;
    workers.forEach(worker -> threads.add(Thread.ofVirtual().start(worker)));
  }

  void stop() throws InterruptedException {
    most = 0;
    join();
  }

  private void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** What Keycloak has refused although there was no reason to. */
  List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Looks up what was not answered. */
  void lookUp() {
    var node = nodes.getFirst();
    node.http().post("/clear-user-cache"); // as it was before another node's change, else
    List.copyOf(unanswered).forEach(word -> lookUp(node, word));
  }

  private void lookUp(Realm node, String word) {
    node.user(word)
        .ifPresentOrElse(found -> wishes.put(word, wish(found)), () -> wishes.remove(word));
    unanswered.remove(word);
  }

  private static Wish wish(User user) {
    var now = user.read();
    return new Wish(
        user.id(),
        now.path("lastName").asText(),
        now.path("enabled").asBoolean(),
        user.groups().stream().map(Group::name).collect(Collectors.toSet()));
  }

  /** What there shall be, as lines to compare: accounts, and who is in which group. */
  List<String> expected(Realm realm) {
    var lines = new ArrayList<String>();
    new TreeMap<>(wishes)
        .forEach(
            (word, wish) -> {
              var name = realm.named(word);
              lines.add(account(name, word + " " + wish.lastName(), wish.enabled()));
              wish.groups().forEach(group -> lines.add(member(group, name)));
            });
    return lines.stream().sorted().toList();
  }

  /** What there is, as lines to compare. */
  List<String> found(Phones phones) {
    var ending = "-" + phones.realm().name();
    var lines = new ArrayList<String>();
    for (var user : phones.pbx().users()) {
      var name = user.path("name").asText();
      if (name.endsWith(ending)) {
        lines.add(
            account(name, user.path("display_name").asText(), user.path("enabled").asBoolean()));
      }
    }
    for (Group group : groups) {
      phones.pbx().members(group.name()).forEach(name -> lines.add(member(group.name(), name)));
    }
    return lines.stream().sorted().toList();
  }

  private static String account(String name, String display, boolean enabled) {
    return "account " + name + " '" + display + "' " + (enabled ? "enabled" : "disabled");
  }

  private static String member(String group, String name) {
    return "member " + group + " " + name;
  }

  private final class Worker implements Runnable {
    private final int number;
    private final Random random;
    private final List<String> mine = new ArrayList<>();

    Worker(int number, Random random) {
      this.number = number;
      this.random = random;
    }

    @Override
    public void run() {
      while (acknowledged.get() < most) {
        try {
          step(nodes.get(number % nodes.size()));
        } catch (UncheckedIOException noAnswer) {
          return; // whoever works with the other node goes on
        } catch (AssertionError refused) {
          refusals.add(String.valueOf(refused.getMessage()));
          return;
        }
      }
    }

    private void step(Realm node) {
      int dice = random.nextInt(100);
      if (mine.isEmpty() || dice < 35) {
        create(node);
      } else if (dice < 40) {
        createInVain(node);
      } else {
        change(node, mine.get(random.nextInt(mine.size())), dice);
      }
      acknowledged.incrementAndGet();
    }

    private void create(Realm node) {
      var word = "u" + numbers.incrementAndGet();
      mine.add(word);
      unanswered.add(word);
      var user = node.createUser(word);
      wishes.put(word, new Wish(user.id(), "Lovelace", true, Set.of()));
      unanswered.remove(word);
    }

    /** Keycloak makes the user, misses the group, and rolls everything back. */
    private void createInVain(Realm node) {
      var word = "vain" + numbers.incrementAndGet();
      var answer =
          node.http()
              .send("POST", "/users", Optional.of(node.person(word, "'groups':['/nowhere']")));
      if (answer.status() < 400) {
        throw new AssertionError("was to be refused: " + answer);
      }
    }

    private void change(Realm node, String word, int dice) {
      if (unanswered.contains(word)) {
        lookUp(node, word);
      }
      var wish = wishes.get(word);
      if (wish == null) {
        mine.remove(word);
        return;
      }
      unanswered.add(word);
      changed(new User(node, wish.id(), node.named(word)), wish, dice)
          .ifPresentOrElse(now -> wishes.put(word, now), () -> wishes.remove(word));
      unanswered.remove(word);
    }

    private Optional<Wish> changed(User user, Wish wish, int dice) {
      if (dice < 65) {
        var wanted = wish.named("Name" + names.incrementAndGet());
        user.update("'lastName':'%s'".formatted(wanted.lastName()));
        return Optional.of(wanted);
      }
      if (dice < 75) {
        user.update("'enabled':%s".formatted(!wish.enabled()));
        return Optional.of(wish.toggled());
      }
      if (dice < 92) {
        return Optional.of(joinedOrLeft(user, wish));
      }
      user.delete();
      return Optional.empty();
    }

    private Wish joinedOrLeft(User user, Wish wish) {
      var group = groups.get(random.nextInt(groups.size()));
      if (wish.groups().contains(group.name())) {
        user.leave(group);
        return wish.notIn(group.name());
      }
      user.join(group);
      return wish.in(group.name());
    }
  }
}
