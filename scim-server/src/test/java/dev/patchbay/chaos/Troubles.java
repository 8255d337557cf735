package dev.patchbay.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What happens to the PBX and the store, one thing after the other, decided by lot. */
final class Troubles implements Runnable {
  /** How long the bridge lets a call that was given up act: longer than any of the halts. */
  static final Duration QUIET = Duration.ofMillis(1500);

  private static final int LONGEST_HALT = 900;

  private static final List<String> FAULTS =
      List.of(
          "dropAfterCommit",
          "dropAfterCommit",
          "reset",
          "status:500",
          "status:502",
          "status:503",
          "status:429",
          "delay:100",
          "delay:1200");

  private final World world;
  private final Store store;
  private final Random random;
  private final Beat beat;
  private final Tally tally;
  private volatile boolean over;

  Troubles(World world, Store store, Random random, Beat beat, Tally tally) {
    this.world = world;
    this.store = store;
    this.random = random;
    this.beat = beat;
    this.tally = tally;
  }

  void end() {
    over = true;
  }

  @Override
  public void run() {
    try {
      while (!over) {
        var phones = world.phones();
        var pbx = phones.get(phones.size() == 1 ? 0 : random.nextInt(phones.size()));
        try (var administrator = pbx.administrator()) {
          trouble(pbx, administrator);
          set(administrator, "[]");
        }
        beat.await("troubles", random.nextInt(90));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trouble(Phones pbx, Http administrator) throws InterruptedException {
    int lot = random.nextInt(100);
    if (lot < 4) {
      restart(pbx);
    } else if (lot < 10 && store.canFail()) {
      beat.note("trouble store");
      tally.count("trouble store");
      store.fail(random);
    } else if (lot < 20) {
      beat.note("trouble halt");
      tally.count("trouble halt");
      pbx.halt(random.nextInt(LONGEST_HALT));
    } else {
      var fault = FAULTS.get(random.nextInt(FAULTS.size()));
      var paths = pbx.system().paths();
      var path = paths.get(random.nextInt(paths.size()));
      // Some hit a few calls, some all calls of a while.
      var times = random.nextBoolean() ? ",\"times\":" + (1 + random.nextInt(4)) : "";
      beat.note("trouble " + fault + " " + path + " " + times);
      tally.count("trouble " + fault);
      set(
          administrator,
          "[{\"match\":{\"path\":\"" + path + "\"},\"fault\":\"" + fault + "\"" + times + "}]");
      beat.await("troubles", random.nextInt(110));
    }
  }

  private void restart(Phones pbx) throws InterruptedException {
    beat.note("trouble restart");
    tally.count("trouble restart");
    pbx.kill();
    Thread.sleep(random.nextInt(500));
    pbx.start();
  }

  private static void set(Http pbx, String faults) throws InterruptedException {
    var reply = pbx.send(new Request("PUT", "/_emulator/faults", faults));
    if (!(reply instanceof Reply.Answered answer && answer.done())) {
      throw new IllegalStateException("the emulated PBX takes no orders: " + reply);
    }
  }
}
