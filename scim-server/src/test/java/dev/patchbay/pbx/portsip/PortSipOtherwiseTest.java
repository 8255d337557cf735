package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.emulator.portsip.Otherwise;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import dev.patchbay.emulator.portsip.PortSipEmulatorOptions;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.Attempt;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A PortSIP that differs in one thing from what is assumed of it. */
@Timeout(30)
class PortSipOtherwiseTest {
  private static final PbxUser ADA = user("ada", "0100");
  private static final PbxUser GRACE = user("grace", "0101");
  private static final PbxSecrets SECRETS =
      new PbxSecrets(
          Secret.of("Blue-7-Kettle-Sings"), Secret.of("Green-9-Spoon-Falls"), Secret.of("749205"));
  private static final String MERGE = "update-mode: merge";
  private static final String READ_FIRST = "update-mode: read-modify-write";

  @TempDir private Path directory;
  private Optional<PortSipEmulator> started = Optional.empty();
  private Optional<PbxAdapter> opened = Optional.empty();

  private static PbxUser user(String name, String number) {
    return new PbxUser(
        Map.of(
            PbxField.NAME,
            name,
            PbxField.EXTENSION,
            number,
            PbxField.DISPLAY_NAME,
            name,
            PbxField.EMAIL,
            name + "@example.com",
            PbxField.ENABLED,
            "true",
            PbxField.ROLE,
            "StandardUser",
            PbxField.DEPARTMENT,
            "Engines"));
  }

  private PbxAdapter open(Set<Otherwise> different, String... settings) throws IOException {
    return open(it -> it.withOtherwise(different), settings);
  }

  private PbxAdapter open(UnaryOperator<PortSipEmulatorOptions> options, String... settings)
      throws IOException {
    var pbx = PortSipEmulator.start(options.apply(PortSipEmulatorOptions.defaults()));
    started = Optional.of(pbx);
    Path token = Files.writeString(directory.resolve("token"), pbx.token());
    var section =
        Section.of(
            "base-url: %s\ntoken: file:%s\nrequests-per-minute: 0\n%s"
                .formatted(pbx.uri(), token, String.join("\n", settings)));
    opened = Optional.of(new PortSipDialect().open("office", section, Clock.systemUTC(), () -> 1));
    return opened.get();
  }

  @AfterEach
  void close() {
    opened.ifPresent(PbxAdapter::close);
    started.ifPresent(PortSipEmulator::close);
  }

  private List<String> lines() {
    return started.orElseThrow().calls().lines();
  }

  private static PbxRef create(PbxAdapter pbx, PbxUser user) {
    return pbx.apply(new CreateUser(user, SECRETS));
  }

  private static UpdateUser cleared(PbxRef ref, PbxUser before, PbxField field, PbxField... more) {
    var changed = new HashSet<>(Set.of(more));
    changed.add(field);
    return new UpdateUser(ref, before.with(field, Optional.empty()), changed, Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void aPersonComesAndGoes(Otherwise different) throws IOException {
    var pbx = open(Set.of(different), "clear-with: empty");
    var quoted = user("o'neil", "0100");
    PbxRef group = pbx.apply(new CreateGroup(new PbxGroup("O'Neil's", Optional.of("Irish"))));

    PbxRef ref = create(pbx, quoted);
    assertThat(pbx.usersWith("o'neil", "999")).extracting(Found::ref).containsExactly(ref);
    assertThat(pbx.groupNamed("O'Neil's").orElseThrow().ref()).isEqualTo(group);
    pbx.apply(cleared(ref, quoted, PbxField.DEPARTMENT));
    for (int time = 0; time < 2; time++) {
      pbx.apply(new AddMember(group, "0100"));
      pbx.apply(new BindMicrosoft365(ref, "o.neil@example.com", Attempt.AGAIN));
    }
    for (int time = 0; time < 2; time++) {
      pbx.apply(new UnbindMicrosoft365(ref));
      pbx.apply(new RemoveMember(group, "0100"));
    }
    assertThat(pbx.user(ref).orElseThrow().value().get(PbxField.DEPARTMENT)).isEmpty();
    for (int time = 0; time < 2; time++) {
      pbx.apply(new DeleteUser(ref));
    }

    assertThat(pbx.user(ref)).isEmpty();
    assertThat(pbx.members(group)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {MERGE, READ_FIRST})
  void aValueThatIsKeptIsNotSaidToBeGone(String mode) throws IOException {
    var pbx = open(Set.of(Otherwise.NULL_KEEPS), mode);
    PbxRef ref = create(pbx, ADA);

    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> pbx.apply(cleared(ref, ADA, PbxField.DEPARTMENT)))
          .isInstanceOfSatisfying(
              Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNSUPPORTED))
          .hasMessage(
              "pbx 'office' does not clear department by null in UpdateUser"
                  + " (see its setting clear-with)");
    }
    assertThat(lines().stream().filter(("POST /api/users/" + ref.id())::equals)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {MERGE, READ_FIRST})
  void whatIsDoneBesideAValueThatIsKeptHasToBeRead(String mode) throws IOException {
    var pbx = open(Set.of(Otherwise.NULL_KEEPS), mode);
    PbxRef ref = create(pbx, ADA);
    PbxUser disabled = ADA.with(PbxField.ENABLED, Optional.of("false"));
    var both = cleared(ref, disabled, PbxField.DEPARTMENT, PbxField.ENABLED);

    assertThatThrownBy(() -> pbx.apply(both)).isInstanceOf(OutcomeUnknown.class);
    assertThat(pbx.user(ref).orElseThrow().value().enabled()).isFalse();
    assertThatThrownBy(() -> pbx.apply(both)).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"FORWARD_DND_OFFICE", "PREFERRED_TRANSPORT", "CUSTOM_OPTIONS"})
  void aSettingThatIsKeptIsNotSaidToBeGone(PbxField setting) throws IOException {
    var pbx = open(Set.of(Otherwise.NULL_KEEPS), MERGE);
    var values =
        Map.of(
            PbxField.FORWARD_DND_OFFICE, "{\"action\":\"HANGUP\"}",
            PbxField.PREFERRED_TRANSPORT, "TLS",
            PbxField.CUSTOM_OPTIONS, "{\"a\":1}");
    PbxUser set = ADA.with(setting, Optional.ofNullable(values.get(setting)));
    PbxRef ref = create(pbx, set);

    assertThatThrownBy(() -> pbx.apply(cleared(ref, set, setting))).isInstanceOf(Rejected.class);
  }

