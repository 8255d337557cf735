package dev.patchbay.bench;

import dev.patchbay.e2e.FourTenants;
import dev.patchbay.e2e.PersonsLife.Person;
import dev.patchbay.emulator.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What three tenants notice of a fourth one whose phone system is down: the same people come,
 * change and go at all four at once, with all of them up and with one down, in turns. Bridge,
 * emulated phone systems and clients are this process, as in a demo.
 */
record Isolation(Settings settings, Path folder) {
  static final String NAME = "isolation";

  private static final String PBX =
      "quiet-time: 50ms, requests-per-minute: 0, resilience: { window: 10, open-for: 1s }";

  /** So many people's lives at each tenant are a round. */
  private static final int PEOPLE = 40;

  private static final int WARM_UP = 6; // rounds
  private static final AtomicInteger NEXT = new AtomicInteger();

  void run() throws IOException, InterruptedException {
    try (var tenants = FourTenants.in(folder, PBX)) {
      for (int i = 0; i < WARM_UP; i++) {
        var unused = round(tenants);
      }
      for (String down : FourTenants.NAMES) {
        compare(tenants, down);
      }
    }
  }

  private void compare(FourTenants tenants, String down) throws InterruptedException {
    var pairs = new ArrayList<Pair>();
    for (int i = 0; i < settings.rounds(); i++) {
      var up = i % 2 == 0 ? round(tenants) : Map.<String, List<Long>>of();
      tenants.fails(down, new Fault.Reset());
      var without = round(tenants);
      tenants.works(down);
      awaitReturn(tenants, down);
      pairs.add(new Pair(up.isEmpty() ? round(tenants) : up, without));
    }
    System.out.printf("%s down:", down);
    for (String other : FourTenants.NAMES) {
      if (!other.equals(down)) {
        System.out.printf(
            "  %s p95 %.1f ms, %.1f ms with all up, ratio %.2f",
            other,
            Figures.median(pairs, pair -> p95(pair.without().get(other))),
            Figures.median(pairs, pair -> p95(pair.up().get(other))),
            Figures.median(
                pairs, pair -> p95(pair.without().get(other)) / p95(pair.up().get(other))));
      }
    }
    System.out.println();
  }

  /** The times of one round each, by tenant. */
  private record Pair(Map<String, List<Long>> up, Map<String, List<Long>> without) {}

  private static Map<String, List<Long>> round(FourTenants tenants) {
    try (var clients = Executors.newFixedThreadPool(FourTenants.NAMES.size())) {
      var running = new HashMap<String, Future<List<Long>>>();
      for (String tenant : FourTenants.NAMES) {
        running.put(
            tenant,
            clients.submit(
                () ->
                    Stream.generate(() -> "p" + NEXT.incrementAndGet())
                        .limit(PEOPLE)
                        .flatMap(name -> new Person(tenants.scim(tenant), name).live().stream())
                        .toList()));
      }
      var times = new HashMap<String, List<Long>>();
      for (String tenant : FourTenants.NAMES) {
        times.put(tenant, running.get(tenant).get());
      }
      return times;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a client failed", e);
    }
  }

  private static void awaitReturn(FourTenants tenants, String tenant) throws InterruptedException {
    while (!new Person(tenants.scim(tenant), "p" + NEXT.incrementAndGet()).comes()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** In milliseconds. */
  private static double p95(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() * 95L / 100).findFirst().orElseThrow() / 1e6;
  }
}
