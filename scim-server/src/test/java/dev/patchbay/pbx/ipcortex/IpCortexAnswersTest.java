package dev.patchbay.pbx.ipcortex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.RecordedCall;
import dev.patchbay.emulator.ipcortex.Account.Right;
import dev.patchbay.emulator.ipcortex.IpCortexEmulator;
import dev.patchbay.emulator.ipcortex.IpCortexEmulatorOptions;
import dev.patchbay.emulator.ipcortex.Undocumented;
import dev.patchbay.emulator.ipcortex.Undocumented.Counts;
import dev.patchbay.emulator.ipcortex.Undocumented.Empty;
import dev.patchbay.emulator.ipcortex.Undocumented.Ended;
import dev.patchbay.emulator.ipcortex.Undocumented.Nobody;
import dev.patchbay.emulator.ipcortex.Undocumented.Reach;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What IPCortex's refusals, row counts and silence mean, whatever position its switches are in. */
@Timeout(60)
class IpCortexAnswersTest {
  private static final String SECRET = "Orange-4-Teapot";
  private static final Secret PASSWORD = Secret.of("Green-9-Spoon");
  private static final PbxRef NOBODY = new PbxRef("77");
  private static final PbxUser ADA =
      new PbxUser(
          Map.of(
              PbxField.NAME, "ada",
              PbxField.EXTENSION, "1001",
              PbxField.DISPLAY_NAME, "Ada",
              PbxField.EMAIL, "ada@example.com",
              PbxField.ENABLED, "true",
              PbxField.ROLE, "user"));

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  @TempDir private Path directory;
  private IpCortexEmulator pbx;
  private PbxAdapter adapter;

  @BeforeEach
  void start() throws IOException {
    restart(it -> it, "disabled-role: suspended");
  }

  @AfterEach
  void stop() {
    adapter.close();
    pbx.close();
  }

  private void restart(UnaryOperator<IpCortexEmulatorOptions> change, String settings)
      throws IOException {
    if (pbx != null) {
      stop();
    }
    Path secret = Files.writeString(directory.resolve("secret"), SECRET);
    var defaults = IpCortexEmulatorOptions.defaults(clock).withSecret(SECRET);
    pbx = IpCortexEmulator.start(change.apply(defaults));
    String login = settings.contains("key") ? "key: file:" : "username: bridge\npassword: file:";
    adapter = open(pbx.uri(), login + secret + "\n" + settings);
  }

  private void with(UnaryOperator<Undocumented> change, String settings) throws IOException {
    restart(it -> it.with(change.apply(it.undocumented())), settings);
  }

  private PbxAdapter open(URI base, String settings) {
    var section = Section.of("base-url: " + base + "\n" + settings);
    return new IpCortexDialect().open("acme", section, clock, () -> 1);
  }

  private PbxRef create(PbxUser user) {
    return adapter.apply(
        new CreateUser(user, new PbxSecrets(PASSWORD, Secret.of("sip"), Secret.of("749205"))));
  }

  private static UpdateUser update(PbxRef ref, PbxUser user, PbxField... changed) {
    return new UpdateUser(ref, user, Set.of(changed), Map.of());
  }

  private List<String> calls() {
    return pbx.calls().lines().stream().map(it -> it.replaceAll(".*/ops/(.*)/", "$1")).toList();
  }

