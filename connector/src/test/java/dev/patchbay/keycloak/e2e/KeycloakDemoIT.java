package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Demo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo that README and tutorial begin with. */
@Tag("long")
class KeycloakDemoIT {
  @Test
  void showsChangesAtThePhonesAndEndsWithWhoeverStartedIt() {
    try (var demo = Demo.start()) {
      assertThat(demo.output()).contains("Admin console:", "SCIM base URL:", "token:");
      assertThat(demo.pbx().users()).hasSize(20);
      assertThat(demo.pbx().members("sales")).hasSize(7).contains("ben.okafor");
      var ben = demo.realm().userCalled("ben.okafor").orElseThrow();

      ben.update("'lastName':'King','firstName':'Ben','email':'ben.okafor@acme.example'");
      ben.disable();

      eventually(
          () -> {
            var account = demo.pbx().user("ben.okafor").orElseThrow();
            assertThat(account.path("display_name").asText()).isEqualTo("Ben King");
            assertThat(account.path("enabled").asBoolean()).isFalse();
          });
      demo.endStarter();
    }
  }
}
