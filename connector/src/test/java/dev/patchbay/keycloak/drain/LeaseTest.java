package dev.patchbay.keycloak.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.outbox.TargetRow;
import dev.patchbay.keycloak.outbox.TargetRow.Health;
import dev.patchbay.keycloak.outbox.TargetRow.Sync;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration LENGTH = Duration.ofSeconds(35);
  private static final Duration REQUEST = Duration.ofSeconds(30);

  /** The row that all nodes see, and the time that passes for all of them. */
  private static final class Shared {
    private String owner = "";
    private long beat;
    private long lease;
    private long now;

    TargetRow row() {
      return new TargetRow(
          "t",
          "r",
          owner,
          beat,
          lease,
          "",
          new Sync(SyncKind.NONE, SyncKind.NONE, 0, 0, 0, 0, 0, 0),
          new Health(0, "", 0));
    }
  }

  private record Node(String name, Lease lease) {
    static Node of(Shared shared, String name, LongSupplier watch) {
      return new Node(name, new Lease(name, new Row(shared, name), watch));
    }
  }

  private record Row(Shared shared, String name) implements Lease.Claims {
    @Override
    public boolean take(long seenBeat, Duration length) {
      if (shared.beat != seenBeat) {
        return false;
      }
      shared.owner = name;
      shared.lease = length.toMillis();
      shared.beat++;
      return true;
    }

    @Override
    public boolean beat(Duration length) {
      if (!shared.owner.equals(name)) {
        return false;
      }
      shared.lease = length.toMillis();
      shared.beat++;
      return true;
    }

    @Override
    public void release() {
      shared.owner = "";
      shared.beat++;
    }
  }

  @Property(tries = 2000)
  void neverTwoAtATime(@ForAll long seed) {
    var random = new Random(seed);
    var shared = new Shared();
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < 3; i++) {
      long offset = random.nextLong(1_000_000_000_000L); // each node's watch began some time
      nodes.add(Node.of(shared, "node" + i, () -> shared.now + offset));
    }

    for (int step = 0; step < 300; step++) {
      shared.now +=
          Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 60_000 : 1_500)).toNanos();
      Node node = nodes.get(random.nextInt(nodes.size()));
      TargetRow read = shared.row();
      if (random.nextInt(4) == 0) {
        nodes.get(random.nextInt(nodes.size())).lease().look(shared.row(), LENGTH);
      }
      node.lease().look(read, LENGTH); // with what it read before the other wrote
      if (random.nextInt(40) == 0) {
        node.lease().release();
      }

      assertThat(holders(nodes)).hasSizeLessThan(2);
    }
  }

  private static List<Node> holders(List<Node> nodes) {
    return nodes.stream().filter(each -> each.lease().lasts(Duration.ZERO)).toList();
  }

  @Test
  void aLoneNodeMayAlwaysSend() {
    var shared = new Shared();
    var node = Node.of(shared, "a", () -> shared.now);

    for (int second = 0; second < 200; second++) {
      node.lease().look(shared.row(), LENGTH);
      shared.now += Duration.ofMillis(999).toNanos();

      assertThat(node.lease().lasts(REQUEST)).isTrue();
    }
  }

  @Test
  void takesOverWhenTheBeatStandsStill() {
    var shared = new Shared();
    var first = Node.of(shared, "a", () -> shared.now);
    var second = Node.of(shared, "b", () -> shared.now);
    first.lease().look(shared.row(), LENGTH);
    second.lease().look(shared.row(), LENGTH);

    shared.now += LENGTH.plusSeconds(1).toNanos();
    second.lease().look(shared.row(), LENGTH);

    assertThat(second.lease().lasts(REQUEST)).isTrue();
    assertThat(first.lease().lasts(Duration.ZERO)).isFalse();
  }

  @Test
  void takesOverAtOnceFromWhoLetGo() {
    var shared = new Shared();
    var first = Node.of(shared, "a", () -> shared.now);
    var second = Node.of(shared, "b", () -> shared.now);
    first.lease().look(shared.row(), LENGTH);
    second.lease().look(shared.row(), LENGTH);

    first.lease().release();
    second.lease().look(shared.row(), LENGTH);

    assertThat(second.lease().lasts(REQUEST)).isTrue();
  }
}
