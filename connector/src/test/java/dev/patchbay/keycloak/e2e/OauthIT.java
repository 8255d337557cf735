package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Bridge;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that a realm of the same Keycloak makes for the connector and the bridge looks into. */
@Tag("long")
@OnKeycloak
class OauthIT {
  private static final String CLIENT = "patchbay";

  private Rig rig;
  private Realm realm;
  private Realm tokens;
  private Bridge bridge;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
    tokens = all.newRealm();
    tokens.createServiceClient(CLIENT, "office", "scim.write");
    bridge = all.bridgeThatBelieves(tokens.issuer(), "office");
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  private String settings(String secret) {
    return """
    'reconcileMinutes':['0'],'scimUrl':['%s'],
    'oauthTokenUrl':['%s/protocol/openid-connect/token'],'oauthClientId':['%s'],
    'oauthClientSecret':['%s'],'oauthScope':['scim.write']
    """
        .formatted(bridge.scim("r0"), tokens.issuer(), CLIENT, secret);
  }

  @Test
  void whoIsMadeAndDisabledIsSoAtThePhones() {
    var target = realm.component("phones", "patchbay", settings(CLIENT));
    var phones = new Phones(rig.pbx(), bridge.directory("r0"), realm, target);

    var ada = phones.person("ada");
    ada.disable();

    phones.awaitField(ada, "enabled", "false");
  }

  @Test
  void aWrongSecretIsSaidWhenItIsSaved() {
    var body =
        "{'name':'phones','providerId':'patchbay',"
            + "'providerType':'org.keycloak.storage.UserStorageProvider','config':{"
            + settings("wrong")
            + "}}";

    var answer = realm.http().send("POST", "/components", Optional.of(body.replace('\'', '"')));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("the target does not let us in", "no token from", "401")
        .doesNotContain("wrong");
  }

  @Test
  void theSecretIsNotShownAgain() {
    var target = realm.component("phones", "patchbay", settings(CLIENT));

    assertThat(realm.http().get("/components/" + target.id()).at("/config/oauthClientSecret/0"))
        .hasToString("\"**********\"");
  }
}
