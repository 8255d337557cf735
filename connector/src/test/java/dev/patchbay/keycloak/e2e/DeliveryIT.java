package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Bridge;
import dev.patchbay.keycloak.rig.Group;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import dev.patchbay.keycloak.rig.Wire;
import dev.patchbay.keycloak.rig.Wire.Fate.Answer;
import dev.patchbay.keycloak.rig.Wire.Fate.Swallow;
import dev.patchbay.keycloak.rig.Wire.Fate.Unfiltered;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers that are lost, refusals, and servers that are not what they say. */
@Tag("long")
@OnKeycloak
class DeliveryIT {
  /** Not sent again at once, as a 503 would be: what is changed now is read before the next try. */
  private static final Answer FAILING = new Answer(500);

  private Rig rig;
  private Realm realm;
  private Wire wire;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
    wire = Wire.to(all.bridge().scim(own.name()));
  }

  @AfterEach
  void close() {
    wire.close();
  }

  /** With the first comparison done, which would find by itself what is different. */
  private Phones phones(String settings) {
    var phones = Phones.of(rig, realm, wire.uri(), settings);
    awaitCompared(phones);
    return phones;
  }

  private static void awaitCompared(Phones phones) {
    eventually(() -> assertThat(phones.target().status().at("/sync/ended").asText()).isNotEmpty());
  }

  @Test
  void whoIsDisabledAgainWhileTheAnswerToEnablingIsMissingIsDisabled() {
    var phones = phones("");
    var ada = phones.person("ada");
    ada.disable();
    phones.awaitField(ada, "enabled", "false");
    phones.awaitNothingWaits();

    wire.let("PATCH", "/Users", new Swallow());
    ada.enable();
    phones.awaitField(ada, "enabled", "true");
    wire.let("PATCH", "/Users", FAILING);
    awaitFailure();
    ada.disable();
    wire.letPass();

    phones.awaitField(ada, "enabled", "false");
  }

  @Test
  void whoLeavesAGroupWhileTheAnswerToJoiningIsMissingIsNoMember() {
    var phones = phones("");
    var sales = realm.createGroup("sales");
    var ada = phones.person("ada");
    awaitMember(phones, sales, phones.person("bob"));

    wire.let("PATCH", "/Groups", new Swallow());
    ada.join(sales);
    eventually(() -> assertThat(phones.pbx().members(sales.name())).contains(ada.name()));
    wire.let("PATCH", "/Groups", FAILING);
    awaitFailure();
    ada.leave(sales);
    wire.letPass();

    eventually(() -> assertThat(phones.pbx().members(sales.name())).doesNotContain(ada.name()));
  }

  @Test
  void whoWasDeactivatedLeavesGroupsAlthoughThatFailedAtFirst() {
    var phones = phones(",'onRemoval':['deactivate']");
    var sales = realm.createGroup("sales");
    var ada = phones.person("ada");
    awaitMember(phones, sales, ada);
    phones.awaitNothingWaits();

    wire.let("PATCH", "/Groups", FAILING);
    ada.delete();
    phones.awaitField(ada, "enabled", "false");
    awaitFailure();
    wire.letPass();

    eventually(() -> assertThat(phones.pbx().members(sales.name())).isEmpty());
  }

  @Test
  void anAccountThatIsMadeAgainIsInItsGroups() {
    var phones = phones("");
    var sales = realm.createGroup("sales");
    var ada = phones.person("ada");
    awaitMember(phones, sales, ada);
    phones.awaitNothingWaits();
    phones.directory().delete("/Users/" + phones.entry(ada).path("id").asText());
    phones.awaitNoAccount(ada.name());

    ada.update("'lastName':'King'");

    phones.awaitAccount(ada.name());
    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(ada.name()));
  }

  @Test
  void nobodyIsHeldByTheFirstComparison() {
    realm.partialImport(
        "FAIL",
        IntStream.range(0, 20)
            .mapToObj(i -> realm.person("u" + i, ""))
            .collect(Collectors.joining(",", "'users':[", "]")));

    var phones = Phones.of(rig, realm, wire.uri());

    awaitCompared(phones);
    eventually(() -> assertThat(phones.target().status().path("users").asInt()).isEqualTo(20));
    assertThat(phones.target().status().path("held").asInt()).isZero();
  }

  @Test
  void aTargetThatKnowsNoFilterIsNotBelievedThatAnotherIsMeant() {
    var phones = phones("");
    var boss = phones.person("boss");
    phones
        .directory()
        .post(
            "/Users",
            """
            {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'%1$s',
             'name':{'familyName':'Byron'},'emails':[{'value':'%1$s@example.com'}]}
            """
                .formatted(realm.named("ada")));

    wire.let("GET", "/Users?filter", new Unfiltered());
    var ada = realm.createUser("ada");
    awaitError(phones, "does not filter by externalId");
    assertThat(phones.entry(boss).path("userName").asText()).isEqualTo(boss.name());

    wire.letPass();
    phones.awaitField(ada, "display_name", "ada Lovelace");
  }

  @Test
  void whoLeavesBeforeTheMakingWasAnsweredTakesNobodyElseAlong() {
    var phones = phones("");
    var boss = phones.person("boss");
    wire.let("POST", "/Users", FAILING);
    var ada = realm.createUser("ada");
    awaitFailure();

    wire.let("GET", "/Users?filter", new Unfiltered());
    ada.delete();
    awaitError(phones, "does not filter by externalId");
    wire.letPass();

    phones.awaitNothingWaits();
    phones.awaitField(boss, "enabled", "true");
  }

  @Test
  void aRefusalOfOneHoldsUpNobodyElseAndWaitsForAPerson() {
    var phones = phones("");
    var boss = phones.person("boss");
    var ada = phones.person("ada");
    wire.let("PATCH", "/Users/" + phones.entry(boss).path("id").asText(), new Answer(403));

    boss.update("'lastName':'King'");
    eventually(() -> assertThat(wire.writes()).anyMatch(it -> it.status() == 403));
    ada.update("'lastName':'King'");

    phones.awaitField(ada, "display_name", "ada King");
    eventually(() -> assertThat(phones.target().status().path("blocked").asInt()).isEqualTo(1));
    wire.letPass();
    phones.target().tell("unblock");
    phones.awaitField(boss, "display_name", "boss King");
  }

  @Test
  void idsOfOneServerAreNotUsedAtAnother() {
    var elsewhere = rig.newRealm().name();
    try (var both = Wire.to(rig.bridge().uri())) {
      var phones = Phones.of(rig, realm, Bridge.at(both.uri(), realm.name()));
      var ada = phones.person("ada");
      var idThere = phones.entry(ada).path("id").asText();
      both.forget();

      phones.target().change(Map.of("scimUrl", Bridge.at(both.uri(), elsewhere).toString()));
      ada.update("'lastName':'King'");

      eventually(
          () ->
              assertThat(both.writes())
                  .anyMatch(it -> it.method().equals("POST") && it.body().contains(ada.id())));
      assertThat(both.requests())
          .filteredOn(it -> it.path().startsWith("/" + elsewhere))
          .isNotEmpty()
          .noneMatch(it -> it.path().contains(idThere));
    }
  }

  private void awaitFailure() {
    eventually(() -> assertThat(wire.writes()).anyMatch(it -> it.status() == FAILING.status()));
  }

  private static void awaitError(Phones phones, String reason) {
    eventually(
        () ->
            assertThat(phones.target().status().at("/lastError/reason").asText()).contains(reason));
  }

  private static void awaitMember(Phones phones, Group group, User user) {
    user.join(group);
    eventually(() -> assertThat(phones.pbx().members(group.name())).contains(user.name()));
  }
}
