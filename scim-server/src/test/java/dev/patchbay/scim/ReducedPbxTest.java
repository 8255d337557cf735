package dev.patchbay.scim;

import static dev.patchbay.scim.ScimServer.assertError;
import static dev.patchbay.scim.ScimServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUpdate;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a phone system has no call for is refused before anything is stored: never a false 2xx. */
class ReducedPbxTest {
  private static final PbxPace PACE = new PbxPace(Duration.ofSeconds(5), Duration.ZERO, 4);
  private static final String PBX = "urn:ietf:params:scim:schemas:extension:pbx:2.0:";
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

  /** It makes users and that is all. */
  private static final PbxCapabilities CREATES_ONLY =
      new PbxCapabilities(
          Set.of(PbxCall.CreateUser.class),
          PbxReading.ALL,
          new PbxFields(
              Set.of(
                  PbxField.NAME,
                  PbxField.EXTENSION,
                  PbxField.GIVEN_NAME,
                  PbxField.FAMILY_NAME,
                  PbxField.EMAIL,
                  PbxField.ROLE),
              Set.of(PbxField.GIVEN_NAME, PbxField.FAMILY_NAME),
              Set.of(),
              Map.of()),
          List.of(),
          Set.of(PbxSecret.PASSWORD),
          PbxPermissions.NONE,
          PACE);

  private static final Set<PbxField> CHANGED =
      Set.of(
          PbxField.NAME,
          PbxField.EXTENSION,
          PbxField.DISPLAY_NAME,
          PbxField.EMAIL,
          PbxField.ENABLED,
          PbxField.ROLE);

  /** It has no groups, a company for life, and one update for all else. */
  private static final PbxCapabilities ONE_UPDATE =
      new PbxCapabilities(
          Set.of(PbxCall.CreateUser.class, PbxCall.UpdateUser.class, PbxCall.DeleteUser.class),
          PbxReading.ALL,
          new PbxFields(
              Set.of(
                  PbxField.NAME,
                  PbxField.EXTENSION,
                  PbxField.DISPLAY_NAME,
                  PbxField.EMAIL,
                  PbxField.ENABLED,
                  PbxField.ROLE,
                  PbxField.COMPANY),
              Set.of(PbxField.NAME),
              Set.of(),
              Map.of()),
          List.of(new PbxUpdate(CHANGED, Set.of(PbxSecret.PASSWORD))),
          Set.of(PbxSecret.PASSWORD),
          PbxPermissions.NONE,
          PACE);

  @TempDir private Path folder;
  private ScimServer server;

