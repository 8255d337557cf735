package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Section;
import dev.patchbay.emulator.CallLog;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.emulator.portsip.UpdateMode;
import dev.patchbay.pbx.PbxAdapterContract;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The careful settings against a PBX that clears what an update leaves out. */
class PortSipAdapterTest extends PbxAdapterContract {
  // Above what an emulator on a busy machine takes; it is waited for twice.
  private static final Duration CALL_LIMIT = Duration.ofMillis(1500);
  private static final Duration TOO_LONG = Duration.ofSeconds(2);
  private static final String SECRET = "Orange-4-Teapot-Runs";

  @TempDir private Path directory;
  private PortSipEmulator pbx;
  private PbxAdapter adapter;

  protected PortSipEmulatorOptions emulated(PortSipEmulatorOptions defaults) {
    return defaults.withUpdateMode(UpdateMode.REPLACE).withDuplicateStatus(400);
  }

  protected String settings() {
    return "token: file:" + secret();
  }

  protected Path secret() {
    return directory.resolve("secret");
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(secret(), SECRET);
    var options =
        PortSipEmulatorOptions.defaults()
            .withToken(SECRET)
            .withAccount("bridge", SECRET, "office.example.com");
    pbx = PortSipEmulator.start(emulated(options));
    var section =
        Section.of(
            "base-url: "
                + pbx.uri()
                + "\nrequests-per-minute: 0\ncall-limit: "
                + CALL_LIMIT
                + "\n"
                + settings());
    adapter = new PortSipDialect().open("office", section, Clock.systemUTC(), () -> 1);
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
  protected void next(Mishap mishap) {
    pbx.faults().replace(FaultRule.on("POST", "/api/(users|groups).*", fault(mishap)).times(1));
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

  private static final Optional<String> RESET = Optional.of(new Fault.Reset().text());

  protected CallLog calls() {
    return pbx.calls();
  }

  private long sent(String line) {
    return pbx.calls().lines().stream().filter(line::equals).count();
  }

  @Test
  void aUserIsMadeByOneCall() {
    adapter.apply(create(ADA));

    assertThat(pbx.calls().lines()).containsExactly("POST /api/users");
  }

  @Test
  void aUserIsDeletedByOneCall() {
    PbxRef ref = adapter.apply(create(ADA));
    pbx.calls().clear();

    adapter.apply(new DeleteUser(ref));

    assertThat(pbx.calls().lines()).containsExactly("POST /api/users/" + ref.id() + "/destroy");
  }

  @Test
  void anUpdateTakesTwoRequestsAtMost() {
    PbxRef ref = adapter.apply(create(ADA));
    pbx.calls().clear();

    adapter.apply(
        new UpdateUser(
            ref,
            ADA.with(PbxField.DEPARTMENT, Optional.of("Sales")),
            Set.of(PbxField.DEPARTMENT),
            Map.of()));

    assertThat(pbx.calls().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(sent("POST /api/users/" + ref.id())).isEqualTo(1);
  }

  @Test
  void aLostAnswerIsNotAskedForAgain() {
    next(Mishap.ANSWER_LOST);

    assertThatThrownBy(() -> adapter.apply(create(ADA)))
        .hasMessage("pbx 'office': no clear answer to CreateUser");
    assertThat(sent("POST /api/users")).isEqualTo(1);
  }

  @Test
  void anUnknownRoleIsRejected() {
    PbxRef ref = adapter.apply(create(ADA));

    assertThatThrownBy(() -> adapter.apply(new ChangeRole(ref, "No such role")))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void theCreationTimeIsInOurClock() {
    Instant before = Instant.now();

    PbxRef ref = adapter.apply(create(ADA));

    Instant created = adapter.user(ref).orElseThrow().createdAt().orElseThrow();
    // Both the Date header and created_at count whole seconds.
    assertThat(created).isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
  }
}
