package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.keycloak.rig.Http;
import dev.patchbay.keycloak.rig.Rig;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Keycloak only does when it is started with more options: its own SCIM, and imports. */
@Tag("long")
class StartedOtherwiseIT {
  private static final String USER =
      """
      {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'%1$s','active':true,
       'name':{'givenName':'Ada','familyName':'Lovelace'},
       'emails':[{'value':'%1$s@example.com','type':'work','primary':true}]}
      """;
  private static final String GROUP =
      "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'%s'}";
  private static final String ADD = "{'op':'add','path':'members','value':[{'value':'%s'}]}";
  private static final String REMOVE = "{'op':'remove','path':'members[value eq \\'%s\\']'}";

  private static Rig rig;
  private Phones phones;
  private Http scim;

  @BeforeAll
  static void start() {
    rig = Rig.with("otherwise", it -> it.built("--features=scim-api").importingDemo());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void connect() {
    var realm = rig.newRealm();
    phones = Phones.of(rig, realm);
    scim = realm.openScim();
  }

  @Test
  void aRealmThatIsImportedAtTheStartHasItsPeopleAndGroups() {
    phones.awaitAccount("amelia.hart");
    eventually(
        () -> {
          assertThat(phones.pbx().users())
              .filteredOn(it -> it.path("email").asText().endsWith("@acme.example"))
              .hasSize(20);
          assertThat(phones.pbx().members("sales"))
              .contains("amelia.hart", "greta.bauer")
              .doesNotContain("hugo.silva");
          assertThat(phones.pbx().user("hugo.silva").orElseThrow().path("role").asText())
              .isEqualTo("QueueManager");
        });
  }

  @Test
  void whoIsMadeByScimHasAnAccount() {
    var ada = createUser("ada");

    phones.awaitAccount(ada.path("userName").asText());
  }

  @Test
  void whoIsChangedByScimIsChanged() {
    var ada = createUser("ada");
    var name = ada.path("userName").asText();
    phones.awaitAccount(name);

    patch("/Users/" + ada.path("id").asText(), "{'op':'replace','path':'active','value':false}");

    eventually(
        () ->
            assertThat(phones.pbx().user(name).orElseThrow().path("enabled").asBoolean())
                .isFalse());
  }

  @Test
  void whoIsDeletedByScimHasNoAccount() {
    var ada = createUser("ada");
    phones.awaitAccount(ada.path("userName").asText());

    scim.delete("/Users/" + ada.path("id").asText());

    phones.awaitNoAccount(ada.path("userName").asText());
  }

  @Test
  void aGroupOfScimComesAndGoesWithItsMembers() {
    var ada = createUser("ada");
    var name = phones.realm().named("sales");
    var sales = scim.post("/Groups", GROUP.formatted(name)).json().path("id").asText();

    patch("/Groups/" + sales, ADD.formatted(ada.path("id").asText()));
    eventually(
        () ->
            assertThat(phones.pbx().members(name)).containsExactly(ada.path("userName").asText()));

    patch("/Groups/" + sales, REMOVE.formatted(ada.path("id").asText()));
    eventually(() -> assertThat(phones.pbx().members(name)).isEmpty());

    scim.delete("/Groups/" + sales);
    eventually(
        () ->
            assertThat(phones.pbx().groups())
                .noneMatch(it -> it.path("name").asText().equals(name)));
  }

  private JsonNode createUser(String word) {
    return scim.post("/Users", USER.formatted(phones.realm().named(word))).json();
  }

  private void patch(String path, String operation) {
    var body =
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[%s]}"
            .formatted(operation);
    scim.send("PATCH", path, Optional.of(body.replace('\'', '"'))).done();
  }
}
