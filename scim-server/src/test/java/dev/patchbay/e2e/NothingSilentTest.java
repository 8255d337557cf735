package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.IdentityProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What could be taken for something else than was meant is refused, or done as the RFCs have it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NothingSilentTest {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String GROUP = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group']";
  private static final String USER = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:User']";

  private RunningBridge bridge;
  private int count;

  @BeforeAll
  void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
  }

  @AfterAll
  void stop() {
    bridge.close();
  }

  private ScimClient scim() {
    return bridge.scim();
  }

  private String newName() {
    return "someone" + ++count;
  }

  private String newUser() {
    return scim().createUser(newName()).is(201).id();
  }

  private JsonNode onPbx(String id) {
    return bridge.pbx().user(scim().get("/Users/" + id).json().path("userName").asText());
  }

  private boolean enabled(String id) {
    return onPbx(id).path("enabled").asBoolean();
  }

  @ParameterizedTest
  @EnumSource
  void nobodyIsEnabledByClearingActive(IdentityProvider idp) {
    var leaver = "/Users/" + newUser();
    scim().patch(leaver, "{'op':'replace','path':'active','value':false}").is(200);
    var sender = bridge.scim(idp);

    for (var operation :
        List.of(
            "{'op':'remove','path':'active'}",
            "{'op':'replace','path':'active','value':null}",
            "{'op':'replace','path':'active','value':''}",
            "{'op':'replace','value':{'active':null}}",
            "{'op':'replace','value':{'active':''}}",
            "{'op':'remove','path':'active'},{'op':'add','path':'title','value':'x'}")) {
      sender.patch(leaver, operation).is(400);
    }

    assertThat(scim().get(leaver).json().path("active").asBoolean(true)).isFalse();
    assertThat(enabled(leaver.substring(7))).isFalse();
    assertThat(scim().list("Users", "active eq false").at("/totalResults")).isNotEqualTo("0");
  }

  @Test
  void whoSetsActiveAfterClearingItIsHeard() {
    var id = newUser();

    scim()
        .patch(
            "/Users/" + id,
            "{'op':'remove','path':'active'},{'op':'add','path':'active','value':false}")
        .is(200);

    assertThat(enabled(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'members':null", ",'members':[]"})
  void aGroupThatIsPutWithoutMembersHasNone(String members) {
    var name = newName();
    var group = scim().createGroup(name, newUser()).is(201);

    scim()
        .put("/Groups/" + group.id(), "{%s,'displayName':'%s'%s}".formatted(GROUP, name, members));

    var now = scim().get("/Groups/" + group.id());
    assertThat(now.json().path("members")).isEmpty();
    assertThat(now.at("/meta/version")).isNotEqualTo(group.at("/meta/version"));
    assertThat(bridge.pbx().groups(name)).hasSize(1);
    assertThat(bridge.pbx().members(bridge.pbx().groups(name).getFirst())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          PUT    | {'userName':'%s'}
          PATCH  | {'Operations':[{'op':'replace','path':'userName','value':'%s'}]}
          DELETE | {}
          """)
  void aNameThatABulkFreesCanBeTakenInIt(String method, String data) {
    var name = newName();

    var answers =
        Bulk.of(
                Bulk.user("first", name),
                Bulk.operation(method, "/Users/bulkId:first", "'x':0", data.formatted(newName())),
                Bulk.user("second", name))
            .sendTo(bridge);

    assertThat(answers)
        .extracting(it -> it.path("status").asText())
        .containsExactly("201", method.equals("DELETE") ? "204" : "200", "201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999", "['W/\"9\"']", "{}", "true"})
  void aVersionInABulkThatIsNoTextIsNotIgnored(String version) {
    var id = newUser();

    var answers =
        Bulk.of(
                Bulk.operation(
                    "PATCH",
                    "/Users/" + id,
                    "'version':" + version.replace("\"", "\\\""),
                    "{'Operations':[{'op':'add','path':'title','value':'x'}]}"))
            .sendTo(bridge);

    assertThat(answers.getFirst().path("status").asText()).isEqualTo("400");
    assertThat(answers.getFirst().at("/response/scimType").asText()).isEqualTo("invalidSyntax");
    assertThat(scim().get("/Users/" + id).json().has("title")).isFalse();
  }

  @Test
  void aMemberByTheExternalIdOfSeveralIsNobody() {
    var shared = newName();
    scim().createUser(newName(), "'externalId':'%s'".formatted(shared)).is(201);
    scim().createUser(newName(), "'externalId':'%s'".formatted(shared)).is(201);
    var group = "/Groups/" + scim().createGroup(newName()).is(201).id();
    var member = "[{'value':'%s'}]".formatted(shared);

    scim()
        .patch(group, "{'op':'add','path':'members','value':%s}".formatted(member))
        .isError(400, "invalidValue");
    scim()
        .patch(group, "{'op':'remove','path':'members[value eq \\'%s\\']'}".formatted(shared))
        .isError(400, "invalidValue");

    assertThat(scim().get(group).json().path("members")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aMisspeltUrnOfOursIsNoStrangers(IdentityProvider idp) {
    var user = "/Users/" + newUser();

    for (var path :
        List.of(
            ENTERPRISE + ".department",
            ENTERPRISE + ":department:x",
            ENTERPRISE.replace(":2.0", "") + ":department",
            ENTERPRISE.replace("2.0", "2") + ":department",
            "urn:ietf:params:scim:schemas:core:2.0:Users:title")) {
      bridge
          .scim(idp)
          .patch(user, "{'op':'replace','path':'%s','value':'d'}".formatted(path))
          .isError(400, "invalidPath");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'userName':'a','USERNAME':'b'",
        "'userName':'a','active':true,'ACTIVE':false",
        "'userName':'a','emails':[{'value':'a@b.c','VALUE':'d@e.f'}]"
      })
  void aNameThatStandsTwiceInAnotherCaseIsRefused(String fields) {
    scim().post("/Users", "{%s,%s}".formatted(USER, fields)).isError(400, "invalidSyntax");
  }

  @Test
  void aStrictTokenIsToldOfEverythingThatWouldBeLost() {
    var strict = bridge.scim(IdentityProvider.GENERIC);
    var user = newUser();
    var group = "/Groups/" + scim().createGroup(newName()).is(201).id();
    var member = "[{'value':'%s','foo':1}]".formatted(user);

    strict
        .post("/Groups", "{%s,'displayName':'%s','members':%s}".formatted(GROUP, newName(), member))
        .isError(400, "invalidSyntax");
    strict
        .patch(group, "{'op':'add','path':'members','value':%s}".formatted(member))
        .isError(400, "invalidSyntax");
    strict
        .patch("/Users/" + user, "{'op':'add','path':'title','value':'x','foo':1}")
        .isError(400, "invalidSyntax");
    strict
        .patch("/Users/" + user, "{'op':'add','path':'schemas','value':['urn:foo']}")
        .isError(400, "invalidSyntax");
    scim().patch(group, "{'op':'add','path':'members','value':%s}".formatted(member)).is(204);
  }

  @Test
  void aRoleIsTheSameInAnyCase() {
    var id = scim().createUser(newName(), "'roles':[{'value':'QueueManager'}]").is(201).id();

    var calls =
        bridge.callsDuring(
            () ->
                scim()
                    .patch(
                        "/Users/" + id,
                        "{'op':'replace','path':'roles','value':[{'value':'queuemanager'}]}")
                    .is(200));

    assertThat(calls).noneMatch(it -> it.startsWith("POST"));
    assertThat(onPbx(id).path("role").asText()).isEqualTo("QueueManager");
  }

  @Test
  void aFilteredMemberCannotBeReplaced() {
    var group = "/Groups/" + scim().createGroup(newName()).is(201).id();

    scim()
        .patch(group, "{'op':'replace','path':'members[value eq \\'x\\']','value':{'value':'y'}}")
        .isError(400, "mutability");
  }

  @Test
  void ofTwoNewPasswordsForOneVersionOneIsSet() {
    var user = scim().createUser(newName()).is(201);
    var first = scim().with("If-Match", user.at("/meta/version"));
    var path = "/Users/" + user.id();

    var set = first.patch(path, password("Blue-7-Kettle")).is(200);
    first.patch(path, password("Red-8-Teapot")).isError(412);
    first.put(path, "{'userName':'x','password':'Red-8-Teapot'}").isError(412);

    assertThat(set.at("/meta/version")).isNotEqualTo(user.at("/meta/version"));
    assertThat(bridge.pbx().signsIn(user.at("/userName"), "Blue-7-Kettle")).isTrue();
  }

  private static String password(String text) {
    return "{'op':'replace','path':'password','value':'%s'}".formatted(text);
  }

  @Test
  void whoDoesNotWantMembersGetsNoParkedOnes() {
    var group = "/Groups/" + scim().createGroup(newName(), "nobody-yet").is(201).id();
    var parked = "/urn:ietf:params:scim:schemas:extension:pbx:2.0:Group/parkedMembers";

    var without = scim().get(group + "?excludedAttributes=members");

    assertThat(scim().get(group).json().at(parked)).hasSize(1);
    assertThat(without.json().at(parked).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tab\\tname", "\\u200bname", "\\u202ename", "new\\nline"})
  void aUserNameHasNothingThatCannotBeSeen(String name) {
    scim().post("/Users", "{'userName':'%s'}".formatted(name)).isError(400, "invalidValue");
  }

  @Test
  void aSecondAuthorizationIsNotOverlooked() {
    scim().with("authorization", "Bearer other").get("/Users").isError(400, "invalidSyntax");
  }

  @Test
  void aCursorGoesOnWhateverTheCaseOfTheName() {
    newUser();
    newUser();
    var page = scim().get("/Users?cursor&count=1&sortBy=userName").is(200);

    scim().get("/Users?count=1&sortBy=USERNAME&cursor=" + page.at("/nextCursor")).is(200);
  }

  @Test
  void aFilterThatRemovesMembersRemovesThoseWhoAreWaitedFor() {
    var group = "/Groups/" + scim().createGroup(newName(), "ghost-1", "other").is(201).id();
    var parked = "/urn:ietf:params:scim:schemas:extension:pbx:2.0:Group/parkedMembers";

    scim().patch(group, "{'op':'remove','path':'members[value sw \\'gh\\']'}").is(204);

    assertThat(scim().get(group).json().at(parked)).hasSize(1);
    assertThat(scim().get(group).at(parked + "/0/value")).isEqualTo("other");
  }
}
