package dev.patchbay.pbx;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.AddSpeedDial;
import dev.patchbay.pbx.api.PbxCall.AssignPhone;
import dev.patchbay.pbx.api.PbxCall.Attempt;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.ChangeLine;
import dev.patchbay.pbx.api.PbxCall.ChangePhone;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.ChangeSpeedDial;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.EndRegistrations;
import dev.patchbay.pbx.api.PbxCall.JoinLine;
import dev.patchbay.pbx.api.PbxCall.LeaveLine;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.RemovePhone;
import dev.patchbay.pbx.api.PbxCall.RemoveSpeedDial;
import dev.patchbay.pbx.api.PbxCall.ResetProfile;
import dev.patchbay.pbx.api.PbxCall.SetExtensionPassword;
import dev.patchbay.pbx.api.PbxCall.SetPassword;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Cause;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.api.PbxUser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every dialect's adapter keeps, proved against an emulated PBX of that dialect. */
@Timeout(60)
public abstract class PbxAdapterContract {

  /** What happens to a call between us and the PBX. */
  protected enum Mishap {
    /** The connection is cut before the PBX reads the call. */
    CUT,
    /** The PBX does it and the answer is lost. */
    ANSWER_LOST,
    /** The PBX does it and answers after the call limit. */
    LATE,
    /** The PBX reports a fault of its own. */
    SERVER_ERROR,
    THROTTLED,
    REFUSED,
    CONFLICT,
    ABSENT
  }

  protected static final PbxUser ADA =
      new PbxUser(
          Map.of(
              PbxField.NAME, "ada",
              PbxField.EXTENSION, "0100",
              PbxField.DISPLAY_NAME, "Ada Lovelace",
              PbxField.EMAIL, "ada@example.com",
              PbxField.ENABLED, "true",
              PbxField.ROLE, "StandardUser",
              PbxField.MOBILE_PHONE, "+44 20 7946 0000",
              PbxField.DEPARTMENT, "Engines"));
  private static final PbxPart PHONE =
      new PbxPart(
          "0c:38:3e:63:fe:e8",
          Map.ofEntries(
              Map.entry("vendor", "Fanvil"),
              Map.entry("model", "V62 Pro"),
              Map.entry("template", "fanvil.ph.xml"),
              Map.entry("timezone", "GMT+8 China(Beijing)"),
              Map.entry("language", "ENGLISH"),
              Map.entry("codecs", "PCMU PCMA"),
              Map.entry("transport", "TLS"),
              Map.entry("interface", "PUBLIC_IPV4"),
              Map.entry("rps", "true")));
  private static final PbxPart LINE = new PbxPart("4711", Map.of());
  private static final PbxPart DIAL =
      new PbxPart("8/2", Map.of("number", "0101", "description", "Grace"));
  protected static final PbxRef NOBODY = new PbxRef("bm9ib2R5");
  private static final Secret PASSWORD = Secret.of("Blue-7-Kettle-Sings");
  private static final PbxSecrets SECRETS =
      new PbxSecrets(PASSWORD, Secret.of("Green-9-Spoon-Falls"), Secret.of("749205"));
  private static final PbxGroup SALES = new PbxGroup("Sales", Optional.of("Who sells"));

  protected abstract PbxAdapter adapter();

  /** Lets the next effect, and nothing else, come to this. */
  protected abstract void next(Mishap mishap);

  /** Waits until the PBX has ended what it is still doing. */
  protected abstract void settle();

  protected static CreateUser create(PbxUser user) {
    return new CreateUser(user, SECRETS);
  }

  private static PbxUser user(String name, String extension) {
    return ADA.with(PbxField.NAME, Optional.of(name))
        .with(PbxField.EXTENSION, Optional.of(extension))
        .with(PbxField.EMAIL, Optional.of(name + "@example.com"));
  }

  private PbxCapabilities can() {
    return adapter().capabilities();
  }

  /** Of the calls, those that this PBX offers. */
  private List<PbxCall> offered(PbxCall... calls) {
    return Stream.of(calls).filter(call -> can().offers(call.getClass())).toList();
  }

