package dev.patchbay.pbx.xelion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import dev.patchbay.emulator.xelion.XelionClient;
import dev.patchbay.emulator.xelion.XelionEmulator;
import dev.patchbay.emulator.xelion.XelionEmulatorOptions;
import dev.patchbay.pbx.PbxAdapterContract;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.ChangeLine;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.JoinLine;
import dev.patchbay.pbx.api.PbxCall.LeaveLine;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Xelion that can do what its pages leave open. */
class XelionAdapterTest extends PbxAdapterContract {
  // Above what an emulator on a busy machine takes; it is waited for twice.
  private static final Duration CALL_LIMIT = Duration.ofMillis(1500);
  private static final Duration TOO_LONG = Duration.ofSeconds(2);
  private static final String SECRET = "Orange-4-Teapot-Runs";
  static final String API = "/api/v1/master";

  @TempDir private Path directory;
  private XelionEmulator pbx;
  private PbxAdapter adapter;

  protected XelionEmulatorOptions emulated(XelionEmulatorOptions defaults) {
    return defaults;
  }

  /** More settings, a line each. */
  protected String settings() {
    return "";
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("secret"), SECRET);
    var options =
        XelionEmulatorOptions.defaults(SECRET)
            .withRoles(Set.of("StandardUser", "QueueManager", "administrator"));
    pbx = XelionEmulator.start(emulated(options));
    adapter = open();
    // A log-in has half of a call's time, which a busy machine may need for its first connection.
    await().ignoreExceptions().until(() -> adapter.user(NOBODY).isEmpty());
    pbx.calls().clear();
  }

  PbxAdapter open() {
    var section =
        Section.of(
            "base-url: "
                + pbx.uri()
                + "\nusername: bridge\npassword: file:"
                + directory.resolve("secret")
                + "\n"
                + "xcc-roles: [ StandardUser, QueueManager ]\n"
                + "new-users: { locale: \"1556584\", locales: { de-DE: \"1556585\", sv-SE:"
                + " \"1556586\" } }\n"
                + "call-limit: "
                + CALL_LIMIT
                + "\n"
                + settings());
    return new XelionDialect().open("office", section, Clock.systemUTC(), () -> 1);
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

  XelionEmulator pbx() {
    return pbx;
  }

  /** Of a create, the account: it comes after the Person and is what decides. */
  @Override
  protected void next(Mishap mishap) {
    fail("(POST|PATCH|PUT|DELETE)", API + "/users.*", fault(mishap));
  }

  void fail(String methods, String path, Fault fault) {
    pbx.faults()
        .replace(
            List.of("POST", "PATCH", "PUT", "DELETE").stream()
                .filter(method -> method.matches(methods))
                .map(method -> FaultRule.on(method, path, fault).times(1))
                .toList());
  }

  static Fault fault(Mishap mishap) {
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

  /** Xelion says nothing of names; roles are what the settings allow. */
  @Override
  protected PbxUser impossible() {
    return ADA.with(PbxField.ROLE, Optional.of("administrator"));
  }

  List<String> sent() {
    return pbx.calls().lines().stream()
        .map(line -> line.replace(API, ""))
        .map(line -> line.replaceAll("/\\d+", "/#"))
        .toList();
  }

  /** A lost answer leaves the Person to the next delete; without its account it has no name. */
  @Override
  protected boolean isGone(PbxRef ref) {
    return adapter.user(ref).flatMap(it -> it.value().get(PbxField.NAME)).isEmpty();
  }

  /** Whether a Person without an account can be looked for. */
  protected boolean findsPersons() {
    return true;
  }

  private List<Found<PbxUser>> leftBehind() {
    return adapter.leftBehind(ADA);
  }

  private PbxUser changed(PbxField field, String value) {
    return ADA.with(field, Optional.of(value));
  }

  @Test
  void whatOnlyAccountsHoldIsChangedByOneRequest() {
    PbxRef ref = adapter.apply(create(ADA));
    pbx.calls().clear();

    adapter.apply(
        new UpdateUser(
            ref,
            changed(PbxField.ROLE, "QueueManager").with(PbxField.ENABLED, Optional.of("false")),
            Set.of(PbxField.ROLE, PbxField.ENABLED),
            Map.of(PbxSecret.PASSWORD, Secret.of("Red-5-Bucket-Swims"))));

    assertThat(sent()).endsWith(changeOfAnAccount().getLast()).isEqualTo(changeOfAnAccount());
  }

  protected List<String> changeOfAnAccount() {
    return List.of("PATCH /users/#");
  }

  @Test
  void whatThePersonHoldsIsChangedByTwo() {
    PbxRef ref = adapter.apply(create(ADA));
    pbx.calls().clear();

    adapter.apply(
        new UpdateUser(
            ref,
            changed(PbxField.EMAIL, "countess@example.com")
                .with(PbxField.MOBILE_PHONE, Optional.empty()),
            Set.of(PbxField.EMAIL, PbxField.MOBILE_PHONE),
            Map.of()));

    assertThat(sent()).containsExactly("GET /addressables/#", "PUT /addressables/#");
    PbxUser read = adapter.user(ref).orElseThrow().value();
    assertThat(read.get(PbxField.EMAIL)).hasValue("countess@example.com");
    assertThat(read.get(PbxField.MOBILE_PHONE)).isEmpty();
  }

  @Test
  void aUserIsMadeAfterItsPersonAndGoesBeforeIt() {
    PbxRef ref = adapter.apply(create(ADA));
    adapter.apply(new DeleteUser(ref));

    assertThat(sent()).isEqualTo(aLife());
  }

  protected List<String> aLife() {
    return List.of(
        "POST /addressables", "POST /users", "DELETE /users/#", "DELETE /addressables/#");
  }

  /** Whether a user name can change. */
  protected boolean renames() {
    return true;
  }

  @Test
  void aUserIsRenamedAsOftenAsItIsAskedForOrItIsRefused() {
    PbxRef ref = adapter.apply(create(ADA));
    var rename =
        new UpdateUser(ref, changed(PbxField.NAME, "countess"), Set.of(PbxField.NAME), Map.of());

    for (int time = 0; time < 2; time++) {
      if (renames()) {
        assertThat(adapter.apply(rename)).isEqualTo(ref);
      } else {
        assertThatThrownBy(() -> adapter.apply(rename)).isInstanceOf(Rejected.class);
      }
    }

    String name = renames() ? "countess" : "ada";
    assertThat(adapter.user(ref).orElseThrow().value().get(PbxField.NAME)).hasValue(name);
    assertThat(adapter.usersWith(name, "")).hasSize(1);
    assertThat(adapter.usersWith(renames() ? "ada" : "countess", "")).isEmpty();
  }

  @Test
  void namesOutsideWindows1252AreWrittenInLatinLetters() {
    PbxUser anna = changed(PbxField.DISPLAY_NAME, "Анна Żółć 🙂");

    PbxRef ref = adapter.apply(create(anna));

    assertThat(adapter.user(ref).orElseThrow().value().get(PbxField.DISPLAY_NAME))
        .isEqualTo(adapter.canonical(anna).get(PbxField.DISPLAY_NAME))
        .hasValue("Anna Zólc");
  }

  @Test
  void aTakenNameLeavesNoPerson() {
    adapter.apply(create(ADA));
    var again = create(changed(PbxField.DISPLAY_NAME, "Another Ada"));

    assertThatThrownBy(() -> adapter.apply(again))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.CONFLICT));

    assertThat(sent()).endsWith("GET /users", "GET /addressables/#", "DELETE /addressables/#");
    assertThat(adapter.leftBehind(again.user())).isEmpty();
  }

  @Test
  void aCreateThatWasNotBegunLeavesNoPerson() {
    next(Mishap.THROTTLED);

    assertThatThrownBy(() -> adapter.apply(create(ADA))).isInstanceOf(Unavailable.class);

    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void aPersonThatCannotBeTakenBackLeavesTheOutcomeUnknown() {
    pbx.faults()
        .replace(
            FaultRule.on("POST", API + "/users", new Fault.Status(400)).times(1),
            FaultRule.on("DELETE", API + "/addressables.*", new Fault.Status(503)).times(1));

    assertThatThrownBy(() -> adapter.apply(create(ADA))).isInstanceOf(OutcomeUnknown.class);
  }

  @Test
  void aPersonWhoseAccountWasNeverMadeIsFoundAndTakenAway() {
    fail("POST", API + "/users", new Fault.Reset());
    assertThatThrownBy(() -> adapter.apply(create(ADA))).isInstanceOf(OutcomeUnknown.class);
    settle();
    if (!findsPersons()) {
      assertThat(leftBehind()).isEmpty();
      return;
    }

    Found<PbxUser> half = leftBehind().getFirst();

    assertThat(half.value().get(PbxField.NAME)).hasValue("ada");
    assertThat(half.createdAt()).hasValueSatisfying(at -> assertThat(at).isAfter(today()));
    assertThat(adapter.user(half.ref()))
        .hasValueSatisfying(it -> assertThat(it.value().get(PbxField.NAME)).isEmpty());
    adapter.apply(new DeleteUser(half.ref()));
    assertThat(leftBehind()).isEmpty();
    assertThat(adapter.user(half.ref())).isEmpty();
  }

  private static Instant today() {
    return Instant.now().minusSeconds(3600);
  }

  @Test
  void aPersonWithAnAccountIsNotLeftBehind() {
    adapter.apply(create(ADA));

    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void aPersonOfAnotherUserIsNotLeftBehind() {
    fail("POST", API + "/users", new Fault.Reset());
    assertThatThrownBy(() -> adapter.apply(create(ADA))).isInstanceOf(OutcomeUnknown.class);
    settle();

    assertThat(adapter.leftBehind(changed(PbxField.NAME, "ada2"))).isEmpty();
  }

  private static PbxPart line(String oid, String outgoing) {
    return new PbxPart(
        oid,
        Map.of(
            "incoming", "true",
            "outgoing", outgoing,
            "editable", "INCOMINGANDOUTGOING",
            "skill", "0"));
  }

  private List<PbxPart> lines(PbxRef user) {
    return adapter.parts(user, PbxField.LINES).byKey().values().stream()
        .map(part -> part.with(Optional.empty()))
        .toList();
  }

  @Test
  void aUserIsOnALineOnceHoweverOftenItIsAskedForAndOffItAgain() {
    String support = XelionClient.of(pbx).plantLine("Support");
    String sales = XelionClient.of(pbx).plantLine("Sales");
    PbxRef ada = adapter.apply(create(ADA));
    PbxRef grace = adapter.apply(create(changed(PbxField.NAME, "grace")));
    adapter.apply(new JoinLine(grace, line(support, "false")));

    for (int time = 0; time < 2; time++) {
      adapter.apply(new JoinLine(ada, new PbxPart(support, Map.of())));
      adapter.apply(new JoinLine(ada, line(sales, "false")));
    }
    assertThat(lines(ada)).containsExactlyInAnyOrder(line(support, "false"), line(sales, "false"));
    for (int time = 0; time < 2; time++) {
      adapter.apply(new ChangeLine(ada, line(support, "true")));
    }
    assertThat(lines(ada)).containsExactlyInAnyOrder(line(support, "true"), line(sales, "false"));
    for (int time = 0; time < 2; time++) {
      adapter.apply(new LeaveLine(ada, line(support, "true")));
    }

    assertThat(lines(ada)).containsExactly(line(sales, "false"));
    assertThat(lines(grace)).containsExactly(line(support, "false"));
  }

  @Test
  void aLineThatIsNotThereIsRefusedAndNobodyIsOnIt() {
    PbxRef ada = adapter.apply(create(ADA));

    assertThatThrownBy(() -> adapter.apply(new JoinLine(ada, line("4711", "true"))))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.INVALID));
    adapter.apply(new LeaveLine(ada, line("4711", "true")));
    assertThat(lines(ada)).isEmpty();
  }

  @Test
  void aSessionThatEndedIsFollowedByAnother() {
    adapter.apply(create(ADA));
    pbx.faults().replace(FaultRule.on("GET", API + "/users/.*", new Fault.Status(401)).times(1));

    assertThat(adapter.user(NOBODY)).isEmpty();
  }

  @Test
  void twoBridgesOfOneUserSpaceAreBothLoggedIn() {
    try (var other = open()) {
      PbxRef ref = other.apply(create(ADA));

      assertThat(adapter.user(ref)).isPresent();
    }
  }

  @Test
  void aUserNotMadeByTheBridgeIsOlderThanAnyCreate() {
    PbxRef ref = adapter.apply(create(ADA));
    Instant made = adapter.user(ref).orElseThrow().createdAt().orElseThrow();
    assertThat(made).isBetween(today(), Instant.now().plusSeconds(1));

    adapter.apply(
        new UpdateUser(
            ref, ADA.with(PbxField.EMAIL, Optional.empty()), Set.of(PbxField.EMAIL), Map.of()));

    assertThat(adapter.user(ref).orElseThrow().createdAt()).hasValue(Instant.EPOCH);
  }
}
