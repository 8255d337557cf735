package dev.patchbay.scim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a read takes longer in a large directory: the same requests against 1,000 and 100,000
 * stored users, in turns, so that whatever else the machine does hits both. One connection; the
 * time includes client and network. Run by {@code mvn test -Pbench}.
 */
@Tag("bench")
class ReadBenchmark {
  private static final int ROUNDS = 15;
  private static final int REQUESTS = 400; // per round and directory

  @TempDir Path folder;
  private final Random random = new Random(1);

  /** A server with users, and their identifiers. */
  private record Filled(ScimServer server, List<String> ids) {
    String any(Random random) {
      return ids.get(random.nextInt(ids.size()));
    }
  }

  @Test
  void readsTakeTheSameTimeInALargeDirectory() throws IOException {
    try (var small = ScimServer.in(Files.createDirectory(folder.resolve("small")));
        var large = ScimServer.in(Files.createDirectory(folder.resolve("large")))) {
      var few = new Filled(small, small.store.users(1_000));
      var many = new Filled(large, large.store.users(100_000));

      System.out.printf(
          "%-24s %12s %12s %6s  (median of %d rounds of %d requests)%n",
          "", "1,000", "100,000", "ratio", ROUNDS, REQUESTS);
      compare("GET by id", few, many, it -> "/Users/" + it.any(random));
      compare(
          "userName eq",
          few,
          many,
          it -> "/Users?filter=userName%20eq%20%22user" + random.nextInt(it.ids.size()) + "%22");
      compare(
          "page of 100, anywhere",
          few,
          many,
          it -> "/Users?startIndex=" + (1 + random.nextInt(it.ids.size() - 100)));
      compare("constant answer (404)", few, many, it -> "/Groups/none/such/path");
    }
  }

  private interface Request {
    String path(Filled directory);
  }

  private static void compare(String name, Filled few, Filled many, Request request) {
    round(few, request);
    round(many, request); // warm, not counted
    var small = new ArrayList<Double>();
    var large = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < ROUNDS; i++) {
      small.add(round(few, request));
      large.add(round(many, request));
      ratios.add(large.getLast() / small.getLast());
    }
    System.out.printf(
        "%-24s %9.0f µs %9.0f µs %6.2f%n", name, median(small), median(large), median(ratios));
  }

  /** Microseconds per request. */
  private static double round(Filled directory, Request request) {
    long begin = System.nanoTime();
    for (int i = 0; i < REQUESTS; i++) {
      directory.server.get(request.path(directory));
    }
    return (System.nanoTime() - begin) / 1000.0 / REQUESTS;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