  /** By what a group knows a user. */
  private String member(String name, String extension) {
    return can().holds(PbxField.EXTENSION) ? extension : name;
  }

  /** The call by which an existing user gets that role. */
  private PbxCall role(PbxRef ref, String role) {
    return can().offers(ChangeRole.class)
        ? new ChangeRole(ref, role)
        : new UpdateUser(
            ref, ADA.with(PbxField.ROLE, Optional.of(role)), Set.of(PbxField.ROLE), Map.of());
  }

  private PbxRef apply(PbxCall call) {
    return adapter().apply(call);
  }

  /** What the PBX shows of a user, the user's own settings apart. */
  private PbxUser read(PbxRef ref) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.putAll(adapter().user(ref).orElseThrow().value().fields());
    fields.keySet().removeIf(PbxField::yields);
    return new PbxUser(fields);
  }

  private PbxUser canonical(PbxUser user) {
    PbxUser canonical = adapter().canonical(user);
    for (PbxField field : adapter().capabilities().unread()) {
      canonical = canonical.with(field, Optional.empty());
    }
    return canonical;
  }

  @Test
  void aCreatedUserReadsAsItsCanonicalForm() {
    PbxRef ref = apply(create(ADA));

    assertThat(read(ref)).isEqualTo(canonical(ADA));
  }

  @Test
  void aUserCanBeCreatedDisabled() {
    PbxRef ref = apply(create(ADA.with(PbxField.ENABLED, Optional.of("false"))));

    assertThat(read(ref).enabled()).isFalse();
  }

  @Test
  void blanksAreNoValues() {
    PbxUser blank = ADA.with(PbxField.DEPARTMENT, Optional.of(" "));

    PbxRef ref = apply(create(blank));

    assertThat(read(ref)).isEqualTo(canonical(blank));
  }

  @Test
  void canonicalFormsAreStable() {
    PbxUser once = adapter().canonical(ADA.with(PbxField.ADDRESS, Optional.of("")));

    assertThat(adapter().canonical(once)).isEqualTo(once);
  }

  @Test
  void aUserIsFoundByName() {
    PbxRef ref = apply(create(ADA));
    apply(create(user("grace", "0101")));

    assertThat(adapter().usersWith("ada", "999")).extracting(Found::ref).containsExactly(ref);
    assertThat(adapter().usersWith("nobody", "999")).isEmpty();
  }

  @Test
  void aUserIsFoundByExtension() {
    if (!can().holds(PbxField.EXTENSION)) {
      assertNumberless();
      return;
    }
    PbxRef ref = apply(create(ADA));
    apply(create(user("grace", "0101")));

    assertThat(adapter().usersWith("nobody", "0100")).extracting(Found::ref).containsExactly(ref);
    assertThat(adapter().usersWith("ada", "0101")).hasSize(2);
    assertThat(adapter().usersWith("nobody", "100")).isEmpty();
  }

  /** A name with a character that means something in a query. */
  protected String specialName() {
    return "o'neil";
  }

  @Test
  void aNameWithASpecialCharacterIsFound() {
    PbxRef ref = apply(create(user(specialName(), "0100")));

    assertThat(adapter().usersWith(specialName(), "999"))
        .extracting(Found::ref)
        .containsExactly(ref);
  }

  @Test
  void everyUserOfManyPagesIsListedOnce() {
    var created =
        IntStream.range(0, 205)
            .mapToObj(i -> apply(create(user("user-" + i, String.valueOf(1000 + i)))))
            .collect(toSet());

    try (var users = adapter().users()) {
      assertThat(users.map(Found::ref)).hasSize(205).containsAll(created);
    }
  }

  @Test
  void aUserThatIsNotThereIsEmpty() {
    assertThat(adapter().user(NOBODY)).isEmpty();
  }

  @Test
  void anUpdateSetsWhatChangedAndLeavesTheRest() {
    PbxRef ref = apply(create(ADA));
    PbxUser changed =
        ADA.with(PbxField.ENABLED, Optional.of("false"))
            .with(PbxField.DISPLAY_NAME, Optional.of("Countess of Lovelace"))
            .with(PbxField.DEPARTMENT, Optional.empty());
    PbxUser stale = changed.with(PbxField.MOBILE_PHONE, Optional.of("not to be sent"));

    for (PbxUpdate update : can().updates()) {
      var fields = EnumSet.of(PbxField.ENABLED, PbxField.DISPLAY_NAME, PbxField.DEPARTMENT);
      fields.retainAll(update.fields());
      apply(new UpdateUser(ref, stale, fields, Map.of()));
    }

    assertThat(read(ref)).isEqualTo(canonical(changed));
  }

  /** Whether a value can be taken away; else a call that was to is no success. */
  protected boolean clears() {
    return true;
  }

  @Test
  void settingsAreMadeChangedAndTakenBack() {
    var held = can().fields().held().stream().filter(PbxField::yields).collect(toSet());
    PbxRef ref = apply(create(Samples.FIRST.of(ADA, held)));
    assertSettings(ref, Samples.FIRST, held);

    for (int time = 0; time < 2; time++) {
      update(ref, Samples.SECOND.of(ADA, held), held);
      assertSettings(ref, Samples.SECOND, held);
    }
    if (!clears()) {
      assertThatThrownBy(() -> update(ref, ADA, held)).isInstanceOf(PbxException.class);
      return;
    }
    for (int time = 0; time < 2; time++) {
      update(ref, ADA, held);
      assertThat(read(ref)).isEqualTo(canonical(ADA));
    }
    var blank = adapter().user(ref).orElseThrow().value();
    var second = canonical(Samples.SECOND.of(ADA, held));
    held.removeIf(field -> second.get(field).filter("true"::equals).isPresent());
    held.removeIf(field -> second.get(field).filter("false"::equals).isPresent());
    held.forEach(it -> assertThat(blank.get(it)).as(it.name()).isNotEqualTo(second.get(it)));
  }

  private void update(PbxRef ref, PbxUser user, Set<PbxField> fields) {
    for (PbxUpdate update : can().updates()) {
      var changed = new HashSet<>(fields);
      changed.retainAll(update.fields());
      if (!changed.isEmpty()) {
        apply(new UpdateUser(ref, user, changed, Map.of()));
      }
    }
  }

  private void assertSettings(PbxRef ref, Samples samples, Set<PbxField> held) {
    var shown = adapter().user(ref).orElseThrow().value();
    var wanted = canonical(samples.of(ADA, held));
    for (PbxField field : held) {
      assertThat(wanted.get(field)).as(field.name()).isPresent();
      assertThat(shown.get(field)).as(field.name()).isEqualTo(wanted.get(field));
    }
  }

  @Test
  void aListSaysNothingElseOfSettingsThanASingleRead() {
    var held = can().fields().held().stream().filter(PbxField::yields).collect(toSet());
    PbxRef ref = apply(create(Samples.FIRST.of(ADA, held)));

    try (var users = adapter().users()) {
      var listed = users.filter(it -> it.ref().equals(ref)).findFirst().orElseThrow().value();
      held.removeAll(can().fields().unlisted());
      var read = adapter().user(ref).orElseThrow().value();
      held.forEach(it -> assertThat(listed.get(it)).isEqualTo(read.get(it)));
    }
  }

  @Test
  void aRepeatableCallMayBeSentTwice() {
    PbxRef ref = apply(create(ADA));
    PbxUser renamed = ADA.with(PbxField.DISPLAY_NAME, Optional.of("Countess"));

    for (int time = 0; time < 2; time++) {
      for (PbxUpdate update : can().updates()) {
        var name = EnumSet.of(PbxField.DISPLAY_NAME);
        name.retainAll(update.fields());
        apply(new UpdateUser(ref, renamed, name, secrets(update)));
      }
      apply(role(ref, "QueueManager"));
      offered(
              new SetPassword(ref, Secret.of("Red-5-Bucket-Swims")),
              new SetExtensionPassword(ref, Secret.of("Grey-3-Ladder-Flies")),
              new BindMicrosoft365(ref, "ada@example.com", Attempt.AGAIN))
          .forEach(this::apply);
    }

    assertThat(read(ref))
        .isEqualTo(canonical(renamed.with(PbxField.ROLE, Optional.of("QueueManager"))));
  }

  private static Map<PbxSecret, Secret> secrets(PbxUpdate update) {
    var secrets =
        new EnumMap<PbxSecret, Secret>(
            Map.of(
                PbxSecret.PASSWORD, Secret.of("Red-5-Bucket-Swims"),
                PbxSecret.EXTENSION_PASSWORD, Secret.of("Grey-3-Ladder-Flies"),
                PbxSecret.VOICEMAIL_PIN, Secret.of("836150")));
    secrets.keySet().retainAll(update.secrets());
    return secrets;
  }

  private static PbxPart with(PbxPart part, String name, String value) {
    var values = new HashMap<>(part.values());
    values.put(name, value);
    return new PbxPart(part.key(), part.id(), values);
  }

  /** The user's parts without what the PBX calls them. */
  private List<PbxPart> parts(PbxRef user, PbxField kind) {
    return adapter().parts(user, kind).byKey().values().stream()
        .map(part -> part.with(Optional.empty()))
        .toList();
  }

  @Test
  void aPhoneIsGivenChangedAndTakenAwayAsOftenAsItIsAskedFor() {
    if (!can().offers(AssignPhone.class)) {
      assertDeclined(new AssignPhone(NOBODY, PHONE));
      return;
    }
    PbxRef ada = apply(create(ADA));
    var german = with(PHONE, "language", "GERMAN");

    PbxRef phone = apply(new AssignPhone(ada, PHONE));
    assertThat(apply(new AssignPhone(ada, PHONE))).isEqualTo(phone);
    assertThat(parts(ada, PbxField.PHONES)).containsExactly(PHONE);
    for (int time = 0; time < 2; time++) {
      var known = german.with(Optional.of(phone.id()));
      assertThat(apply(new ChangePhone(ada, known))).isEqualTo(phone);
    }
    assertThat(parts(ada, PbxField.PHONES)).containsExactly(german);
    for (int time = 0; time < 2; time++) {
      apply(new RemovePhone(ada, german.with(Optional.of(phone.id()))));
    }

    assertThat(parts(ada, PbxField.PHONES)).isEmpty();
  }

  @Test
  void aPhoneWhoseIdIsNotKnownIsFoundByItsAddress() {
    if (!can().offers(AssignPhone.class)) {
      assertDeclined(new ChangePhone(NOBODY, PHONE));
      return;
    }
    PbxRef ada = apply(create(ADA));
    apply(new AssignPhone(ada, PHONE));
    var german = with(PHONE, "language", "GERMAN");

    apply(new ChangePhone(ada, german));
    assertThat(parts(ada, PbxField.PHONES)).containsExactly(german);
    for (int time = 0; time < 2; time++) {
      apply(new RemovePhone(ada, german));
    }

    assertThat(parts(ada, PbxField.PHONES)).isEmpty();
  }

  @Test
  void aLostPhoneIsGivenAgainAndAnotherModelIsAnotherPhone() {
    if (!can().offers(AssignPhone.class)) {
      assertDeclined(new RemovePhone(NOBODY, PHONE));
      return;
    }
    PbxRef ada = apply(create(ADA));
    var other = with(PHONE, "model", "V67");

    apply(new ChangePhone(ada, PHONE.with(Optional.of("NzAwNTUxOTA5NzczMTQ4MTk5"))));
    assertThat(parts(ada, PbxField.PHONES)).containsExactly(PHONE);
    apply(new AssignPhone(ada, other));

    assertThat(parts(ada, PbxField.PHONES)).containsExactly(other);
  }

  @Test
  void aPhoneOfSomebodyElseIsAConflict() {
    if (!can().offers(AssignPhone.class)) {
      assertDeclined(new AssignPhone(NOBODY, PHONE));
      return;
    }
    PbxRef ada = apply(create(ADA));
    PbxRef grace = apply(create(user("grace", "0101")));
    apply(new AssignPhone(ada, PHONE));

    assertThatThrownBy(() -> apply(new AssignPhone(grace, PHONE)))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.CONFLICT));
    assertThat(parts(grace, PbxField.PHONES)).isEmpty();
  }

  @Test
  void aSpeedDialIsGivenChangedAndTakenAwayAsOftenAsItIsAskedFor() {
    if (!can().offers(AddSpeedDial.class)) {
      assertDeclined(new AddSpeedDial(NOBODY, DIAL));
      return;
    }
    PbxRef ada = apply(create(ADA));
    var long100 = new PbxPart("100/07", Map.of("number", "+46 8 1"));
    var other = new PbxPart(DIAL.key(), Map.of("number", "0102"));

    for (int time = 0; time < 2; time++) {
      apply(new AddSpeedDial(ada, DIAL));
      apply(new AddSpeedDial(ada, long100));
    }
    assertThat(parts(ada, PbxField.SPEED_DIALS)).containsExactly(long100, DIAL);
    apply(new ChangeSpeedDial(ada, other));
    assertThat(parts(ada, PbxField.SPEED_DIALS)).containsExactly(long100, other);
    for (int time = 0; time < 2; time++) {
      apply(new RemoveSpeedDial(ada, long100));
    }

    assertThat(parts(ada, PbxField.SPEED_DIALS)).containsExactly(other);
  }

  @Test
  void aUserWithoutPhonesIsSignedOutAndNobodyHasAStatus() {
    if (!can().offers(EndRegistrations.class)) {
      assertDeclined(new EndRegistrations(NOBODY));
      assertThat(adapter().status(NOBODY)).isEmpty();
      return;
    }
    PbxRef ada = apply(create(ADA));

    assertThat(apply(new EndRegistrations(ada))).isEqualTo(ada);
    assertThat(apply(new ResetProfile(ada))).isEqualTo(ada);

    assertThat(adapter().status(ada).orElseThrow().registered()).isFalse();
    assertThat(adapter().status(NOBODY)).isEmpty();
  }

  @Test
  void aGroupIsRenamedAndJoinedAsOftenAsItIsAskedFor() {
    if (!can().groups()) {
      assertDeclined(new CreateGroup(SALES));
      return;
    }
    apply(create(ADA));
    PbxRef group = apply(new CreateGroup(SALES));
    var north = new PbxGroup("Sales north", Optional.empty());

    for (int time = 0; time < 2; time++) {
      offered(new UpdateGroup(group, north)).forEach(this::apply);
      apply(new AddMember(group, member("ada", "0100")));
    }

    assertThat(adapter().group(group).orElseThrow().value())
        .isEqualTo(can().offers(UpdateGroup.class) ? north : adapter().canonical(SALES));
    assertThat(adapter().members(group)).containsExactly(member("ada", "0100"));
    assertThat(adapter().isMember(group, member("ada", "0100"))).isTrue();
  }

  @Test
  void whatTakesAwayFromAUserMayBeSentTwice() {
    PbxRef ref = apply(create(ADA));
    offered(new BindMicrosoft365(ref, "ada@example.com")).forEach(this::apply);

    for (int time = 0; time < 2; time++) {
      offered(new UnbindMicrosoft365(ref)).forEach(this::apply);
    }
    for (int time = 0; time < 2; time++) {
      assertThat(apply(new DeleteUser(ref))).isEqualTo(ref);
    }

    assertThat(adapter().user(ref)).isEmpty();
  }

  @Test
  void whatTakesAwayFromAGroupMayBeSentTwice() {
    if (!can().groups()) {
      assertDeclined(new CreateGroup(SALES));
      return;
    }
    apply(create(ADA));
    PbxRef group = apply(new CreateGroup(SALES));
    String ada = member("ada", "0100");
    apply(new AddMember(group, ada));

    for (int time = 0; time < 2; time++) {
      apply(new RemoveMember(group, ada));
      assertThat(adapter().isMember(group, ada)).isFalse();
    }
    if (!can().offers(DeleteGroup.class)) {
      assertDeclined(new DeleteGroup(group));
      return;
    }
    for (int time = 0; time < 2; time++) {
      assertThat(apply(new DeleteGroup(group))).isEqualTo(group);
    }
    apply(new RemoveMember(group, ada));

    assertThat(adapter().group(group)).isEmpty();
    assertThat(adapter().isMember(group, ada)).isFalse();
  }

  @Test
  void aCreateAnswersTheReferenceItIsFoundBy() {
    if (!can().groups()) {
      assertDeclined(new CreateGroup(SALES));
      return;
    }
    PbxRef group = apply(new CreateGroup(SALES));

    Found<PbxGroup> found = adapter().groupNamed("Sales").orElseThrow();

    assertThat(found.ref()).isEqualTo(group);
    assertThat(found.value()).isEqualTo(adapter().canonical(SALES));
    assertThat(adapter().groupNamed("Sale")).isEmpty();
  }

  @Test
  void everyGroupIsListedWithWhoIsInIt() {
    if (!can().groups()) {
      assertDeclined(new CreateGroup(SALES));
      return;
    }
    apply(create(ADA));
    apply(create(user("grace", "0101")));
    PbxRef group = apply(new CreateGroup(SALES));
    apply(new AddMember(group, member("ada", "0100")));
    apply(new AddMember(group, member("grace", "0101")));
    PbxRef empty = apply(new CreateGroup(new PbxGroup("Support", Optional.empty())));

    try (var groups = adapter().groups()) {
      assertThat(groups.map(Found::ref)).containsExactlyInAnyOrder(group, empty);
    }
    assertThat(adapter().members(group))
        .containsExactlyInAnyOrder(member("ada", "0100"), member("grace", "0101"));
    assertThat(adapter().members(empty)).isEmpty();
    assertThat(adapter().members(NOBODY)).isEmpty();
  }

  @Test
  void aTakenNameIsRejected() {
    apply(create(ADA));

    assertTaken(create(user("ada", "0101")));
    assertThat(adapter().usersWith("ada", "0101")).hasSize(1);
  }

  @Test
  void aTakenExtensionIsRejected() {
    if (!can().holds(PbxField.EXTENSION)) {
      assertNumberless();
      return;
    }
    apply(create(ADA));

    assertTaken(create(user("grace", "0100")));
    assertThat(adapter().usersWith("grace", "0101")).isEmpty();
  }

  /** What it does not offer it refuses as such, and never as a success. */
  private void assertDeclined(PbxCall call) {
    assertThat(can().offers(call.getClass())).isFalse();
    assertThatThrownBy(() -> adapter().apply(call))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.UNSUPPORTED));
  }

  /** A number that nobody has is neither shown nor found. */
  private void assertNumberless() {
    PbxRef ref = apply(create(ADA));
    assertThat(adapter().user(ref).orElseThrow().value().get(PbxField.EXTENSION)).isEmpty();
    assertThat(adapter().usersWith("nobody", "0100")).isEmpty();
  }

  private void assertTaken(PbxCall again) {
    assertThatThrownBy(() -> apply(again))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isIn(Reason.CONFLICT, Reason.INVALID));
  }

  @Test
  void aChangeOfWhatIsNotThereIsRejectedAsAbsent() {
    var calls = new ArrayList<PbxCall>();
    for (PbxUpdate update : can().updates()) {
      calls.add(new UpdateUser(NOBODY, ADA, Set.of(anyOf(update)), Map.of()));
    }
    calls.addAll(
        offered(
            new ChangeRole(NOBODY, "StandardUser"),
            new SetPassword(NOBODY, PASSWORD),
            new BindMicrosoft365(NOBODY, "ada@example.com"),
            new UpdateGroup(NOBODY, SALES),
            new AddMember(NOBODY, "0100"),
            new UpdateRole(NOBODY, role("Desk")),
            new AssignPhone(NOBODY, PHONE),
            new ChangePhone(NOBODY, PHONE),
            new AddSpeedDial(NOBODY, DIAL),
            new JoinLine(NOBODY, LINE),
            new ChangeLine(NOBODY, LINE),
            new ResetProfile(NOBODY),
            new EndRegistrations(NOBODY)));
    for (PbxCall call : calls) {
      assertThatThrownBy(() -> apply(call))
          .as(call.toString())
          .isInstanceOfSatisfying(
              Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.ABSENT));
    }
  }

  private static PbxField anyOf(PbxUpdate update) {
    return update.fields().contains(PbxField.EMAIL) ? PbxField.EMAIL : PbxField.ENABLED;
  }

  /** A user with a value that this PBX does not take. */
  protected PbxUser impossible() {
    return user("not a name!", "0100");
  }

  @Test
  void aValueThePbxDoesNotTakeIsRejected() {
    var call = create(impossible());

    assertThatThrownBy(() -> apply(call))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isIn(Reason.INVALID, Reason.FORBIDDEN));
  }

  @Test
  void whatThePbxDoesNotOfferIsSaidToBeUnsupported() {
    var all =
        List.of(
            new ChangeRole(NOBODY, "StandardUser"),
            new SetPassword(NOBODY, PASSWORD),
            new SetExtensionPassword(NOBODY, PASSWORD),
            new BindMicrosoft365(NOBODY, "ada@example.com"),
            new UnbindMicrosoft365(NOBODY),
            new DeleteUser(NOBODY),
            new CreateGroup(SALES),
            new UpdateGroup(NOBODY, SALES),
            new DeleteGroup(NOBODY),
            new AddMember(NOBODY, "0100"),
            new RemoveMember(NOBODY, "0100"),
            new CreateRole(role("Desk")),
            new UpdateRole(NOBODY, role("Desk")),
            new DeleteRole(NOBODY),
            new AssignPhone(NOBODY, PHONE),
            new ChangePhone(NOBODY, PHONE),
            new RemovePhone(NOBODY, PHONE),
            new AddSpeedDial(NOBODY, DIAL),
            new ChangeSpeedDial(NOBODY, DIAL),
            new RemoveSpeedDial(NOBODY, DIAL),
            new JoinLine(NOBODY, LINE),
            new ChangeLine(NOBODY, LINE),
            new LeaveLine(NOBODY, LINE),
            new ResetProfile(NOBODY),
            new EndRegistrations(NOBODY));
    for (PbxCall call : all) {
      if (!can().offers(call.getClass())) {
        assertThatThrownBy(() -> apply(call))
            .as(call.name())
            .isInstanceOfSatisfying(
                Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.UNSUPPORTED));
      }
    }
  }

  @Test
  void theRolesAndThePolicyAreThePbxs() {
    assertThat(adapter().roles())
        .filteredOn(role -> role.value().name().equalsIgnoreCase("StandardUser"))
        .singleElement()
        .matches(Found::managedByPbx);
    assertThat(adapter().passwordPolicy().minLength())
        .isPositive()
        .isLessThanOrEqualTo(adapter().passwordPolicy().maxLength());
  }

  @Test
  void aCreatedRoleReadsAsItWasAsked() {
    if (!can().offers(CreateRole.class)) {
      assertDeclined(new CreateRole(role("Desk")));
      return;
    }
    var desk = role("Front Desk/1");

    PbxRef ref = apply(new CreateRole(desk));

    assertThat(adapter().role(ref))
        .hasValueSatisfying(
            found -> {
              assertThat(found.ref()).isEqualTo(ref);
              assertThat(found.value()).isEqualTo(desk);
              assertThat(found.managedByPbx()).isFalse();
            });
    assertThat(adapter().roles())
        .filteredOn(found -> found.ref().equals(ref))
        .extracting(found -> found.value().name())
        .containsExactly("Front Desk/1");
  }

  @Test
  void aRoleIsChangedAndDeletedAsOftenAsItIsAskedFor() {
    if (!can().offers(CreateRole.class)) {
      assertDeclined(new CreateRole(role("Desk")));
      return;
    }
    PbxRef ref = apply(new CreateRole(role("Desk")));
    var less = new PbxRole("Desk", Optional.empty(), Set.of());

    for (int time = 0; time < 2; time++) {
      assertThat(apply(new UpdateRole(ref, less))).isEqualTo(ref);
      assertThat(adapter().role(ref).orElseThrow().value()).isEqualTo(less);
    }
    for (int time = 0; time < 2; time++) {
      assertThat(apply(new DeleteRole(ref))).isEqualTo(ref);
      assertThat(adapter().role(ref)).isEmpty();
    }
  }

  @Test
  void aRoleThatIsTakenOrBuiltInIsKept() {
    if (!can().offers(CreateRole.class)) {
      assertDeclined(new CreateRole(role("Desk")));
      return;
    }
    PbxRef ref = apply(new CreateRole(role("Desk")));
    PbxRef builtIn =
        adapter().roles().stream()
            .filter(found -> found.value().name().equals("StandardUser"))
            .map(Found::ref)
            .findFirst()
            .orElseThrow();

    for (PbxCall call : new PbxCall[] {new CreateRole(role("Desk")), new DeleteRole(builtIn)}) {
      assertThatThrownBy(() -> apply(call)).as(call.name()).isInstanceOf(Rejected.class);
    }
    assertThat(adapter().role(ref)).isPresent();
    assertThat(adapter().role(builtIn)).isPresent();
  }

  /**
   * Whether the PBX lets a role go that a user has; the bridge asks only where it knows of none.
   */
  protected boolean keepsRolesInUse() {
    return true;
  }

  @Test
  void theDeletionOfARoleInUseIsRefusedOrDone() {
    if (!can().offers(CreateRole.class)) {
      assertDeclined(new CreateRole(role("Desk")));
      return;
    }
    PbxRef ref = apply(new CreateRole(role("Desk")));
    apply(create(ADA.with(PbxField.ROLE, Optional.of("Desk"))));

    var thrown = catchThrowable(() -> apply(new DeleteRole(ref)));

    assertThat(thrown instanceof Rejected).isEqualTo(keepsRolesInUse());
    assertThat(adapter().role(ref).isPresent()).isEqualTo(keepsRolesInUse());
  }

  private PbxRole role(String name) {
    return new PbxRole(
        name,
        Optional.of("Who answers first"),
        Set.copyOf(adapter().capabilities().permissions().plain()));
  }

  /** Whether the user can use the phone system no more. */
  protected boolean isGone(PbxRef ref) {
    return adapter().user(ref).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "ANSWER_LOST", "LATE", "SERVER_ERROR"})
  protected void anEffectWithoutAClearAnswerIsUnknown(Mishap mishap) {
    PbxRef ref = apply(create(ADA));
    for (PbxCall call : new PbxCall[] {create(user("grace", "0101")), new DeleteUser(ref)}) {
      next(mishap);

      var thrown = catchThrowable(() -> apply(call));

      assertThat(thrown).as(call.name()).isInstanceOf(OutcomeUnknown.class);
      settle();
    }
    boolean done = mishap == Mishap.ANSWER_LOST || mishap == Mishap.LATE;
    assertThat(adapter().usersWith("grace", "0101")).hasSize(done ? 1 : 0);
    assertThat(isGone(ref)).isEqualTo(done);
  }

  @Test
  void aThrottledEffectHasNotBegun() {
    next(Mishap.THROTTLED);

    assertThatThrownBy(() -> apply(create(ADA)))
        .isInstanceOfSatisfying(
            Unavailable.class,
            later -> {
              assertThat(later.why()).isEqualTo(Cause.THROTTLED);
              assertThat(later.retryAfter()).isPositive();
            });
    assertThat(adapter().usersWith("ada", "0100")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "CONFLICT", "ABSENT"})
  void aRefusalSaysWhatItIsAbout(Mishap mishap) {
    PbxRef ref = apply(create(ADA));
    next(mishap);

    assertThatThrownBy(() -> apply(role(ref, "QueueManager")))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(reason(mishap)));
  }

  /** What this PBX's refusal is understood as. */
  protected Reason reason(Mishap mishap) {
    return switch (mishap) {
      case REFUSED -> Reason.INVALID;
      case CONFLICT -> Reason.CONFLICT;
      case ABSENT -> Reason.ABSENT;
      case CUT, ANSWER_LOST, LATE, SERVER_ERROR, THROTTLED ->
          throw new IllegalArgumentException(mishap + " is no refusal");
    };
  }

  @Test
  void nothingPrintsASecret() {
    next(Mishap.SERVER_ERROR);
    var create = create(ADA);

    var thrown = catchThrowable(() -> apply(create));

    assertThat(create.toString()).doesNotContain(PASSWORD.reveal());
    assertThat(thrown.toString()).doesNotContain(PASSWORD.reveal());
  }
}
