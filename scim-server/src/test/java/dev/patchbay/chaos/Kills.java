package dev.patchbay.chaos;

import java.util.Random;

/** Kills the bridge at moments decided by lot, and starts it again. */
final class Kills {
  private Kills() {}

  static void run(World world, int kills, Random random, Tally tally) throws InterruptedException {
    for (int i = 0; i < kills; i++) {
      if (random.nextInt(8) == 0) {
        Thread.sleep(random.nextInt(2000)); // perhaps before it serves
      } else {
        world.awaitBridge();
        // Mostly a moment, sometimes long enough for recovery to get far.
        Thread.sleep(random.nextInt(random.nextInt(6) == 0 ? 5000 : 1200));
      }
      world.bridge().kill();
      tally.count("kill");
      Thread.sleep(random.nextInt(200));
      world.startBridge();
    }
    world.awaitBridge();
  }
}
