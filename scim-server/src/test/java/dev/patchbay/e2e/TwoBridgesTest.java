package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one bridge has answered the other shows, at once. */
class TwoBridgesTest {
  private static final String ROLE = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Role";
  private static final String DESK =
      "{'displayName':'Desk','%s':{'permissions':[{'value':'policies.internal_calls'}]}}"
          .formatted(ROLE);
  private static final String LEAVE = "{'op':'replace','path':'active','value':false}";

  private final TestStore.OnPostgresql store = TestStore.postgresql();
  private RunningBridge bridges;
  private ScimClient one;
  private ScimClient other;

  @BeforeEach
  void start(@TempDir Path directory) {
    bridges = RunningBridge.twice(store, directory);
    one = bridges.scimAt(0);
    other = bridges.scimAt(1);
  }

  @AfterEach
  void stop() {
    bridges.close();
    store.close();
  }

  @Test
  void aUserIsReadFoundChangedAndDeletedAtEither() {
    var ada = one.createUser("ada@corp.example").is(201);

    assertThat(other.get("/Users/" + ada.id()).is(200).at("/meta/version"))
        .isEqualTo(ada.at("/meta/version"));
    var left = other.patch("/Users/" + ada.id(), LEAVE).is(200);
    assertThat(one.list("Users", "active eq false").at("/Resources/0/meta/version"))
        .isEqualTo(left.at("/meta/version"));
    one.with("If-Match", ada.at("/meta/version")).patch("/Users/" + ada.id(), LEAVE).isError(412);
    one.delete("/Users/" + ada.id()).is(204);
    other.get("/Users/" + ada.id()).isError(404);
    other.createUser("ada@corp.example").is(201);
    bridges.assertBothSidesAgree();
  }

  @Test
  void aMemberOfOneIsAMemberAtTheOther() {
    var ada = one.createUser("ada@corp.example").is(201).id();
    var sales = other.createGroup("Sales", ada).is(201).id();

    assertThat(one.get("/Users/" + ada).at("/groups/0/value")).isEqualTo(sales);
    one.removeMember(sales, ada).isDone();
    assertThat(other.get("/Groups/" + sales).json().path("members")).isEmpty();
    assertThat(other.list("Groups", "members.value eq \"" + ada + "\"").at("/totalResults"))
        .isEqualTo("0");
    bridges.assertBothSidesAgree();
  }

  @Test
  void aMemberThatIsParkedAtOneArrivesAtTheOther() {
    var sales = one.createGroup("Sales", "ext-7").is(201).id();

    var ada = other.createUser("ada@corp.example", "'externalId':'ext-7'").is(201).id();

    bridges.settled();
    assertThat(one.get("/Groups/" + sales).at("/members/0/value")).isEqualTo(ada);
    bridges.assertBothSidesAgree();
  }

  @Test
  void aRoleMadeAtOneIsGivenAtTheOther() {
    other.list("Roles", "displayName eq \"Desk\"").is(200);
    var desk = one.post("/Roles", DESK).is(201).id();

    assertThat(other.list("Roles", "displayName eq \"Desk\"").at("/Resources/0/id"))
        .isEqualTo(desk);
    other.createUser("ada@corp.example", "'roles':[{'value':'Desk'}]").is(201);
    other.createUser("bob@corp.example", "'roles':[{'value':'" + desk + "'}]").is(201);

    assertThat(bridges.pbx().user("ada").path("role").asText()).isEqualTo("Desk");
    assertThat(bridges.pbx().user("bob").path("role").asText()).isEqualTo("Desk");
  }

  @Test
  void aCursorOfOneIsGoodAtTheOther() {
    one.createUser("ada@corp.example").is(201);
    one.createUser("bob@corp.example").is(201);
    var first = one.get("/Users?cursor&count=1").is(200);

    var second = other.get("/Users?count=1&cursor=" + first.at("/nextCursor")).is(200);

    assertThat(second.at("/Resources/0/userName")).isEqualTo("bob@corp.example");
  }

  @Test
  void bothGoByTheDatabasesTime() {
    var here = created(one.createUser("ada@corp.example").is(201));
    var anHourAhead = created(other.createUser("bob@corp.example").is(201));

    assertThat(Duration.between(here, anHourAhead)).isLessThan(Duration.ofMinutes(1));
  }

  private static Instant created(Answer user) {
    return OffsetDateTime.parse(user.at("/meta/created")).toInstant();
  }
}
