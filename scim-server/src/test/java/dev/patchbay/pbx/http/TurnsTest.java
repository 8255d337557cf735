package dev.patchbay.pbx.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Turns turns = new Turns();
  private final BlockingQueue<String> called = new LinkedBlockingQueue<>();

  /** In a thread of its own, as one more in the queue. */
  private void queue(String name, Turn turn) {
    int before = turns.waiting(turn);
    Thread.ofVirtual()
        .start(
            () -> {
              if (turns.await(turn, LONG)) {
                called.add(name);
              }
            });
    await(name).until(() -> turns.waiting(turn) == before + 1);
  }

  private String nextCalled() throws InterruptedException {
    turns.next();
    return String.valueOf(called.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void whatTakesAwayGoesBeforeWhatCameEarlier() throws InterruptedException {
    assertThat(turns.await(Turn.USUAL, LONG)).isTrue();
    queue("create 1", Turn.USUAL);
    queue("create 2", Turn.USUAL);
    queue("leaver 1", Turn.FIRST);
    queue("create 3", Turn.USUAL);
    queue("leaver 2", Turn.FIRST);

    assertThat(nextCalled()).isEqualTo("leaver 1");
    assertThat(nextCalled()).isEqualTo("leaver 2");
    assertThat(nextCalled()).isEqualTo("create 1");
    assertThat(nextCalled()).isEqualTo("create 2");
    assertThat(nextCalled()).isEqualTo("create 3");
    assertThat(turns.waiting(Turn.FIRST)).isZero();
  }

  @Test
  void whoeverLosesPatienceLeavesTheQueue() throws InterruptedException {
    assertThat(turns.await(Turn.USUAL, LONG)).isTrue();

    assertThat(turns.await(Turn.FIRST, Duration.ofMillis(1))).isFalse();

    assertThat(turns.waiting(Turn.FIRST)).isZero();
    queue("next", Turn.USUAL);
    assertThat(nextCalled()).isEqualTo("next");
  }

  @Test
  void isFreeAgainWhenNobodyWaits() {
    assertThat(turns.await(Turn.USUAL, LONG)).isTrue();
    turns.next();

    assertThat(turns.await(Turn.USUAL, Duration.ZERO)).isTrue();
  }
}
