package dev.patchbay.e2e;

import static dev.patchbay.e2e.XelionOffice.API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Person without an account is what a create or delete that stopped half way leaves: it is no
 * user and not nothing, and whoever takes the work back gets a whole user, or none.
 */
@Timeout(120)
class XelionHalvesTest {
  private static final String ACTIVE = "{'op':'replace','path':'active','value':%s}";

  @TempDir private Path directory;
  private XelionOffice office;

  private void open(String onUnavailable) throws IOException {
    office = XelionOffice.open(directory, onUnavailable);
  }

  @AfterEach
  void stop() {
    office.close();
  }

  @Test
  void aCreateThatIsTakenBackLeavesNoPerson() throws IOException {
    open("queue");
    String id = halfMade();

    office.cancel(id);
    office.faults().replace();

    office.awaitPersons(0);
    office.scim.get("/Users/" + id).is(404);
  }

  @Test
  void aCreateTakenBackAndGivenBackIsWhatItAskedFor() throws IOException {
    open("queue");
    String id = halfMade();

    office.cancel(id);
    office.cancel(id);
    office.faults().replace();

    office.awaitAlike();
    var ada = office.scim.get("/Users/" + id).is(200).json();
    assertThat(ada.path("displayName").asText()).isEqualTo("Ada Lovelace");
    assertThat(ada.path("active").asBoolean()).isTrue();
  }

  /** Its account was refused an answer, and is each time it is tried. */
  private String halfMade() {
    office.faults().replace(FaultRule.on("POST", API + "users", new Fault.Reset()));
    String id = office.create("ada@corp.example").is(201).id();
    office.awaitPersons(1);
    return id;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeleteThatIsTakenBackHalfWayMakesTheUserWhole(boolean active) throws IOException {
    open("refuse");
    String id = office.create("ada@corp.example").is(201).id();
    office.scim.patch("/Users/" + id, ACTIVE.formatted(active)).is(200);
    office.faults().replace(FaultRule.on("DELETE", API + "addressables/.*", new Fault.Reset()));
    office.scim.delete("/Users/" + id).is(503);
    assertThat(office.accounts()).isEmpty();

    office.cancel(id);
    office.faults().replace();

    office.awaitAlike();
    assertThat(office.accounts()).hasSize(1);
    office.scim.patch("/Users/" + id, ACTIVE.formatted(true)).is(200);
    office.awaitAlike();
  }

  @Test
  void whoseAccountSomebodyDeletedIsMadeAgainWhenPutIntoAGroup() throws IOException {
    open("refuse");
    String ada = office.create("ada@corp.example").is(201).id();
    office.deleteTheAccount();
    String bob = office.create("bob@corp.example").is(201).id();
    String sales = office.scim.createGroup("Sales").is(201).id();

    assertThat(office.scim.addMembers(sales, ada, bob).status()).isIn(200, 204);

    office.awaitMembers("ada", "bob");
    office.awaitAlike();
    office.scim.removeMember(sales, ada);
    office.awaitMembers("bob");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoseAccountSomebodyDeletedIsMadeAgainByTheNextChange(boolean active) throws IOException {
    open("refuse");
    String id = office.create("ada@corp.example").is(201).id();
    office.scim.patch("/Users/" + id, ACTIVE.formatted(!active)).is(200);
    office.deleteTheAccount();

    office.scim.patch("/Users/" + id, ACTIVE.formatted(active)).is(200);

    office.awaitAlike();
    assertThat(office.accounts()).hasSize(1);
  }

  @Test
  void aLostCreateThatIsRepeatedIsOneUserThoughAddressesOfNewPersonsAreDropped()
      throws IOException {
    office = XelionOffice.openWithoutAddresses(directory);
    office
        .faults()
        .replace(FaultRule.on("POST", API + "users", new Fault.DropAfterCommit()).times(1));

    office.create("ada@corp.example").isRetry(503);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> office.create("ada@corp.example").status() == 201);
    office.awaitAlike();
    assertThat(office.accounts())
        .singleElement()
        .matches(account -> account.path("userName").asText().equals("ada"));
  }
}
