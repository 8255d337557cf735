package dev.patchbay.pbx.ipcortex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Section;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import dev.patchbay.pbx.PbxAdapterContract;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session, the disabled role, and the vendor's assumed answers. */
class IpCortexAdapterTest extends PbxAdapterContract {
  // Above what an emulator on a busy machine takes; it is waited for twice.
  private static final Duration CALL_LIMIT = Duration.ofMillis(1500);
  private static final Duration TOO_LONG = Duration.ofSeconds(2);
  private static final String SECRET = "Orange-4-Teapot-Runs";
  private static final Optional<String> RESET = Optional.of(new Fault.Reset().text());

  @TempDir private Path directory;
  private IpCortexEmulator pbx;
  private PbxAdapter adapter;

  protected IpCortexEmulatorOptions emulated(IpCortexEmulatorOptions defaults) {
    return defaults;
  }

  protected String settings() {
    return "username: bridge\npassword: file:" + secret() + "\ndisabled-role: suspended";
  }

  protected Path secret() {
    return directory.resolve("secret");
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(secret(), SECRET);
    pbx = IpCortexEmulator.start(emulated(IpCortexEmulatorOptions.defaults().withSecret(SECRET)));
    var section =
        Section.of(
            "base-url: "
                + pbx.uri()
                + "\ncall-limit: "
                + CALL_LIMIT
                + "\ngive-roles-by: id\nroles: { standarduser: 3, queuemanager: 5, suspended: 9 }\n"
                + settings());
    adapter = new IpCortexDialect().open("office", section, Clock.systemUTC(), () -> 1);
    // A sign-in has half of a call's time, which a busy machine may need for its first connection.
    await().ignoreExceptions().until(() -> adapter.user(NOBODY).isEmpty());
    pbx.calls().clear();
  }

  @AfterEach
  void stop() {
    adapter.close();
    pbx.close();
  }

  @Override
  protected PbxAdapter adapter() {
    return adapter;
  }

  @Override
  protected String specialName() {
    return "o.neil@example.com";
  }

  /** IPCortex does not tell why it refuses, and what is there is there. */
  @Override
  protected Reason reason(Mishap mishap) {
    return Reason.INVALID;
  }

  @Override
  protected void next(Mishap mishap) {
    var effects = "/rest/ops/(create|update|setpass|delete)/";
    pbx.faults().replace(FaultRule.on("POST", effects, fault(mishap)).times(1));
  }

  private static Fault fault(Mishap mishap) {
    return switch (mishap) {
      case CUT -> new Fault.Reset();
      case ANSWER_LOST -> new Fault.DropAfterCommit();
      case LATE -> new Fault.Delay(TOO_LONG);
      case SERVER_ERROR -> new Fault.Status(503);
      case THROTTLED -> new Fault.Status(429);
      case REFUSED -> new Fault.Status(400);
      case CONFLICT -> new Fault.Status(409);
      case ABSENT -> new Fault.Status(404);
    };
  }

  @Override
  protected void settle() {
    await()
        .until(
            () ->
                pbx.calls().calls().stream()
                    .noneMatch(call -> call.status() == 0 && !call.fault().equals(RESET)));
  }

  @Test
  void aUserIsMadeByOneCall() {
    var unused = adapter.apply(create(ADA));

    assertThat(pbx.calls().lines()).containsExactly("POST /rest/ops/create/");
  }

  @Test
  void aLostAnswerIsNotAskedForAgain() {
    next(Mishap.ANSWER_LOST);

    assertThatThrownBy(() -> adapter.apply(create(ADA)))
        .hasMessage("pbx 'office': no clear answer to CreateUser");
    assertThat(pbx.calls().lines()).containsExactly("POST /rest/ops/create/");
  }
}
