package dev.patchbay.bench;

import dev.patchbay.bench.Series.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The reads, each beside a constant answer as large as the real one. */
record Reads(Server constant, Settings settings) {
  /** What is asked of a directory, anew for each request. */
  private record Read(String name, Function<Directory, String> path) {}

  private List<Read> all() {
    return List.of(
        new Read("GET a user by id", it -> "/Users/" + any(it)),
        new Read(
            "userName eq",
            it ->
                "/Users?filter=userName%20eq%20%22user-"
                    + random(it.users().size())
                    + "%40example.com%22"),
        new Read(
            "page of 100, anywhere",
            it -> "/Users?count=100&startIndex=" + (1 + random(it.size() - 100))),
        new Read("GET group of " + settings.members() + " members", it -> "/Groups/" + it.group()),
        new Read(
            "the same without members",
            it -> "/Groups/" + it.group() + "?excludedAttributes=members"),
        new Read(
            "unindexed: title eq, nobody",
            it -> "/Users?filter=title%20eq%20%22" + random(9) + "%22"),
        new Read("unindexed: sorted by title", it -> "/Users?count=100&sortBy=title"));
  }

  /** The sizes of all answers, for the server of constants. */
  static List<String> sizes(Directory directory, Settings settings, Server none)
      throws IOException {
    var sizes = new ArrayList<String>();
    for (Read read : new Reads(none, settings).all()) {
      sizes.add(Integer.toString(size(directory, read)));
    }
    return sizes;
  }

  private static int size(Directory directory, Read read) throws IOException {
    return directory
        .server()
        .send("GET", Directory.BASE + read.path().apply(directory), "")
        .body()
        .length;
  }

  List<Series> series(List<String> sizes) {
    var reads = all();
    return IntStream.range(0, reads.size())
        .mapToObj(i -> series(reads.get(i), sizes.get(i)))
        .toList();
  }

  private Series series(Read read, String size) {
    var floor = new Work.Plain(constant.request("GET", "/" + size, ""));
    Function<Duration, Figures> measured = time -> constant.load(() -> floor, time);
    return new Series(
        "constant answer",
        measured,
        directory -> Map.of(read.name(), operation(directory, read)),
        List.of(read.name()));
  }

  private static Operation operation(Directory directory, Read read) {
    var server = directory.server();
    return () ->
        () ->
            new Work.Plain(
                server.request("GET", Directory.BASE + read.path().apply(directory), ""));
  }

  private static String any(Directory directory) {
    return directory.users().get(random(directory.users().size()));
  }

  private static int random(int below) {
    return ThreadLocalRandom.current().nextInt(below);
  }
}
