package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.InMemoryPbx.Crash;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whose userName changes is renamed on a phone system that can do so; 3 s. */
@OnEachStore
class RenameTest {
  private static final String RENAMED = "{'op':'replace','path':'userName','value':'%s'}";

  private final TestStore store;
  @TempDir private Path directory;
  private Office office;

  RenameTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open() {
    office = new Office(store.open(directory));
    office.pbx.rename();
    office.map("naming: { on-rename: rename }\n");
  }

  private void rest() {
    for (int round = 0; round < 4; round++) {
      office.later(Office.QUIET.plusSeconds(5));
    }
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private Entry rename(Entry user, String userName) {
    return office.patch(user, RENAMED.formatted(userName));
  }

  private static String name(Entry user) {
    return UserTarget.pbxName(user.resource());
  }

  @Test
  void theNameFollowsInOneCallAndTheFormerOneIsFree() {
    var ada = office.user("ada");
    office.pbx.calls();

    var renamed = rename(ada, "bea@corp.example");

    assertThat(Provisioning.state(renamed)).isEqualTo("synced");
    assertThat(name(renamed)).isEqualTo("bea");
    assertThat(office.pbx.calls()).containsExactly("UpdateUser");
    assertThat(office.pbx.all()).hasSize(1);
    assertThat(office.pbx.named("bea")).isPresent();
    assertThat(name(office.user("ada"))).isEqualTo("ada");
    settled();
  }

  @Test
  void whatGivesTheSameNameIsNoCall() {
    var more = ",'displayName':'Ada','emails':[{'value':'a@b.example'}]";
    var ada = office.user("ada", more);
    office.pbx.calls();

    assertThat(name(rename(ada, "ADA@corp.example"))).isEqualTo("ada");

    assertThat(office.pbx.calls()).isEmpty();
  }

  @Test
  void aTakenNameIsGivenAsToSomebodyNew() {
    office.user("bea");
    var ada = office.user("ada");

    assertThat(name(rename(ada, "bea@corp.example"))).isEqualTo("bea-2");

    assertThat(office.pbx.named("bea-2")).isPresent();
    settled();
  }

  @Test
  void neitherNameIsSomebodyElsesWhileThePbxMayHaveIt() {
    var ada = office.user("ada");
    office.pbx.spoil(UpdateUser.class, Fault.LATE);

    Office.putOff(() -> rename(ada, "bea"));

    assertThat(name(office.user("ada@corp.example"))).isEqualTo("ada-2");
    assertThat(name(office.user("bea@corp.example"))).isEqualTo("bea-2");
    rest();
    settled();
  }

  @Test
  void whateverHappensTheDirectoryAndThePbxSayTheSame() {
    for (Fault fault :
        List.of(
            Fault.UNAVAILABLE, Fault.REJECTED, Fault.LOST_AFTER, Fault.LATE, Fault.CRASH_AFTER)) {
      var word = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
      var user = office.user("a-" + word);
      var number = UserTarget.extension(user.resource());
      office.pbx.spoil(UpdateUser.class, fault);
      attempt(user, "b-" + word);

      rest();

      var read = office.read(user).resource();
      assertThat(UserTarget.pbxName(read)).as(word).isEqualTo(read.path("userName").asText());
      assertThat(onPbx(number)).as(word).isEqualTo(UserTarget.pbxName(read));
      settled();
      assertThat(name(rename(user, "b-" + word))).isEqualTo("b-" + word);
      assertThat(onPbx(number)).as(word).isEqualTo("b-" + word);
      settled();
    }
  }

  private void attempt(Entry user, String userName) {
    try {
      var unused = rename(user, userName);
    } catch (TryLater | Refusal told) {
      assertThat(told.getMessage()).isNotBlank();
    } catch (Crash crash) {
      office.revived();
    }
  }

  @Test
  void whereAStrangerHasTheNameItIsRefusedAndNothingIsChanged() {
    var ada = office.user("ada");
    office.pbx.stranger("bea", "7000");

    assertThatThrownBy(() -> rename(ada, "bea"))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.kind()).isEqualTo(Refusal.Kind.UNIQUENESS));

    assertThat(office.read(ada).resource().path("userName").asText()).isEqualTo("ada");
    assertThat(office.pbx.named("ada")).isPresent();
    settled();
  }

  @Test
  void aLeaverIsOutThoughTheNewNameIsRefused() {
    var ada = office.user("ada");
    office.pbx.stranger("bea", "7000");
    var leaves = "{'op':'replace','path':'active','value':false}";

    assertThatThrownBy(() -> office.patch(ada, RENAMED.formatted("bea") + "," + leaves))
        .isInstanceOf(Refusal.class);
    rest();

    assertThat(office.pbx.named("ada").orElseThrow().enabled()).isFalse();
    var read = office.read(ada).resource();
    assertThat(read.path("userName").asText()).isEqualTo("ada");
    assertThat(UserTarget.pbxName(read)).isEqualTo("ada");
    settled();
  }

  private String onPbx(String number) {
    return office.pbx.all().stream()
        .filter(user -> user.get(PbxField.EXTENSION).equals(Optional.of(number)))
        .map((PbxUser user) -> user.get(PbxField.NAME).orElse(""))
        .findFirst()
        .orElse("");
  }

  private void settled() {
    assertThat(office.openPlans()).isZero();
    var loose = "select count(*) from reservation where settled = 0";
    assertThat(
            office
                .database()
                .<Long>read(handle -> handle.createQuery(loose).mapTo(Long.class).one()))
        .isZero();
    assertThat(office.pbx.all().stream().map(user -> user.get(PbxField.NAME)).distinct())
        .hasSize(office.pbx.all().size());
  }
}
