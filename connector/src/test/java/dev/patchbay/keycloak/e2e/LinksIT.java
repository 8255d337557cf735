package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way in which Keycloak links somebody with Microsoft Entra ID or ends that. */
@Tag("long")
@OnKeycloak
class LinksIT {
  private static final String PASSWORD = "Tr0ub4dor!xK";

  private final String id = UUID.randomUUID().toString();
  private Realm realm;
  private Phones phones;
  private User ada;

  @BeforeEach
  void connect(Rig rig, Realm own) {
    realm = own;
    realm.createIdentityProvider("entra");
    phones = Phones.of(rig, own);
    ada = phones.person("ada");
  }

  @Test
  void whoIsLinkedByAnAdministratorIsBound() {
    ada.link("entra", id);

    awaitBound();
  }

  @Test
  void whoIsUnlinkedByAnAdministratorIsUnbound() {
    ada.link("entra", id);
    awaitBound();

    ada.unlink("entra");

    awaitUnbound();
  }

  @Test
  void whoUnlinksThemselvesIsUnbound() {
    ada.link("entra", id);
    awaitBound();
    ada.resetPassword(PASSWORD);

    realm.accountOf(ada, PASSWORD).delete("/linked-accounts/entra");

    awaitUnbound();
  }

  @Test
  void whoseIdentityProviderIsDeletedIsUnbound() {
    ada.link("entra", id);
    awaitBound();

    realm.deleteIdentityProvider("entra");

    awaitUnbound();
  }

  @Test
  void aLinkWithAnotherIdentityProviderBindsNobody() {
    realm.createIdentityProvider("corp");

    ada.link("corp", id);
    phones.awaitEverythingBefore();

    assertThat(bindings()).isEmpty();
  }

  private void awaitBound() {
    eventually(() -> assertThat(bindings()).containsExactly("ms365_binding " + id));
  }

  private void awaitUnbound() {
    eventually(
        () ->
            assertThat(bindings()).containsExactly("ms365_binding " + id, "ms365_binding/destroy"));
  }

  /** PortSIP has no call that shows a binding. */
  private List<String> bindings() {
    return phones.writesTo(ada).stream()
        .filter(call -> call.path("path").asText().contains("/ms365_binding"))
        .map(LinksIT::told)
        .toList();
  }

  private static String told(JsonNode call) {
    var path = call.path("path").asText();
    var id = call.at("/body/id").asText();
    return (path.substring(path.indexOf("ms365_binding")) + " " + id).strip();
  }
}