  private void open(PbxCapabilities pbx) {
    server = ScimServer.in(folder, pbx);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String created(String path, String body) {
    var answer = server.send("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("id").asText();
  }

  private String ada() {
    return created(
        "/Users",
        "{'userName':'ada','displayName':'Ada Lovelace','password':'Blue-7-Kettle-Sings',"
            + "'emails':[{'value':'ada@example.com'}],'roles':[{'value':'StandardUser'}],'"
            + ENTERPRISE
            + "':{'organization':'acme'}}");
  }

  private HttpResponse<String> patch(String path, String operation) {
    return server.send(
        "PATCH",
        path,
        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
            + operation
            + "]}");
  }

  private static String replace(String path, String value) {
    return "{'op':'replace','path':'%s','value':%s}".formatted(path, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "active | false",
        "password | 'Red-5-Bucket-Swims'",
        "roles | [{'value':'QueueManager'}]",
        "name.familyName | 'Byron'",
        "emails | [{'value':'countess@example.com'}]"
      })
  void whatCannotBeChangedIsNotImplementedAndNotStored(String path, String value) {
    open(CREATES_ONLY);
    String id = ada();
    server.pbx.calls.clear();
    String before = server.get("/Users/" + id).body();

    assertError(patch("/Users/" + id, replace(path, value)), 501);

    assertThat(server.pbx.calls).isEmpty();
    assertThat(server.get("/Users/" + id).body()).isEqualTo(before);
  }

  @Test
  void aUserThatCannotBeDeletedStays() {
    open(CREATES_ONLY);
    String id = ada();
    server.pbx.calls.clear();

    assertError(server.send("DELETE", "/Users/" + id), 501);

    assertThat(server.pbx.calls).isEmpty();
    assertThat(json(server.get("/Users/" + id)).path("active").asBoolean(true)).isTrue();
  }

  @Test
  void aUserCannotBeMadeInactiveWhereNobodyCanBe() {
    open(CREATES_ONLY);

    var answer = server.send("POST", "/Users", "{'userName':'ada','active':false}");

    assertError(answer, 400);
    assertThat(json(answer).path("scimType").asText()).isEqualTo("invalidValue");
    assertThat(json(answer).path("detail").asText()).startsWith("active");
    assertThat(server.pbx.calls).isEmpty();
  }

  @Test
  void whatThePbxHasNoFieldForIsKeptHere() {
    open(CREATES_ONLY);
    String id = ada();
    server.pbx.calls.clear();

    var answer = patch("/Users/" + id, replace("title", "'Countess'"));

    assertThat(json(answer).path("title").asText()).isEqualTo("Countess");
    assertThat(provisioning(answer)).isEqualTo("synced");
    assertThat(server.pbx.calls).isEmpty();
  }

  @Test
  void namesAreMadeOfTheDisplayName() {
    open(CREATES_ONLY);

    ada();

    assertThat(server.pbx.calls)
        .singleElement()
        .isInstanceOfSatisfying(
            PbxCall.CreateUser.class,
            create -> {
              assertThat(create.user().get(PbxField.GIVEN_NAME)).contains("Ada");
              assertThat(create.user().get(PbxField.FAMILY_NAME)).contains("Lovelace");
            });
  }

  @Test
  void aMissingNameIsNamed() {
    open(CREATES_ONLY);

    var answer = server.send("POST", "/Users", "{'userName':'ada','displayName':'Ada'}");

    assertError(answer, 400);
    assertThat(json(answer).path("detail").asText()).contains("givenName");
  }

  @Test
  void aMixedChangeIsOneCall() {
    open(ONE_UPDATE);
    String id = ada();
    server.pbx.calls.clear();

    var answer =
        patch(
            "/Users/" + id,
            String.join(
                ",",
                replace("active", "false"),
                replace("displayName", "'Countess'"),
                replace("password", "'Red-5-Bucket-Swims'"),
                replace("roles", "[{'value':'QueueManager'}]")));

    assertThat(provisioning(answer)).isEqualTo("synced");
    assertThat(server.pbx.calls)
        .singleElement()
        .isInstanceOfSatisfying(
            PbxCall.UpdateUser.class,
            update -> {
              assertThat(update.changed())
                  .containsExactlyInAnyOrder(
                      PbxField.ENABLED, PbxField.DISPLAY_NAME, PbxField.ROLE);
              assertThat(update.secrets()).containsOnlyKeys(PbxSecret.PASSWORD);
            });
  }

  @Test
  void aCompanyIsForLife() {
    open(ONE_UPDATE);
    String id = ada();
    server.pbx.calls.clear();

    var answer = patch("/Users/" + id, replace(ENTERPRISE + ":organization", "'other'"));

    assertError(answer, 400);
    assertThat(json(answer).path("scimType").asText()).isEqualTo("mutability");
    assertThat(server.pbx.calls).isEmpty();
  }

  @Test
  void aCompanyThatNobodyNamedAtFirstIsForLifeToo() {
    open(ONE_UPDATE);
    String id = created("/Users", "{'userName':'ada'}");

    var answer = patch("/Users/" + id, replace(ENTERPRISE + ":organization", "'other'"));

    assertError(answer, 400);
    assertThat(json(answer).path("scimType").asText()).isEqualTo("mutability");
  }

  @Test
  void groupsAreTheBridgesWhereThePbxHasNone() {
    open(ONE_UPDATE);
    String ada = ada();
    String grace = created("/Users", "{'userName':'grace'}");
    server.pbx.calls.clear();

    String id =
        created("/Groups", "{'displayName':'Sales','members':[{'value':'%s'}]}".formatted(ada));
    patch(
        "/Groups/" + id, "{'op':'add','path':'members','value':[{'value':'%s'}]}".formatted(grace));
    patch("/Groups/" + id, replace("displayName", "'Sales north'"));
    patch("/Groups/" + id, "{'op':'remove','path':'members[value eq \\'%s\\']'}".formatted(ada));

    JsonNode group = json(server.get("/Groups/" + id));
    assertThat(group.path("displayName").asText()).isEqualTo("Sales north");
    assertThat(group.path("members").findValuesAsText("value")).containsExactly(grace);
    assertThat(json(server.get("/Users/" + grace)).at("/groups/0/value").asText()).isEqualTo(id);
    assertThat(json(server.get("/Users/" + ada)).path("groups")).isEmpty();
    assertThat(server.send("DELETE", "/Groups/" + id).statusCode()).isEqualTo(204);
    assertThat(json(server.get("/Users/" + grace)).path("groups")).isEmpty();
    assertThat(server.pbx.calls).isEmpty();
  }

  @Test
  void aMemberOfTheBridgesGroupCanBeDeleted() {
    open(ONE_UPDATE);
    String ada = ada();
    String id =
        created("/Groups", "{'displayName':'Sales','members':[{'value':'%s'}]}".formatted(ada));

    assertThat(server.send("DELETE", "/Users/" + ada).statusCode()).isEqualTo(204);

    assertThat(json(server.get("/Groups/" + id)).path("members")).isEmpty();
    assertThat(server.pbx.calls)
        .extracting(PbxCall::name)
        .containsExactly("CreateUser", "DeleteUser");
  }

  @Test
  void aGroupOfThePbxIsRefusedWhereItHasNone() {
    open(ONE_UPDATE);

    var answer =
        server.send(
            "POST",
            "/Groups",
            "{'displayName':'Sales','%sGroup':{'kind':'userGroup'}}".formatted(PBX));

    assertError(answer, 400);
  }

  @Test
  void theSchemasSayWhatThePbxHas() {
    open(ONE_UPDATE);

    JsonNode user = json(server.get("/Schemas/" + PBX + "User"));
    JsonNode group = json(server.get("/Schemas/" + PBX + "Group"));
    JsonNode enterprise = json(server.get("/Schemas/" + ENTERPRISE));

    assertThat(user.findValuesAsText("name"))
        .contains("extensionNumber")
        .doesNotContain("voicemailPin", "extensionPassword", "ms365", "ms365Id");
    assertThat(named(user, "extensionNumber").path("mutability").asText()).isEqualTo("readWrite");
    assertThat(named(group, "kind").path("canonicalValues"))
        .extracting(JsonNode::asText)
        .contains("bridge")
        .doesNotContain("userGroup", "callQueue");
    assertThat(named(enterprise, "organization").path("mutability").asText())
        .isEqualTo("immutable");
    assertThat(changePassword()).isTrue();
  }

  @Test
  void changingPasswordsIsNotAdvertisedWhereNobodyCan() {
    open(CREATES_ONLY);

    assertThat(changePassword()).isFalse();
  }

  private boolean changePassword() {
    return json(server.get("/ServiceProviderConfig")).at("/changePassword/supported").asBoolean();
  }

  private static JsonNode named(JsonNode schema, String attribute) {
    for (JsonNode each : schema.path("attributes")) {
      if (each.path("name").asText().equals(attribute)) {
        return each;
      }
    }
    throw new AssertionError("no attribute " + attribute);
  }

  private static String provisioning(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path(PBX + "User").at("/provisioning/state").asText();
  }
}
