package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where more is to be sent than the PBX takes at once, a leaver does not wait for joiners. */
@Timeout(60)
class PortSipPriorityTest {
  private static final PbxRef ADA = new PbxRef("7");

  private final CountDownLatch answered = new CountDownLatch(1);
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final ScriptedServer server =
      ScriptedServer.start(
          connection -> {
            awaitQueue();
            ScriptedServer.json(200, "{\"id\":\"1\"}").serve(connection);
          },
          ScriptedServer.json(200, "{\"id\":\"1\"}"));
  private PbxAdapter pbx;

  private void awaitQueue() {
    try {
      answered.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    var token = Files.writeString(folder.resolve("token"), "hidden");
    var settings =
        "{ base-url: '%s', token: 'file:%s', max-parallel: 1, update-mode: merge, call-limit: 40s }"
            .formatted(server.uri(), token);
    pbx = new PortSipDialect().open("office", Section.of(settings), Clock.systemUTC(), () -> 1);
  }

  @AfterEach
  void close() {
    senders.close();
    pbx.close();
    server.close();
  }

  private void queue(PbxCall call) {
    int before = pbx.traffic().waiting() + pbx.traffic().waitingFirst();
    senders.execute(() -> pbx.apply(call));
    await(call.name())
        .until(() -> pbx.traffic().waiting() + pbx.traffic().waitingFirst() == before + 1);
  }

  private static PbxCall create(String name) {
    return new PbxCall.CreateGroup(new PbxGroup(name, Optional.empty()));
  }

  private static PbxCall enabled(boolean enabled) {
    var user =
        new PbxUser(Map.of(PbxField.ENABLED, Boolean.toString(enabled), PbxField.NAME, "ada"));
    return new PbxCall.UpdateUser(ADA, user, Set.of(PbxField.ENABLED), Map.of());
  }

  @Test
  void whatTakesAwayGoesBeforeCreatesThatCameEarlier() {
    senders.execute(() -> pbx.apply(create("under way")));
    await("the first call").until(() -> !server.requests().isEmpty());
    queue(create("at the head"));
    queue(create("later"));
    queue(enabled(true));
    queue(enabled(false));
    queue(new PbxCall.RemoveMember(ADA, "1000"));

    assertThat(pbx.traffic().waiting()).isEqualTo(3);
    assertThat(pbx.traffic().waitingFirst()).isEqualTo(2);
    answered.countDown();

    await("all calls").until(() -> server.posts().size() == 6);
    assertThat(server.posts())
        .extracting(PortSipPriorityTest::told)
        .containsExactly(
            "under way",
            "at the head",
            "leaver",
            "/groups/7/members/1000/destroy",
            "later",
            "back");
  }

  private static String told(String request) {
    if (request.contains("\"enabled\":false")) {
      return "leaver";
    }
    if (request.contains("\"enabled\":true")) {
      return "back";
    }
    return request.contains("\"name\":")
        ? request.replaceFirst("(?s).*\"name\":\"([^\"]*)\".*", "$1")
        : request.replaceFirst("(?s)POST /api(\\S*).*", "$1");
  }

  @Test
  void onlyCallsThatTakeSomethingAwayGoFirst() {
    assertThat(enabled(false).takesAway()).isTrue();
    assertThat(new PbxCall.DeleteUser(ADA).takesAway()).isTrue();
    assertThat(new PbxCall.UnbindMicrosoft365(ADA).takesAway()).isTrue();
    assertThat(enabled(true).takesAway()).isFalse();
    assertThat(create("Sales").takesAway()).isFalse();
    assertThat(new PbxCall.AddMember(ADA, "1000").takesAway()).isFalse();
  }
}
