package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.PersonsLife.Person;
import dev.patchbay.e2e.PersonsLife.Step;
import dev.patchbay.emulator.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A tenant of each dialect in one process, each with tokens, numbers and limits of its own; 15 s.
 */
@Timeout(120)
class SeveralTenantsTest {
  private static final List<String> NAMES = FourTenants.NAMES;
  private static final String PBX =
      "call-limit: 10s, quiet-time: 50ms, max-parallel: 2, requests-per-minute: 0, "
          + "resilience: { window: 4 }";

  @TempDir private Path directory;
  private FourTenants tenants;

  @BeforeEach
  void open() throws IOException {
    tenants = FourTenants.in(directory, PBX);
    // What is read once and kept is read with the first user.
    NAMES.forEach(tenant -> create(tenant, "first").is(201));
    NAMES.forEach(tenant -> tenants.pbx(tenant).calls().clear());
  }

  @AfterEach
  void close() {
    tenants.close();
  }

  private Answer create(String tenant, String name) {
    return tenants
        .scim(tenant)
        .createUser(name + "@example.com", "'displayName':'Ada %s'".formatted(name));
  }

  /** All four at once; what a dialect cannot do is refused, and the other three do it. */
  @Test
  void theSamePersonLivesInAllTenantsAtOnce() {
    Together.send(
        NAMES.size(),
        i -> {
          assertLives(NAMES.get(i), "ada");
          return tenants.scim(NAMES.get(i)).get("/Users").is(200);
        });
  }

  private void assertLives(String tenant, String name) {
    var person = new Person(tenants.scim(tenant), name);
    for (Step step : PersonsLife.steps()) {
      tenants.pbx(tenant).calls().clear();
      Answer answer = person.send(step);
      var where = tenant + ", " + step.name() + ": " + answer.text();
      if (step.refused().containsKey(tenant)) {
        assertThat(answer.status()).as(where).isEqualTo(step.refused().get(tenant));
      } else {
        assertThat(answer.status()).as(where).isBetween(200, 299);
        assertThat(answer.text()).doesNotContain("\"pending\"", "\"blocked\"");
      }
      assertThat(tenants.pbx(tenant).calls().lines()).as(where).hasSize(step.calls().get(tenant));
    }
  }

  /** The three others live on as if nothing were, and the fourth is told so. */
  @ParameterizedTest
  @FieldSource("NAMES")
  void onePbxThatIsDownIsNobodyElsesTrouble(String down) {
    tenants.fails(down, new Fault.Reset());
    for (int attempt = 0; attempt < 6; attempt++) { // until its circuit is open
      create(down, "eve" + attempt).isRetry(503);
    }

    var others = FourTenants.except(down);
    Together.send(
        others.size(),
        i -> {
          assertLives(others.get(i), "ada");
          return tenants.scim(others.get(i)).get("/Users").is(200);
        });

    create(down, "eve").isRetry(503);
    for (JsonNode pbx : tenants.operator("/pbx")) {
      boolean isDown = pbx.path("tenant").asText().equals(down);
      assertThat(pbx.path("state").asText()).as("%s", pbx).isEqualTo(isDown ? "down" : "up");
      assertThat(pbx.path("circuit").asText()).isEqualTo(isDown ? "open" : "closed");
      assertThat(pbx.has("lastTrouble")).as("%s", pbx).isEqualTo(isDown);
    }
    assertThat(tenants.operator("/work"))
        .allMatch(work -> work.path("tenant").asText().equals(down));
  }

  /** Its few places are taken by calls that hang; everybody else has places of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"portsip", "crmcom"})
  void aPbxThatHangsTakesNobodyElsesPlaces(String hanging) {
    tenants.fails(hanging, new Fault.Delay(Duration.ofSeconds(1)));
    var waiting =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> create(hanging, "eve" + i)))
            .toList();

    for (String tenant : FourTenants.except(hanging)) {
      assertLives(tenant, "ada");
    }

    waiting.forEach(it -> assertThat(it.join().status()).isIn(201, 503));
  }

  @Test
  void namesAndNumbersAreEachTenantsOwn() {
    var numbers = new ArrayList<String>();
    for (String tenant : NAMES) {
      Answer ada = create(tenant, "ada").is(201);

      assertThat(ada.at("/" + RunningBridge.PBX_URN + "/pbxUserName")).isEqualTo("ada");
      numbers.add(ada.at("/" + RunningBridge.PBX_URN + "/extensionNumber"));
      tenants.scim(tenant).createGroup("Sales", ada.id()).is(201);
    }
    assertThat(numbers).containsExactly("1001", "1001", "", ""); // nor has a back office
  }

  @Test
  void aTokenIsGoodForItsOwnTenantAlone() {
    for (String tenant : NAMES) {
      for (String other : FourTenants.except(tenant)) {
        tenants.scim(tenant, other).createUser("ada@example.com").is(401);
      }
      assertThat(tenants.pbx(tenant).calls().calls()).isEmpty();
    }
  }

  /** What the pages of the dialects say: no call, and no word that it was done. */
  @Test
  void whatAPhoneSystemHasNotIsRefused() {
    for (String tenant : List.of("ipcortex", "xelion", "crmcom")) {
      var scim = tenants.scim(tenant);
      tenants.pbx(tenant).calls().clear();

      scim.post("/Roles", "{'displayName':'Desk'}").isError(501);

      assertThat(tenants.pbx(tenant).calls().calls()).as(tenant).isEmpty();
      String eve = create(tenant, "eve").is(201).id();
      tenants.pbx(tenant).calls().clear();
      for (String sent : List.of("'phones':[{'mac':'1'}]", "'ms365Id':'a@example.com'")) {
        String more = "'%s':{%s}".formatted(RunningBridge.PBX_URN, sent);
        String name = sent.substring(1, sent.indexOf(':') - 1);
        String patch = "{'op':'add','value':{%s}}".formatted(more);
        assertThat(scim.createUser("bob@example.com", more).isError(501).at("/detail"))
            .contains(name);
        scim.put("/Users/" + eve, "{'userName':'eve@example.com',%s}".formatted(more)).isError(501);
        assertThat(scim.patch("/Users/" + eve, patch).isError(501).at("/detail")).contains(name);
      }
      assertThat(tenants.pbx(tenant).calls().calls()).as(tenant).isEmpty();
    }
  }

  @Test
  void aMemberOfAnotherTenantIsNobody() {
    for (String tenant : NAMES) {
      String stranger = create(FourTenants.except(tenant).getFirst(), "for-" + tenant).is(201).id();

      Answer group = tenants.scim(tenant).createGroup("Sales", stranger);

      assertThat(group.is(201).json().path("members")).isEmpty();
    }
  }
}
