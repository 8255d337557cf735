package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.PostgresServer;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is gone for a moment, while identity providers write. */
class StoreOutageTest {
  private static final int SENDERS = 12;

  /** More than an outage at every request of every sender would take. */
  private static final int ATTEMPTS = 100;

  private final TestStore.OnPostgresql store = TestStore.postgresql();
  private final AtomicInteger refused = new AtomicInteger();
  @TempDir private Path directory;
  private RunningBridge bridge;
  private Runnable outage = () -> {};

  private void start(RunningBridge started) {
    bridge = started;
    outage = () -> PostgresServer.running().cut(store.at(bridge.files()));
  }

  @AfterEach
  void stop() {
    bridge.close();
    store.close();
  }

  @Test
  void whatIsAskedForUntilItIsDoneIsDone() {
    start(RunningBridge.impatient(store, directory));

    joinAndLeave();

    // Whom an outage meets is chance: there are more of them until somebody was told.
    await().atMost(Duration.ofSeconds(60)).until(this::isRefusedSometimes);
  }

  private boolean isRefusedSometimes() {
    var scim = bridge.scim();
    Together.send(
        SENDERS,
        i -> {
          outage.run();
          return repeated(() -> scim.createUser("late" + i), 201, 409);
        });
    return refused.get() > 0;
  }

  @Test
  void twoBridgesGoOnWhenTheirServerDoes() {
    start(RunningBridge.twice(store, directory));

    joinAndLeave();
  }

  @Test
  void bridgesOfAKilledServerSayWhenToComeBackAndGoOn() {
    start(RunningBridge.twice(store, directory));
    var killed = new AtomicInteger();
    outage =
        () -> {
          if (killed.getAndIncrement() % SENDERS == 0) {
            PostgresServer.running().crash();
          }
        };

    joinAndLeave();
  }

  private void joinAndLeave() {
    var scim = bridge.scim();
    var sales = scim.createGroup("Sales").is(201).id();

    Together.send(SENDERS, i -> join(scim, sales, "user" + i + "@corp.example"));
    Together.send(SENDERS, i -> leave(scim, sales, "user" + i + "@corp.example", i));

    bridge.settled().assertBothSidesAgree();
    assertThat(bridge.pbx().users())
        .filteredOn(user -> user.path("enabled").asBoolean())
        .hasSize(SENDERS / 3);
    assertThat(scim.get("/Groups/" + sales).json().path("members")).hasSize(SENDERS / 3);
  }

  /** Each has an outage of the store while another one is writing. */
  private Answer join(ScimClient scim, String group, String userName) {
    repeated(() -> scim.createUser(userName), 201, 409);
    outage.run();
    var id = id(scim, userName);
    repeated(() -> scim.addMembers(group, id), 204);
    outage.run();
    return repeated(
        () -> scim.patch("/Users/" + id, "{'op':'replace','path':'title','value':'T'}"), 200);
  }

  /** A third stays, a third is disabled and taken out, a third deleted. */
  private Answer leave(ScimClient scim, String group, String userName, int number) {
    var id = id(scim, userName);
    return switch (number % 3) {
      case 0 -> repeated(() -> scim.get("/Users/" + id), 200);
      case 1 -> {
        repeated(
            () -> scim.patch("/Users/" + id, "{'op':'replace','path':'active','value':false}"),
            200);
        outage.run();
        yield repeated(() -> scim.removeMember(group, id), 204);
      }
      default -> {
        outage.run();
        yield repeated(() -> scim.delete("/Users/" + id), 204, 404);
      }
    };
  }

  private String id(ScimClient scim, String userName) {
    return repeated(() -> scim.list("Users", "userName%20eq%20%22" + userName + "%22"), 200)
        .at("/Resources/0/id");
  }

  private Answer repeated(Supplier<Answer> request, Integer... done) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var answer = request.get();
      if (!answer.later()) {
        assertThat(answer.status()).as(answer.text()).isIn((Object[]) done);
        return answer;
      }
      answer.isRetry(503);
      refused.incrementAndGet();
    }
    throw new AssertionError("refused " + ATTEMPTS + " times");
  }
}
