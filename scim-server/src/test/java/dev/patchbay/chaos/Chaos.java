package dev.patchbay.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random traffic on a bridge that is killed and a PBX that fails, then peace, then a comparison.
 * {@code mvn -q -Pchaos} runs it; see docs/how-to/run-the-chaos-suite.md.
 */
public final class Chaos {
  /** Longer than the pauses between tries that a few failures lead to. */
  private static final Duration DRAINS_WITHIN = Duration.ofSeconds(150);

  private final Settings settings;
  private final PrintStream out;
  private final Tally tally = new Tally();

  private Chaos(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /**
   * Arguments: seed, kills, store, senders, schedule, dialect, target; ends with 1 if there was a
   * difference.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(Settings.of(args), System.out).isEmpty() ? 0 : 1);
  }

  /** The differences; they are also in {@code report.txt}. */
  static List<String> run(Settings settings, PrintStream out)
      throws IOException, InterruptedException {
    empty(settings.folder());
    try (var store = Store.of(settings)) {
      return new Chaos(settings, out).run(store);
    }
  }

  private List<String> run(Store store) throws IOException, InterruptedException {
    out.println("chaos " + settings + ", logs in " + settings.folder());
    try (var notes = new Notes(settings.folder().resolve("history.log"), tally);
        var beat = new Beat(settings.folder().resolve("schedule.log"), settings.replayed());
        var world = new World(settings, store.yaml());
        var scim = world.scim(0)) {
      var teams = teams(scim);
      long began = System.nanoTime();
      var desks = disturb(world, store, notes, beat, teams);
      var differences = new ArrayList<>(notes.surprises());
      long healed = System.nanoTime();
      differences.addAll(undrained(world));
      differences.addAll(unfollowed(scim));
      var phones = world.phones();
      var sites = new ArrayList<Site>();
      for (Phones each : phones) {
        sites.add(Site.of(sites.isEmpty() ? Site.Part.OWN : Site.Part.TARGET, each));
      }
      differences.addAll(Comparison.of(List.copyOf(notes.people()), teams, sites, scim));
      if (settings.system().hasOwnRoles()) {
        try (var pbx = phones.getFirst().administrator()) {
          differences.addAll(RoleComparison.of(desks, scim, pbx));
        }
      }
      out.printf(
          "%s%d people; trouble for %d s, drained in %.1f s, %d differences%n",
          tally,
          notes.people().size(),
          (healed - began) / 1_000_000_000,
          (System.nanoTime() - healed) / 1e9,
          differences.size());
      report(differences);
      return differences;
    }
  }

  private List<Team> teams(Http scim) throws InterruptedException {
    var teams = new ArrayList<Team>();
    for (String name : List.of("Sales", "Support", "Night Shift", "Everybody")) {
      teams.add(team(name, Team.Gift.NOTHING, scim));
    }
    for (Team.Gift gift : settings.system().gifts()) {
      if (gift != Team.Gift.NOTHING) {
        teams.add(team("Given " + gift, gift, scim));
      }
    }
    return teams;
  }

  private static Team team(String name, Team.Gift gift, Http scim) throws InterruptedException {
    var request = gift.make(name);
    var reply = scim.send(request);
    // The first log-in of a process that has just begun may take longer than it may.
    for (int i = 0; i < 20 && reply instanceof Reply.Answered it && it.later(); i++) {
      Thread.sleep(500);
      reply = scim.send(request);
    }
    if (!(reply instanceof Reply.Answered answer) || !answer.done()) {
      throw new IllegalStateException("no group could be made: " + reply);
    }
    return new Team(name, answer.body().path("id").asText(), gift);
  }

  /** The roles that senders made meanwhile. */
  private List<Desk> disturb(World world, Store store, Notes notes, Beat beat, List<Team> teams)
      throws InterruptedException {
    var troubles = new Troubles(world, store, random(0), beat, tally);
    var senders = new ArrayList<Sender>();
    var threads = new ArrayList<Thread>();
    threads.add(start("troubles", troubles, notes));
    for (int i = 0; i < settings.senders(); i++) {
      var sender =
          new Sender(
              "s" + i,
              world.scim(random(1000 + i)),
              world.operators(random(2000 + i)),
              random(2 + i),
              beat,
              notes,
              teams,
              settings.system());
      senders.add(sender);
      threads.add(start("sender-" + i, sender, notes));
    }
    Kills.run(world, settings, random(1), beat, tally);
    troubles.end();
    threads.getFirst().join();
    senders.forEach(Sender::end);
    for (Thread thread : threads) {
      thread.join();
    }
    return senders.stream().map(Sender::desk).toList();
  }

  private static Thread start(String name, Runnable work, Notes notes) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .uncaughtExceptionHandler(notes::broken)
        .start(work);
  }

  /** Everybody decides alone: how fast one is does not change what another does. */
  private Random random(int number) {
    return new Random(settings.seed() * 1_000_003 + number);
  }

  /** What is still open when all should be done. */
  private static List<String> undrained(World world) throws InterruptedException {
    long end = System.nanoTime() + DRAINS_WITHIN.toNanos();
    try (var operator = world.operator()) {
      while (true) {
        var open = operator.get("/api/v1/work?limit=200").path("items");
        if (open.isEmpty()) {
          return List.of();
        }
        if (System.nanoTime() > end) {
          var left = new ArrayList<String>();
          open.forEach(it -> left.add("still open: " + it));
          return left;
        }
        Thread.sleep(100);
      }
    }
  }

  /** Whoever still waits when all should be done. */
  private static List<String> unfollowed(Http scim) throws InterruptedException {
    long end = System.nanoTime() + DRAINS_WITHIN.toNanos();
    var path = "?filter=" + Http.encoded(Trait.PBX + ":provisioning.state eq \"pending\"");
    while (true) {
      var waits = scim.get("/Users" + path).path("Resources");
      if (waits.isEmpty()) {
        return List.of();
      }
      if (System.nanoTime() > end) {
        return List.of("still pending: " + waits);
      }
      Thread.sleep(100);
    }
  }

  private void report(List<String> differences) throws IOException {
    var text = new StringBuilder("chaos " + settings + "\n\n");
    differences.forEach(it -> text.append(it).append("\n\n"));
    Files.writeString(settings.folder().resolve("report.txt"), text);
    differences.stream().limit(3).forEach(out::println);
    if (!differences.isEmpty()) {
      out.println("all of it: " + settings.folder().resolve("report.txt"));
    }
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }
          });
    }
    Files.createDirectories(folder);
  }
}
