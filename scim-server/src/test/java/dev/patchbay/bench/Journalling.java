package dev.patchbay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What it costs that a create is on disk before the PBX hears of it and again before it is
 * answered: the same creates through the bridge and straight to a PBX that takes 20 ms for each, in
 * turns.
 */
record Journalling(Settings settings, Path folder, Table table) {
  static final String NAME = "journalling";

  private static final int PBX_MILLIS = 20;
  private static final int STRAIGHT = 500_000;

  /** Long enough for a 99th percentile to mean something. */
  private static final int LONGER = 3;

  void run() throws IOException, InterruptedException {
    try (var pbx = EmulatedPbx.start(folder, 0);
        var bridge = Directory.empty(folder, pbx)) {
      pbx.server()
          .send(
              "PUT",
              "/_emulator/faults",
              "[{\"match\":{\"method\":\"POST\",\"path\":\"/api/users\"},\"fault\":\"delay:"
                  + PBX_MILLIS
                  + "\"}]");
      var straight = new ArrayList<Figures>();
      var through = new ArrayList<Figures>();
      var next = new AtomicInteger();
      for (int round = -1; round < settings.rounds(); round++) {
        var time = round < 0 ? Duration.ofSeconds(10) : settings.round().multipliedBy(LONGER);
        var alone = pbx.server().load(() -> create(pbx, next.getAndIncrement()), time);
        var journalled = bridge.load(() -> create(bridge, next.getAndIncrement()), time);
        if (round >= 0) {
          straight.add(alone);
          through.add(journalled);
        }
      }
      table.pair("create, the PBX takes 20 ms", through, straight);
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
