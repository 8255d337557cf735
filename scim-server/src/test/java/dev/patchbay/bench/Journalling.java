package dev.patchbay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What it costs that a create is on disk before the PBX hears of it and again before it is
 * answered: the same creates through the bridge and straight to a PBX that takes 20 ms for each, in
 * turns.
 */
record Journalling(Settings settings, Path folder, Table table) {
  static final String NAME = "journalling";

  private static final int PBX_MILLIS = 20;
  private static final int STRAIGHT = 500_000;

  /** So few that nobody waits for a processor. */
  private static final int FEW = 2;

  /** Long enough for a 99th percentile to mean something. */
  private static final int LONGER = 5;

  /** The compiler is at it for about as long; a bridge runs for weeks. */
  private static final int WARM_UP = 45;

  void run() throws IOException, InterruptedException {
    try (var pbx = EmulatedPbx.start(folder, 0);
        var bridge = Directory.empty(folder, pbx)) {
      var pair = new Pair(pbx, bridge, new AtomicInteger());
      pair.run(Server.CONNECTIONS, settings.round().multipliedBy(WARM_UP)); // the PBX has no delay
      pbx.server()
          .send(
              "PUT",
              "/_emulator/faults",
              "[{\"match\":{\"method\":\"POST\",\"path\":\"/api/users\"},\"fault\":\"delay:"
                  + PBX_MILLIS
                  + "\"}]");
      for (int connections : List.of(Server.CONNECTIONS, FEW)) {
        compare(pair, connections);
      }
    }
  }

  private void compare(Pair pair, int connections) {
    var rounds =
        IntStream.range(0, settings.rounds())
            .mapToObj(i -> pair.run(connections, settings.round().multipliedBy(LONGER)))
            .toList();
    table.pair(
        "create, the PBX takes " + PBX_MILLIS + " ms, " + connections + " connections",
        rounds.stream().map(Both::through).toList(),
        rounds.stream().map(Both::straight).toList());
  }

  /** Of one round. */
  private record Both(Figures straight, Figures through) {}

  private record Pair(EmulatedPbx pbx, Server bridge, AtomicInteger next) {
    Both run(int connections, Duration time) {
      return new Both(
          pbx.server().load(connections, () -> create(pbx, next.getAndIncrement()), time),
          bridge.load(connections, () -> create(bridge, next.getAndIncrement()), time));
    }
  }

  private static Work create(Server bridge, int number) {
    return new Work.Plain(
        bridge.request("POST", Directory.BASE + "/Users", Directory.user("new-" + number)));
  }

  /** As the bridge sends it. */
  private static Work create(EmulatedPbx pbx, int number) {
    var body =
        """
        {"name":"new-%1$d","extension_number":"%2$d","email":"new-%1$d@example.com","enabled":true,
         "display_name":"Ada new-%1$d","role":"StandardUser","department":"Research",
         "mobile_phone":"+44 20 7946 0100","password":"Blue-7-Kettle-%1$d",
         "extension_password":"Red-8-Spoon-%1$d","voicemail_pin":"482915"}
        """
            .formatted(number, STRAIGHT + number);
    return new Work.Plain(pbx.server().request("POST", "/api/users", body));
  }
}