  @Test
  void aDescriptionThatIsKeptIsNotSaidToBeGone() throws IOException {
    var pbx = open(Set.of(Otherwise.NULL_KEEPS), MERGE);
    var described = new PbxGroup("Sales", Optional.of("Who sells"));
    var role = new PbxRole("Desk", Optional.of("Who answers"), Set.of());
    var bare = new PbxRole("Desk", Optional.empty(), Set.of());
    PbxRef group = pbx.apply(new CreateGroup(described));
    PbxRef desk = pbx.apply(new CreateRole(role));

    assertThatThrownBy(
            () ->
                pbx.apply(
                    new UpdateGroup(
                        group,
                        new PbxGroup("Sales", Optional.empty()),
                        Set.of(PbxField.DESCRIPTION))))
        .isInstanceOf(Rejected.class);
    // An update of a role replaces, so null is left out and clears.
    pbx.apply(new UpdateRole(desk, bare));
    assertThat(pbx.role(desk).orElseThrow().value()).isEqualTo(bare);
  }

  @Test
  void aFieldIsLookedAtUntilItWasSeenToGo() throws IOException {
    var pbx = open(Set.of(), MERGE);
    PbxRef ada = create(pbx, ADA);
    PbxRef grace = create(pbx, GRACE);
    PbxRef blank = create(pbx, user("blank", "0102").with(PbxField.DEPARTMENT, Optional.empty()));
    started.orElseThrow().calls().clear();

    pbx.apply(cleared(blank, ADA, PbxField.DEPARTMENT)); // proves nothing
    pbx.apply(cleared(ada, ADA, PbxField.DEPARTMENT));
    pbx.apply(cleared(grace, GRACE, PbxField.DEPARTMENT));

    String look = "GET /api/users/";
    String update = "POST /api/users/";
    assertThat(lines())
        .containsExactly(
            look + blank.id(),
            update + blank.id(),
            look + ada.id(),
            update + ada.id(),
            look + ada.id(),
            update + grace.id());
  }

  @Test
  void aRefusedBindingLeavesThatOfAnAdministrator() throws IOException {
    var pbx = open(Set.of());
    PbxRef ada = create(pbx, ADA);
    PbxRef grace = create(pbx, GRACE);
    pbx.apply(new BindMicrosoft365(ada, "by.hand@example.com"));

    assertThatThrownBy(() -> pbx.apply(new BindMicrosoft365(ada, "ada@example.com")))
        .isInstanceOf(Rejected.class);

    assertThatThrownBy(() -> pbx.apply(new BindMicrosoft365(grace, "by.hand@example.com")))
        .isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"BIND_REPLACES", "BIND_TWICE_REFUSED", "UNBOUND_400"})
  void aBindingThatMayBeOursTakesTheOthersPlace(Otherwise different) throws IOException {
    var pbx = open(Set.of(different));
    PbxRef ada = create(pbx, ADA);
    PbxRef grace = create(pbx, GRACE);
    pbx.apply(new BindMicrosoft365(ada, "old@example.com"));

    pbx.apply(new BindMicrosoft365(ada, "new@example.com", Attempt.AGAIN));

    pbx.apply(new BindMicrosoft365(grace, "old@example.com"));
    assertThatThrownBy(() -> pbx.apply(new BindMicrosoft365(grace, "new@example.com")))
        .isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_RETRY_AFTER", "BARE_REFUSALS"})
  void aThrottledCallSaysWhenToComeBack(Otherwise different) throws IOException {
    var pbx = open(it -> it.withOtherwise(Set.of(different)).withRateLimit(1));
    PbxRef unused = create(pbx, ADA);

    assertThatThrownBy(() -> create(pbx, GRACE))
        .isInstanceOfSatisfying(
            Unavailable.class,
            later ->
                assertThat(later.retryAfter())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)));
  }

  @Test
  void whoGetsANumberThatWasLeftInAGroupIsInIt() throws IOException {
    var pbx = open(Set.of(Otherwise.MEMBERSHIPS_STAY));
    PbxRef group = pbx.apply(new CreateGroup(new PbxGroup("Sales", Optional.empty())));
    PbxRef ada = create(pbx, ADA);
    pbx.apply(new AddMember(group, "0100"));
    pbx.apply(new DeleteUser(ada));

    PbxRef unused = create(pbx, user("newcomer", "0100"));

    assertThat(pbx.members(group)).containsExactly("0100"); // so the bridge lets nobody leave so
  }
}
