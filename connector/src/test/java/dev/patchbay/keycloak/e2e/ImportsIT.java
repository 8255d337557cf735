package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People who come in numbers. */
@Tag("long")
@OnKeycloak
class ImportsIT {
  private Realm realm;
  private Phones phones;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    phones = Phones.of(rig, own);
  }

  @Test
  void whoIsImportedHasAnAccountAndIsAMember() {
    realm.partialImport(
        "FAIL",
        "'groups':[{'name':'%1$s','path':'/%1$s'}],'users':[%2$s,%3$s]"
            .formatted(
                realm.named("sales"),
                realm.person("ada", "'groups':['/%s']".formatted(realm.named("sales"))),
                realm.person("bob", "")));

    phones.awaitAccount(realm.named("bob"));
    eventually(
        () ->
            assertThat(phones.pbx().members(realm.named("sales")))
                .containsExactly(realm.named("ada")));
  }

  @Test
  void whoIsOverwrittenHasOneAccountUnderTheNewId() {
    var before = phones.person("ada");

    realm.partialImport("OVERWRITE", "'users':[%s]".formatted(realm.person("ada", "")));

    var after = realm.user("ada").orElseThrow();
    assertThat(after.id()).isNotEqualTo(before.id());
    eventually(
        () -> assertThat(phones.entry(after).path("userName").asText()).isEqualTo(after.name()));
    phones.awaitAccount(after.name());
  }

  @Test
  void aGroupThatIsOverwrittenIsThereUnderTheNewId() {
    var sales = realm.createGroup("sales");
    var ada = phones.person("ada");
    ada.join(sales);
    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(ada.name()));

    realm.partialImport(
        "OVERWRITE", "'groups':[{'name':'%1$s','path':'/%1$s'}]".formatted(sales.name()));
    var bob = realm.createUser("bob", "'groups':['/%s']".formatted(sales.name()));

    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(bob.name()));
  }

  @Test
  void whoIsOverwrittenOutOfAGroupIsNoMember() {
    var sales = realm.createGroup("sales");
    var ada = phones.person("ada");
    ada.join(sales);
    eventually(() -> assertThat(phones.pbx().members(sales.name())).containsExactly(ada.name()));

    realm.partialImport("OVERWRITE", "'users':[%s]".formatted(realm.person("ada", "")));

    eventually(() -> assertThat(phones.pbx().members(sales.name())).isEmpty());
    phones.awaitAccount(ada.name());
  }

  @Test
  void whoIsSkippedKeepsTheAccount() {
    var ada = phones.person("ada");

    realm.partialImport("SKIP", "'users':[%s]".formatted(realm.person("ada", "'enabled':false")));
    phones.awaitEverythingBefore();

    phones.awaitField(ada, "enabled", "true");
  }
}
