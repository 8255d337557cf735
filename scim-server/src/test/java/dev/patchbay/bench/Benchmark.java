package dev.patchbay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The whole program under load: two bridges with a small and a large directory, an emulated PBX, a
 * server of constant answers and this client, each a process. They take turns, so that whatever
 * else the machine does hits all of them. {@code mvn -q -Pbench} runs it; see
 * docs/reference/benchmarks.md.
 */
public final class Benchmark {
  private final Settings settings;
  private final Path folder;
  private final Table table = new Table(System.out);

  private Benchmark(Settings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Argument: {@code full}, {@code quick}, or parts of the names of rows. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var folder = Path.of("target", "bench");
    delete(folder);
    new Benchmark(Settings.of(args[0]), Files.createDirectories(folder)).run();
    System.exit(0); // pools of idle threads are left
  }

  private void run() throws IOException, InterruptedException {
    if (!settings.measuresOnly(Journalling.NAME) && !settings.measuresOnly(Isolation.NAME)) {
      runTable();
    }
    if (settings.measures(Journalling.NAME)) {
      new Journalling(settings, Files.createDirectories(folder.resolve("create")), table).run();
    }
    if (settings.measures(Isolation.NAME)) {
      new Isolation(settings, Files.createDirectories(folder.resolve("isolation"))).run();
    }
    if (settings.measures("decisions")) {
      Decisions.run();
    }
  }

  private void runTable() throws IOException, InterruptedException {
    try (var pbx = EmulatedPbx.start(folder, settings.joiners());
        var small = Directory.start(folder, 0, settings, pbx);
        var large = Directory.start(folder, 1, settings, pbx)) {
      var sizes = Reads.sizes(small, settings, pbx.server());
      try (var constant = constants(sizes)) {
        var series = new ArrayList<>(new Reads(constant, settings).series(sizes));
        Function<Duration, Figures> commit =
            time -> DurableCommits.run(folder.resolve("commits.db"), time);
        series.addAll(new Writes(settings, commit).series());
        table.head(settings);
        Duration warmUp = settings.round().multipliedBy(10); // the first one compiles the servers
        for (Series each : series) {
          if (each.names().stream().anyMatch(settings::measures)) {
            measure(each, List.of(small, large), warmUp);
            warmUp = settings.round().multipliedBy(3);
          }
        }
        alone("PBX call alone: add a member", time -> calls(pbx, time));
        alone("durable commit alone", commit);
      }
    }
  }

  private Server constants(List<String> sizes) throws IOException, InterruptedException {
    int port = Settings.FIRST_PORT + 3;
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.add(ConstantAnswers.class.getName());
    arguments.add(Integer.toString(port));
    arguments.addAll(sizes.stream().distinct().toList());
    return Server.start(folder.resolve("constant.log"), port, "none", arguments);
  }

  private void measure(Series series, List<Directory> directories, Duration warmUp) {
    var operations = directories.stream().map(series.operations()).toList();
    var floor = new ArrayList<Figures>();
    var found = new ArrayList<Map<String, List<Figures>>>();
    directories.forEach(each -> found.add(new HashMap<>()));
    for (int round = -1; round < settings.rounds(); round++) {
      var time = round < 0 ? warmUp : settings.round();
      var limit = series.floor().apply(time);
      if (round >= 0) {
        floor.add(limit);
      }
      for (int i = 0; i < directories.size(); i++) {
        for (String name : series.names()) {
          var work = operations.get(i).get(name).round();
          var figures = directories.get(i).server().load(work, time);
          if (round >= 0) {
            found.get(i).computeIfAbsent(name, it -> new ArrayList<>()).add(figures);
          }
        }
      }
    }
    for (String name : series.names()) {
      table.row(name, found.get(0).get(name), found.get(1).get(name), floor);
    }
    table.row("  " + series.floorName(), floor, List.of(), List.of());
  }

  private void alone(String name, Function<Duration, Figures> floor) {
    if (settings.measures(name)) {
      var rounds =
          IntStream.range(0, settings.rounds())
              .mapToObj(i -> floor.apply(settings.round()))
              .toList();
      table.row(name, rounds, List.of(), List.of());
    }
  }

  private Figures calls(EmulatedPbx pbx, Duration time) {
    var next = new AtomicInteger();
    return pbx.server()
        .load(() -> new Work.Plain(pbx.add(next.getAndIncrement() % settings.joiners())), time);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
