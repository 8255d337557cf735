package dev.patchbay.pbx.xelion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.xelion.Otherwise;
import dev.patchbay.emulator.xelion.Undocumented;
import dev.patchbay.emulator.xelion.XelionEmulator;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Xelion that does otherwise than the bridge takes for granted. */
@Timeout(60)
class XelionOtherwiseTest {
  private static final String SECRET = "Orange-4-Teapot-Runs";
  private static final String API = "/api/v1/master";
  private static final PbxUser ADA =
      new PbxUser(
          Map.of(
              PbxField.NAME, "ada",
              PbxField.DISPLAY_NAME, "Ada Lovelace",
              PbxField.EMAIL, "ada@example.com",
              PbxField.ENABLED, "true",
              PbxField.ROLE, "user"));

  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock(Instant.now());
  private XelionEmulator pbx;
  private PbxAdapter adapter;

  private void open(Undocumented undocumented) throws IOException {
    Files.writeString(directory.resolve("secret"), SECRET);
    pbx = XelionEmulator.start(XelionEmulatorOptions.defaults(SECRET).with(undocumented));
    var section =
        Section.of(
            """
            base-url: %s
            username: bridge
            password: file:%s
            addresses-on-create: look
            """
                .formatted(pbx.uri(), directory.resolve("secret")));
    adapter = new XelionDialect().open("office", section, clock, () -> 1);
  }

  private void open(Otherwise word) throws IOException {
    open(Undocumented.usual().but(word));
  }

  @AfterEach
  void close() {
    adapter.close();
    pbx.close();
  }

  private static PbxUser called(String name) {
    return ADA.with(PbxField.NAME, Optional.of(name));
  }

  private static CreateUser create(PbxUser user) {
    var secret = Secret.of("Blue-7-Kettle-Sings");
    return new CreateUser(user, new PbxSecrets(secret, secret, secret));
  }

  private static UpdateUser renamed(PbxRef ref, String name, PbxField... also) {
    var changed = EnumSet.of(PbxField.NAME, also);
    return new UpdateUser(
        ref, called(name).with(PbxField.ENABLED, Optional.of("false")), changed, Map.of());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRejected(
      PbxCall call, Reason reason) {
    return assertThatThrownBy(() -> adapter.apply(call))
        .isInstanceOfSatisfying(Rejected.class, no -> assertThat(no.reason()).isEqualTo(reason));
  }

  private PbxUser read(PbxRef ref) {
    return adapter.user(ref).orElseThrow().value();
  }

  @Test
  void aNameItDoesNotTakeIsToldAndLeavesNoPerson() throws IOException {
    open(Otherwise.PLAIN_NAMES);
    PbxRef ada = adapter.apply(create(ADA));

    assertRejected(create(called("o'neil")), Reason.INVALID).hasMessageContaining("user name");
    assertRejected(renamed(ada, "o'neil"), Reason.INVALID).hasMessageContaining("user name");

    assertThat(adapter.leftBehind(called("o'neil"))).isEmpty();
    assertThat(read(ada).get(PbxField.NAME)).hasValue("ada");
  }

  @ParameterizedTest
  @EnumSource(names = {"TAKEN_400", "BARE_SERVER_ERRORS"})
  void aTakenNameIsAConflictHoweverItIsTold(Otherwise word) throws IOException {
    open(word);
    PbxRef ada = adapter.apply(create(ADA));
    PbxRef grace = adapter.apply(create(called("grace")));

    assertRejected(create(ADA), Reason.CONFLICT);
    assertRejected(renamed(grace, "ada", PbxField.ENABLED), Reason.CONFLICT);

    assertThat(adapter.leftBehind(ADA)).isEmpty();
    assertThat(read(ada).get(PbxField.NAME)).hasValue("ada");
    assertThat(read(grace).enabled()).isTrue();
  }

  @Test
  void aNameThatStaysIsNoSuccessAndWhatWasSentWithItIsInDoubt() throws IOException {
    open(Otherwise.RENAME_IGNORED);
    PbxRef ada = adapter.apply(create(ADA));
    var rename = renamed(ada, "countess", PbxField.ENABLED);

    assertThatThrownBy(() -> adapter.apply(rename)).isInstanceOf(OutcomeUnknown.class);
    pbx.calls().clear();
    assertRejected(rename, Reason.UNSUPPORTED).hasMessageContaining("user name");
    assertThat(pbx.calls().lines()).isEmpty();
    clock.advance(Duration.ofMinutes(6));

    assertRejected(renamed(ada, "countess"), Reason.UNSUPPORTED);
    assertThat(pbx.calls().lines()).isNotEmpty();
  }

  @Test
  void aNewNameThatIsNotReadBackIsInDoubt() throws IOException {
    open(Undocumented.usual());
    PbxRef ada = adapter.apply(create(ADA));
    pbx.faults().replace(FaultRule.on("GET", API + "/users/.*", new Fault.Status(503)));

    assertThatThrownBy(() -> adapter.apply(renamed(ada, "countess")))
        .isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void aPasswordThatCannotChangeIsRefused() throws IOException {
    open(Otherwise.PASSWORD_REFUSED);
    PbxRef ada = adapter.apply(create(ADA));
    var secret = Map.of(PbxSecret.PASSWORD, Secret.of("Red-5-Bucket-Swims"));

    assertRejected(new UpdateUser(ada, ADA, Set.of(), secret), Reason.INVALID);
  }

  @Test
  void whoCannotBeReadByOidIsNotGone() throws IOException {
    open(Otherwise.NO_SINGLE_USERS);
    PbxRef ada = adapter.apply(create(ADA));

    assertThatThrownBy(() -> adapter.apply(new DeleteUser(ada))).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> adapter.user(ada)).isInstanceOf(Unavailable.class);
  }

  @Test
  void addressesThatANewPersonDoesNotKeepAreSentAgain() throws IOException {
    open(Undocumented.usual().withAddressesOnCreate(false));

    for (String name : List.of("ada", "grace")) {
      var made = adapter.user(adapter.apply(create(called(name)))).orElseThrow();

      assertThat(made.value().get(PbxField.EMAIL)).hasValue("ada@example.com");
      assertThat(made.createdAt()).isNotEqualTo(Optional.of(Instant.EPOCH));
    }
  }

  @Test
  void aXelionThatFindsNoPersonsNamesTheSetting() throws IOException {
    open(Undocumented.usual().withFindByName(false));

    assertThatThrownBy(() -> adapter.leftBehind(ADA))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("find-persons");
  }

  @Test
  void aXelionWithoutPatchNamesTheSetting() throws IOException {
    open(Undocumented.usual().withPatchUsers(false));
    PbxRef ada = adapter.apply(create(ADA));

    assertThatThrownBy(() -> adapter.apply(renamed(ada, "countess")))
        .isInstanceOf(PbxException.class)
        .hasMessageContaining("update-with: put");
  }
}
