package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.schema.IdentityProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A token that is to keep to the letter of the RFCs, beside one that is not. */
@TestInstance(Lifecycle.PER_CLASS)
class StrictTokenTest {
  private static final String SCHEMAS =
      "'schemas':['urn:ietf:params:scim:schemas:core:2.0:User','%s']"
          .formatted(RunningBridge.PBX_URN);

  private RunningBridge bridge;
  private ScimClient strict;

  @BeforeAll
  void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
    strict = bridge.scim(IdentityProvider.GENERIC);
  }

  @AfterAll
  void stop() {
    bridge.close();
  }

  @Test
  void isRefusedWhatAnotherTokenMayWrite() {
    var ada = bridge.scim().createUser("ada").is(201);
    var path = "/Users/" + ada.id();

    strict
        .patch(path, "{'op':'Replace','path':'active','value':false}")
        .isError(400, "invalidSyntax");
    strict
        .patch(path, "{'op':'replace','path':'active','value':'False'}")
        .isError(400, "invalidValue");
    strict.patch(path, "{'op':'replace','value':{'activ':false}}").isError(400, "invalidSyntax");
    strict.post("/Users", "{'userName':'bob'}").isError(400, "invalidSyntax");
    assertThat(bridge.scim().get(path).at("/meta/version")).isEqualTo(ada.at("/meta/version"));

    bridge.scim().patch(path, "{'op':'Replace','path':'active','value':'False'}").is(200);
    assertThat(strict.get(path).json().path("active").booleanValue()).isFalse();
  }

  @Test
  void mayWriteWhatTheRfcsHave() {
    var body = "{%s,'userName':'eve','emails':[{'value':'eve@example.test'}]}".formatted(SCHEMAS);

    var eve = strict.post("/Users", body).is(201);
    var path = "/Users/" + eve.id();
    strict.patch(path, "{'op':'add','path':'emails','value':{'value':'e@example.test'}}").is(200);
    strict.put(path, strict.get(path).text()).is(200);

    assertThat(strict.get(path).json().path("emails")).hasSize(2);
    strict.delete(path).is(204);
  }
}
