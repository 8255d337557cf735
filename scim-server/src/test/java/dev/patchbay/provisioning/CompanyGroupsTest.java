package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Office.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.SteppedStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that say which company new users are of, on a PBX where that is for life. */
class CompanyGroupsTest {
  private static final String OF_ACME =
      ",'" + ResourceTypes.ENTERPRISE_USER + "':{'organization':'acme'}";

  @TempDir private Path directory;
  private SteppedStore store;
  private Office office;
  private Entry acme;

  @BeforeEach
  void open() {
    store = SteppedStore.in(directory);
    office = new Office(store.database());
    office.pbx.fixCompanies();
    office.map("");
    acme = office.groupOf("Acme", "company", "acme");
    office.patch(acme, members("add", "e-77"));
    office.pbx.calls();
  }

  @AfterEach
  void close() {
    office.close();
    store.close();
  }

  private String company(String name) {
    return office.pbx.named(name).flatMap(it -> it.get(PbxField.COMPANY)).orElse("");
  }

  private static void assertFixed(ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            Refusal.class,
            no -> {
              assertThat(no.kind()).isEqualTo(Refusal.Kind.MUTABILITY);
              assertThat(no.detail()).contains("company 'acme' is fixed on the pbx");
            });
  }

  @Test
  void whoeverIsWaitedForIsMadeOfTheCompany() {
    var ada = office.user("ada", ",'externalId':'e-77'");

    assertThat(office.pbx.calls()).containsExactly("CreateUser");
    assertThat(company("ada")).isEqualTo("acme");
    assertThat(office.members(acme)).containsExactly(ada.id());
    assertThat(office.read(ada).resource().at("/" + ResourceTypes.ENTERPRISE_USER))
        .hasToString("{\"organization\":\"acme\"}");
  }

  @Test
  void whoeverSaysAnotherIsOfThatAndStillWaitedFor() {
    office.user("ada", ",'externalId':'e-77'" + OF_ACME.replace("acme", "globex"));

    assertThat(company("ada")).isEqualTo("globex");
    assertThat(office.members(acme)).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoeverIsOfAnotherCannotJoin() {
    var bob = office.user("bob");
    var cid = office.user("cid", OF_ACME.replace("acme", "globex"));
    office.pbx.calls();

    for (Entry user : new Entry[] {bob, cid}) {
      assertFixed(() -> office.patch(acme, members("add", user)));
      assertFixed(() -> office.groupOf("Too", "company", "acme", user));
    }

    assertThat(office.members(acme)).isEmpty();
    assertThat(office.pbx.calls()).isEmpty();
    assertThat(office.openPlans()).isZero();
  }

  @Test
  void whoeverIsOfItJoinsWithoutACallAndCannotLeave() {
    var bob = office.user("bob", OF_ACME);
    office.pbx.calls();

    office.patch(acme, members("add", bob));
    assertFixed(() -> office.patch(acme, members("remove", bob)));

    assertThat(office.members(acme)).containsExactly(bob.id());
    assertThat(office.pbx.calls()).isEmpty();
    office.delete(bob);
    assertThat(office.members(acme)).isEmpty();
  }

  @Test
  void deletingTheGroupLeavesThemWhereTheyAre() {
    office.user("ada", ",'externalId':'e-77'");
    office.pbx.calls();

    office.delete(acme);

    assertThat(office.find(acme)).isEmpty();
    assertThat(company("ada")).isEqualTo("acme");
    assertThat(office.pbx.calls()).isEmpty();
  }

  @Test
  void groupsAreNoMembersOfIt() {
    var team = office.groupOf("Team", "bridge", "");

    assertThatThrownBy(
            () ->
                office.patch(
                    acme,
                    "{'op':'add','path':'members','value':[{'type':'Group','value':'"
                        + team.id()
                        + "'}]}"))
        .isInstanceOf(Refusal.class)
        .hasMessage("members: a group of kind company has no groups in it");
  }
}
