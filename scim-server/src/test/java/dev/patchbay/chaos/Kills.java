package dev.patchbay.chaos;

import java.util.Random;

/** Kills one bridge after the other at moments decided by lot, and starts it again. */
final class Kills {
  private Kills() {}

  static void run(World world, Settings settings, Random random, Beat beat, Tally tally)
      throws InterruptedException {
    for (int i = 0; i < settings.kills(); i++) {
      int bridge = random.nextInt(settings.bridges());
      if (random.nextInt(8) == 0) {
        Thread.sleep(random.nextInt(2000)); // perhaps before it serves
      } else {
        world.awaitBridge(bridge);
        // Mostly a moment, sometimes long enough for recovery to get far.
        beat.await("kills", random.nextInt(random.nextInt(6) == 0 ? 600 : 150));
        Thread.sleep(random.nextInt(30)); // somewhere in that request
      }
      world.bridge(bridge).kill();
      beat.note("kill bridge " + bridge);
      tally.count("kill");
      Thread.sleep(random.nextInt(200));
      world.startBridge(bridge);
    }
    for (int i = 0; i < settings.bridges(); i++) {
      world.awaitBridge(i);
    }
  }
}
