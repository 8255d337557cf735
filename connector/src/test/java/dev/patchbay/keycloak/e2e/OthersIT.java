package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody else may have a say about the same accounts. */
@Tag("long")
@OnKeycloak
class OthersIT {
  private static final String OF_OTHERS =
      """
      {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
       {"op":"add","path":"roles","value":[{"value":"QueueManager"}]},
       {"op":"add","path":"phoneNumbers","value":[{"type":"mobile","value":"+49151555"}]}]}
      """;

  @Test
  void aNameChangeLeavesAloneWhatDoesNotComeFromKeycloak(Rig rig, Realm realm) {
    var target =
        realm.target(
            rig.bridge().scim(realm.name()), rig.bridge().token(), "'reconcileMinutes':['0']");
    var phones = new Phones(rig.pbx(), rig.bridge().directory(realm.name()), realm, target);
    var ada = phones.person("ada");
    eventually(() -> phones.entry(ada)); // the bridge has it a moment after the PBX
    var path = "/Users/" + phones.entry(ada).path("id").asText();
    phones.directory().send("PATCH", path, Optional.of(OF_OTHERS)).done();

    ada.update("'lastName':'King'");

    phones.awaitField(ada, "display_name", "ada King");
    phones.awaitField(ada, "role", "QueueManager");
    phones.awaitField(ada, "mobile_phone", "+49151555");
  }

  /** A list, a part of a name and an extension's attribute, none of which was there before. */
  @Test
  void whatComesFromKeycloakGoesWithIt(Rig rig, Realm realm) {
    var target =
        realm.target(
            rig.bridge().scim(realm.name()),
            rig.bridge().token(),
            "'reconcileMinutes':['0'],'attributes':['name.middleName=middle','title=job',"
                + "'phoneNumbers[mobile]=mobile']");
    var phones = new Phones(rig.pbx(), rig.bridge().directory(realm.name()), realm, target);
    var ada = phones.person("ada");

    change(ada, "'attributes':{'middle':['Byron'],'mobile':['+49151555'],'job':['Countess']}");
    phones.awaitField(ada, "mobile_phone", "+49151555");
    eventually(
        () -> assertThat(phones.entry(ada).at("/name/middleName").asText()).isEqualTo("Byron"));

    change(ada, "'attributes':{'job':['Countess']},'firstName':'','lastName':'King'");
    phones.awaitField(ada, "mobile_phone", "null");
    eventually(
        () -> {
          var entry = phones.entry(ada);
          assertThat(entry.at("/name").has("middleName")).isFalse();
          assertThat(entry.at("/name").has("givenName")).isFalse();
          assertThat(entry.path("title").asText()).isEqualTo("Countess");
        });
  }

  /** Keycloak takes attributes together with the rest of the profile only. */
  private static void change(User user, String fields) {
    user.update("'username':'%1$s','email':'%1$s@example.com',".formatted(user.name()) + fields);
  }
}