  private static void assertRefused(Throwable thrown, Reason reason) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).as(no.getMessage()).isEqualTo(reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  void aRefusalIsToldByTheResultWhateverTheStatus(int status) throws IOException {
    with(it -> it.withFailStatus(status), "disabled-role: suspended");
    PbxRef ada = create(ADA);
    PbxUser namesake = ADA.with(PbxField.EXTENSION, Optional.of("1002"));
    PbxUser neighbour = ADA.with(PbxField.NAME, Optional.of("grace"));
    PbxUser odd = neighbour.with(PbxField.EXTENSION, Optional.of("not a number"));

    assertRefused(catchThrowable(() -> create(namesake)), Reason.CONFLICT);
    assertRefused(catchThrowable(() -> create(neighbour)), Reason.CONFLICT);
    assertRefused(catchThrowable(() -> create(odd)), Reason.INVALID);
    PbxRef alan = create(neighbour.with(PbxField.EXTENSION, Optional.of("1003")));
    for (PbxField key : List.of(PbxField.NAME, PbxField.EXTENSION)) {
      var same = neighbour.with(key, ADA.get(key));
      var taking = update(alan, same, key);
      assertRefused(catchThrowable(() -> adapter.apply(taking)), Reason.CONFLICT);
    }
    PbxUser boss = ADA.with(PbxField.ROLE, Optional.of("boss"));
    assertRefused(
        catchThrowable(() -> adapter.apply(update(ada, boss, PbxField.ROLE))), Reason.INVALID);
  }

  @ParameterizedTest
  @EnumSource
  void nobodyThereIsAbsentOrDone(Nobody nobody) throws IOException {
    with(it -> it.with(nobody), "disabled-role: suspended");
    var password = new UpdateUser(NOBODY, ADA, Set.of(), Map.of(PbxSecret.PASSWORD, PASSWORD));

    assertRefused(
        catchThrowable(() -> adapter.apply(update(NOBODY, ADA, PbxField.EMAIL))), Reason.ABSENT);
    assertRefused(catchThrowable(() -> adapter.apply(password)), Reason.ABSENT);
    assertThat(adapter.apply(new DeleteUser(NOBODY))).isEqualTo(NOBODY);
  }

  @Test
  void noRowsChangedIsDoneWhereTheUserIsAsWanted() throws IOException {
    with(it -> it.with(Counts.CHANGED), "disabled-role: suspended");
    PbxRef ada = create(ADA);

    adapter.apply(update(ada, ADA, PbxField.DISPLAY_NAME));

    assertThat(calls()).containsExactly("create", "update", "read");
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatHasEndedIsBegunAgainOnce(Ended ended) throws IOException {
    with(it -> it.with(ended), "disabled-role: suspended");
    PbxRef ada = create(ADA);
    clock.advance(Duration.ofHours(1));

    adapter.apply(
        update(ada, ADA.with(PbxField.DISPLAY_NAME, Optional.of("A")), PbxField.DISPLAY_NAME));
    clock.advance(Duration.ofHours(1));

    assertThat(adapter.user(ada).orElseThrow().value().get(PbxField.DISPLAY_NAME)).contains("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"send-key-as: body", "send-key-as: bearer"})
  void aKeyIsRefusedWhereThePbxLooksElsewhere(String settings) throws IOException {
    var place =
        settings.endsWith("body") ? Undocumented.KeyPlace.BODY : Undocumented.KeyPlace.BEARER;
    with(it -> it.with(place), settings);
    PbxRef ada = create(ADA);
    assertThat(adapter.user(ada)).isPresent();
    var other =
        settings.endsWith("body") ? Undocumented.KeyPlace.BEARER : Undocumented.KeyPlace.BODY;
    with(it -> it.with(other), settings);

    assertThatThrownBy(() -> create(ADA))
        .isInstanceOfSatisfying(
            Unavailable.class, no -> assertThat(no.why()).isEqualTo(Cause.LOGIN_REFUSED));
  }

  @Test
  void aRefusedSignInIsNotTriedAgainAtOnce() throws IOException {
    restart(it -> it.withSecret("another"), "disabled-role: suspended");

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> create(ADA))
          .isInstanceOf(Unavailable.class)
          .hasMessage("pbx 'acme' refused the service account's sign-in")
          .hasMessageNotContaining(SECRET);
    }
  }

  /** A user in the table, whoever may make one. */
  private PbxRef plant() throws IOException {
    String body = "{\"uname\":\"ada\",\"name\":\"Ada\",\"owned_extension\":\"1001\"}";
    var request =
        HttpRequest.newBuilder(URI.create(pbx.uri() + "/_emulator/users"))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      String answer = http.send(request, BodyHandlers.ofString()).body();
      return new PbxRef(Json.read(answer).orElseThrow().path("contact_id").asText());
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private void withoutRights(String settings) throws IOException {
    restart(
        it -> it.with(Right.NONE).with(it.undocumented().with(Reach.EVERYBODY)),
        "disabled-role: suspended\n" + settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify-writes: auto", "verify-writes: always"})
  void whatIsSilentlyIgnoredIsRefused(String settings) throws IOException {
    withoutRights(settings);
    PbxRef ada = plant();
    PbxUser leaver = ADA.with(PbxField.ENABLED, Optional.of("false"));

    var thrown = catchThrowable(() -> adapter.apply(update(ada, leaver, PbxField.ENABLED)));

    assertRefused(thrown, Reason.FORBIDDEN);
    assertThat(thrown)
        .hasMessage(
            "pbx 'acme' refused UpdateUser: it ignores roleid"
                + " (the account needs System-Admin or Company-Admin)");
    assertThat(adapter.user(ada).orElseThrow().value().enabled()).isTrue();
  }

  @Test
  void whatIsPartlyIgnoredIsUnknownOnceAndThenRefusedBeforeItIsSent() throws IOException {
    withoutRights("");
    PbxRef ada = plant();
    PbxUser other =
        ADA.with(PbxField.DISPLAY_NAME, Optional.of("Countess"))
            .with(PbxField.ROLE, Optional.of("manager"));
    var both = update(ada, other, PbxField.DISPLAY_NAME, PbxField.ROLE);

    assertThatThrownBy(() -> adapter.apply(both)).isInstanceOf(OutcomeUnknown.class);
    pbx.calls().clear();
    assertRefused(catchThrowable(() -> adapter.apply(both)), Reason.FORBIDDEN);
    assertThat(calls()).isEmpty();
    clock.advance(Duration.ofMinutes(6));
    assertThatThrownBy(() -> adapter.apply(both)).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void whatMayBeWrittenWithoutRightsIsWritten() throws IOException {
    withoutRights("");
    PbxRef ada = plant();

    adapter.apply(
        update(ada, ADA.with(PbxField.DISPLAY_NAME, Optional.of("A")), PbxField.DISPLAY_NAME));

    assertThat(calls()).containsExactly("update", "read");
    assertThat(adapter.user(ada).orElseThrow().value().get(PbxField.DISPLAY_NAME)).contains("A");
  }

  @Test
  void aPasswordIsNeverLeftToSilence() throws IOException {
    withoutRights("");
    PbxRef ada = plant();
    PbxUser renamed = ADA.with(PbxField.DISPLAY_NAME, Optional.of("A"));
    var both =
        new UpdateUser(
            ada, renamed, Set.of(PbxField.DISPLAY_NAME), Map.of(PbxSecret.PASSWORD, PASSWORD));

    assertRefused(catchThrowable(() -> adapter.apply(both)), Reason.INVALID);
    assertThat(calls()).containsExactly("setpass", "read");
  }

  @Test
  void neverVerifyingBelievesWhatThePbxSays() throws IOException {
    withoutRights("verify-writes: never");
    PbxRef ada = plant();

    adapter.apply(update(ada, ADA.with(PbxField.ROLE, Optional.of("manager")), PbxField.ROLE));

    assertThat(calls()).containsExactly("update");
  }

  /** What it shows of a user, the user's own settings apart. */
  private PbxUser read(PbxRef ref) {
    PbxUser user = adapter.user(ref).orElseThrow().value();
    for (PbxField field : PbxField.values()) {
      user = field.yields() ? user.with(field, Optional.empty()) : user;
    }
    return user;
  }

  @Test
  void whatAnEmptyTextDoesNotClearIsRefused() throws IOException {
    with(it -> it.with(Empty.KEEPS), "disabled-role: suspended");
    PbxRef ada = create(ADA);
    PbxUser without = ADA.with(PbxField.EMAIL, Optional.empty());

    var thrown = catchThrowable(() -> adapter.apply(update(ada, without, PbxField.EMAIL)));

    assertRefused(thrown, Reason.UNSUPPORTED);
    PbxUser moved = ADA.with(PbxField.EMAIL, Optional.of("a@example.com"));
    adapter.apply(update(ada, moved, PbxField.EMAIL));
    assertThat(read(ada)).isEqualTo(moved);
  }

  @Test
  void aDeskPhoneThatIsNotReleasedIsNoSuccess() throws IOException {
    with(it -> it.with(Empty.KEEPS), "deactivate-by: release");
    PbxRef ada = create(ADA);
    PbxUser leaver = ADA.with(PbxField.ENABLED, Optional.of("false"));

    assertThatThrownBy(() -> adapter.apply(update(ada, leaver, PbxField.ENABLED)))
        .isInstanceOf(OutcomeUnknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "disabled-role: suspended",
        "disabled-role: suspended\ngive-roles-by: id\nroles: { user: 3, suspended: 9 }",
        "deactivate-by: scramble",
        "deactivate-by: release",
        "deactivate-by: release\nsend-passwords-as: blowfish"
      })
  void aLeaverComesBackAsItWas(String settings) throws IOException {
    restart(it -> it, settings);
    PbxRef ada = create(ADA);
    PbxUser leaver = ADA.with(PbxField.ENABLED, Optional.of("false"));
    var changed = update(ada, leaver, PbxField.ENABLED, PbxField.ROLE, PbxField.EXTENSION);

    for (int time = 0; time < 2; time++) {
      adapter.apply(changed);
      assertThat(read(ada)).isEqualTo(adapter.canonical(leaver));
      assertThat(adapter.user(ada).orElseThrow().value().enabled()).isFalse();
    }
    assertThat(signsIn()).isFalse();
    adapter.apply(update(ada, ADA, PbxField.ENABLED, PbxField.ROLE, PbxField.EXTENSION));

    assertThat(read(ada)).isEqualTo(ADA);
  }

  private boolean signsIn() throws IOException {
    var account = new IpCortexLogin.Account("ada", PASSWORD);
    var request =
        HttpRequest.newBuilder(URI.create(pbx.uri() + "/rest/auth/"))
            .POST(BodyPublishers.ofString(account.body().toString()))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body().contains("success");
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  @Test
  void aLeaverSignsInBeforeAndNotAfter() {
    PbxRef ada = create(ADA);

    assertThatNoSecretIsLogged();
    assertThat(signsInUnchecked()).isTrue();
    adapter.apply(update(ada, ADA.with(PbxField.ENABLED, Optional.of("false")), PbxField.ENABLED));
    assertThat(signsInUnchecked()).isFalse();
  }

  private boolean signsInUnchecked() {
    try {
      return signsIn();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertThatNoSecretIsLogged() {
    assertThat(pbx.calls().calls())
        .extracting(RecordedCall::body)
        .allSatisfy(body -> assertThat(body.orElse("")).doesNotContain(PASSWORD.reveal()));
  }

  @Test
  void everyCallNamesOneUserOrNone() {
    PbxRef ada = create(ADA);
    adapter.apply(update(ada, ADA, PbxField.EMAIL));
    adapter.apply(
        new UpdateUser(ada, ADA, Set.of(), Map.of(PbxSecret.PASSWORD, Secret.of("Red-5-Cup"))));
    adapter.apply(new DeleteUser(ada));

    assertThat(pbx.calls().calls())
        .filteredOn(call -> call.path().matches(".*/(update|setpass|delete)/"))
        .hasSize(3)
        .allSatisfy(
            call ->
                assertThat(call.body().orElseThrow())
                    .contains("\"scope\":{\"contact_id\":" + ada.id() + "}"));
  }

  @Test
  void aPageOfTheWebServerIsNoAnswerOfThePbx() {
    pbx.faults().replace(FaultRule.on("POST", "/rest/ops/create/", new Fault.Status(204)));
    assertThatThrownBy(() -> create(ADA)).isInstanceOf(OutcomeUnknown.class);
    pbx.faults().replace(List.of());
    assertThat(adapter.usersWith("ada", "1001")).isEmpty();
  }

  @Test
  void rolesAreThoseOfTheSettingsWithoutTheDisabledOne() throws IOException {
    restart(it -> it, "disabled-role: suspended\nroles: { user: 3, manager: 5, suspended: 9 }");

    assertThat(adapter.roles())
        .extracting(role -> role.value().name())
        .containsExactlyInAnyOrder("user", "manager");
  }

  @Test
  void aCompanyAdministratorsUsersAreListedByTheirCompany() throws IOException {
    restart(it -> it.with(Right.COMPANY_ADMIN), "company: acme\ndisabled-role: suspended");
    PbxRef ada = create(ADA);

    try (var users = adapter.users()) {
      assertThat(users.map(user -> user.ref())).containsExactly(ada);
    }
    assertThat(calls()).containsExactly("create", "read");
  }

  @Test
  void theOrganizationIsTheCompanyWhereTheSettingsSaySo() throws IOException {
    restart(it -> it, "company: acme\ncompany-by-organization: true\ndisabled-role: suspended");
    PbxUser abroad = ADA.with(PbxField.COMPANY, Optional.of("abroad"));

    PbxRef ada = create(abroad);

    assertThat(read(ada)).isEqualTo(abroad);
    assertThat(adapter.capabilities().fixed()).contains(PbxField.COMPANY);
    PbxUser nowhere = ADA.with(PbxField.COMPANY, Optional.of("Acme Corp."));
    assertRefused(catchThrowable(() -> create(nowhere)), Reason.INVALID);
  }
}
