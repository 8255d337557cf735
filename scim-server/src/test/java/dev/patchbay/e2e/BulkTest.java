package dev.patchbay.e2e;

import static dev.patchbay.e2e.Bulk.delete;
import static dev.patchbay.e2e.Bulk.operation;
import static dev.patchbay.e2e.Bulk.patch;
import static dev.patchbay.e2e.Bulk.post;
import static dev.patchbay.e2e.Bulk.put;
import static dev.patchbay.e2e.Bulk.statuses;
import static dev.patchbay.e2e.Bulk.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** {@code /Bulk} (RFC 7644 §3.7). */
@TestInstance(Lifecycle.PER_CLASS)
class BulkTest {
  private static final String MANAGER =
      "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'manager':{'value':'%s'}}";
  private static final String MANAGER_AT =
      "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value";

  private RunningBridge bridge;

  @BeforeAll
  void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
  }

  @AfterEach
  void empty() {
    bridge.empty();
  }

  @AfterAll
  void stop() {
    bridge.close();
  }

  @Test
  void eachOperationHasItsOwnAnswerInTheOrderOfTheRequest() {
    var ada = bridge.scim().createUser("ada").id();
    var bob = bridge.scim().createUser("bob").id();

    var answers =
        bulk(
            user("x", "cyd"),
            put("/Users/" + ada, "{'userName':'ada','displayName':'Ada'}"),
            patch("/Users/" + bob, "{'op':'replace','path':'active','value':false}"),
            delete("/Users/" + bob));

    assertThat(statuses(answers)).containsExactly("201", "200", "200", "204");
    var created = answers.get(0);
    assertThat(created.path("method").asText()).isEqualTo("POST");
    assertThat(created.path("bulkId").asText()).isEqualTo("x");
    assertThat(created.path("version").asText()).isEqualTo("W/\"1\"");
    assertThat(bridge.scim().get(path(created)).is(200).at("/userName")).isEqualTo("cyd");
    assertThat(bridge.scim().get(path(created)).at("/meta/location"))
        .isEqualTo(created.path("location").asText());
    assertThat(path(answers.get(1))).isEqualTo("/Users/" + ada);
    assertThat(answers.get(1).path("version").asText())
        .isEqualTo(bridge.scim().get("/Users/" + ada).at("/meta/version"));
    assertThat(path(answers.get(3))).isEqualTo("/Users/" + bob);
    assertThat(answers).noneMatch(it -> it.has("response"));
    bridge.assertBothSidesAgree();
  }

  @Test
  void aReferenceMayComeBeforeWhatItRefersTo() {
    var answers =
        bulk(
            patch(
                "/Groups/bulkId:g", "{'op':'add','path':'members','value':[{'value':'bulkId:b'}]}"),
            post("g", "/Groups", "{'displayName':'Team','members':[{'value':'bulkId:a'}]}"),
            user("a", "ada", MANAGER.formatted("bulkId:b")),
            user("b", "bob"));

    assertThat(statuses(answers)).containsExactly("200", "201", "201", "201");
    var group = bridge.scim().get(path(answers.get(1)));
    assertThat(values(group.json().path("members")))
        .containsExactlyInAnyOrder(id(answers.get(2)), id(answers.get(3)));
    assertThat(bridge.scim().get(path(answers.get(2))).at(MANAGER_AT))
        .isEqualTo(id(answers.get(3)));
    assertThat(path(answers.get(0))).isEqualTo(path(answers.get(1)));
    bridge.assertBothSidesAgree();
  }

  @Test
  void aReferenceInThePathOfAPatchIsOneToo() {
    var answers =
        bulk(
            user("a", "ada"),
            user("b", "bob"),
            post(
                "g",
                "/Groups",
                "{'displayName':'T','members':[{'value':'bulkId:a'},{'value':'bulkId:b'}]}"),
            patch("/Groups/bulkId:g", "{'op':'remove','path':'members[value eq \\'bulkId:a\\']'}"));

    assertThat(statuses(answers)).containsExactly("201", "201", "201", "200");
    assertThat(values(bridge.scim().get(path(answers.get(2))).json().path("members")))
        .containsExactly(id(answers.get(1)));
    bridge.assertBothSidesAgree();
  }

  @Test
  void whoReferToEachOtherAreMadeAndThenPutRight() {
    var answers =
        bulk(
            post("g", "/Groups", "{'displayName':'T','members':[{'value':'bulkId:a'}]}"),
            user("a", "ada", MANAGER.formatted("bulkId:b")),
            user("b", "bob", MANAGER.formatted("bulkId:c")),
            user("c", "cyd", MANAGER.formatted("bulkId:a")),
            user("self", "eve", MANAGER.formatted("bulkId:self")));

    assertThat(statuses(answers)).containsOnly("201");
    for (int i = 1; i <= 3; i++) {
      assertThat(bridge.scim().get(path(answers.get(i))).at(MANAGER_AT))
          .isEqualTo(id(answers.get(i % 3 + 1)));
      assertThat(bridge.scim().get(path(answers.get(i))).at("/meta/version"))
          .isEqualTo(answers.get(i).path("version").asText());
    }
    assertThat(bridge.scim().get(path(answers.get(4))).at(MANAGER_AT))
        .isEqualTo(id(answers.get(4)));
    assertThat(values(bridge.scim().get(path(answers.get(0))).json().path("members")))
        .containsExactly(id(answers.get(1)));
    bridge.assertBothSidesAgree();
  }

  @Test
  void whoRefersToNobodyIsRefusedAndTheOthersAreNot() {
    var answers =
        bulk(
            user("a", "ada", MANAGER.formatted("bulkId:nobody")),
            user("b", "bob"),
            delete("/Users/bulkId:nobody"));

    assertThat(statuses(answers)).containsExactly("400", "201", "400");
    assertError(answers.get(0), 400, "invalidValue");
    assertThat(answers.get(0).has("location")).isFalse();
    assertError(answers.get(2), 400, "invalidValue");
  }

  @Test
  void whoRefersToWhatWasNotCreatedIsAConflict() {
    bridge.scim().createUser("bob").is(201);

    var answers =
        bulk(
            user("a", "ada", MANAGER.formatted("bulkId:b")),
            user("b", "bob"),
            user("c", "cyd", MANAGER.formatted("bulkId:d")),
            user("d", "dan", MANAGER.formatted("bulkId:e")),
            user("e", "bob", MANAGER.formatted("bulkId:c")));

    assertThat(statuses(answers)).containsExactly("409", "409", "201", "409", "409");
    assertError(answers.get(0), 409, "");
    assertError(answers.get(1), 409, "uniqueness");
    assertThat(answers.get(3).path("response").path("detail").asText()).contains("without", "'e'");
    assertThat(bridge.scim().list("Users", "userName eq \"ada\"").at("/totalResults"))
        .isEqualTo("0");
  }

  @Test
  void whoWasCreatedWithoutItsReferenceSaysSoAndWhere() {
    var answers =
        bulk(
            user("a", "ada", MANAGER.formatted("bulkId:b")),
            user("b", "bob", MANAGER.formatted("bulkId:a") + ",'active':'perhaps'"));

    assertThat(statuses(answers)).containsExactly("409", "400");
    assertThat(answers.get(0).path("response").path("detail").asText())
        .startsWith("created, but without");
    assertThat(bridge.scim().get(path(answers.get(0))).at("/userName")).isEqualTo("ada");
  }

  @Test
  void aNameIsFreeOnceWhoHadItEarlierInTheRequestIsGone() {
    var ada = bridge.scim().createUser("ada").id();
    var bob = bridge.scim().createUser("bob").id();

    var answers =
        bulk(
            delete("/Users/" + ada),
            user("new", "ada"),
            patch("/Users/" + bob, "{'op':'replace','path':'userName','value':'rob'}"),
            user("bob", "bob"));

    assertThat(statuses(answers)).containsExactly("204", "201", "200", "201");
    bridge.assertBothSidesAgree();
  }

  @Test
  void ofTwoWithOneNameTheFirstGetsIt() {
    var answers = bulk(user("a", "ada", "'title':'first'"), user("b", "ADA"));

    assertThat(statuses(answers)).containsExactly("201", "409");
    assertThat(bridge.scim().get(path(answers.get(0))).at("/title")).isEqualTo("first");
  }

  @Test
  void aVersionIsAPrecondition() {
    var ada = bridge.scim().createUser("ada").id();

    var answers =
        bulk(
            operation("PUT", "/Users/" + ada, "'version':'W/\\'7\\''", "{'userName':'ada'}"),
            operation(
                "PUT", "/Users/" + ada, "'version':'W/\\'1\\''", "{'userName':'ada','title':'x'}"),
            "{'method':'DELETE','path':'/Users/%s','version':'W/\\'1\\''}".formatted(ada));

    assertThat(statuses(answers)).containsExactly("412", "200", "412");
    assertError(answers.get(0), 412, "");
  }

  @Test
  void aVersionThatIsNoTextIsNotTakenForNone() {
    var ada = bridge.scim().createUser("ada").id();

    var answers =
        bulk(
            "{'method':'DELETE','path':'/Users/%s','version':7}".formatted(ada),
            "{'method':'DELETE','path':'/Users/%s','version':['W/\\'7\\'']}".formatted(ada));

    assertThat(statuses(answers)).containsExactly("400", "400");
    assertError(answers.get(0), 400, "invalidSyntax");
  }

  @Test
  void whatIsWrongWithOneOperationIsItsOwnTrouble() {
    var answers =
        bulk(
            "7",
            "{'method':'GET','path':'/Users'}",
            "{'method':'POST','path':'/Users','data':{'userName':'ada'}}",
            "{'method':'POST','bulkId':'a','path':'/Users/1','data':{'userName':'ada'}}",
            "{'method':'POST','bulkId':'b','path':'/Users'}",
            "{'method':'PUT','path':'/Users','data':{}}",
            "{'method':'DELETE','path':'/Nowhere/1'}",
            "{'method':'DELETE'}",
            "{'method':'DELETE','path':'/Users/%zz'}",
            "{'method':'DELETE','path':'/Users/nobody'}",
            post("c", "/Users", "{'displayName':'no name'}"),
            user("d", "dan"));

    assertThat(statuses(answers))
        .containsExactly(
            "400", "400", "400", "400", "400", "400", "404", "400", "400", "404", "400", "201");
    answers
        .subList(0, 11)
        .forEach(it -> assertThat(it.path("response").path("detail").asText()).isNotBlank());
  }

  @Test
  void aBrokenEnvelopeIsRefusedAsAWhole() {
    for (String body :
        List.of(
            "{}",
            "{'Operations':{}}",
            "{'Operations':[]}",
            "{'schemas':['urn:x'],'Operations':[%s]}".formatted(user("a", "ada")),
            "[]")) {
      bridge.scim().post("/Bulk", body).isError(400, "invalidSyntax");
    }
    for (String failOnErrors : List.of("0", "-1", "'1'", "1.5", "true", "99999999999")) {
      bridge
          .scim()
          .post(
              "/Bulk",
              "{'failOnErrors':%s,'Operations':[%s]}".formatted(failOnErrors, user("a", "ada")))
          .isError(400, "invalidValue");
    }
    bridge
        .scim()
        .post("/Bulk", "{'Operations':[%s,%s]}".formatted(user("a", "ada"), user("a", "bob")))
        .isError(400, "invalidValue");
    assertThat(bridge.scim().get("/Users").at("/totalResults")).isEqualTo("0");
  }

  @Test
  void asManyErrorsAsAreAcceptedEndIt() {
    bridge.scim().createUser("ada").is(201);
    var operations = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      operations.add(user("a" + i, "ada"));
      operations.add(user("u" + i, "user" + i));
    }

    var answers = bulk(3, operations);

    assertThat(statuses(answers).stream().filter("409"::equals)).hasSize(3);
    assertThat(answers).hasSizeLessThan(10);
    var made = answers.stream().filter(it -> it.path("status").asText().equals("201")).count();
    assertThat(bridge.scim().get("/Users").at("/totalResults")).isEqualTo("" + (made + 1));
  }

  @Test
  void theFirstErrorIsTheLastWhereNoneIsAccepted() {
    bridge.scim().createUser("ada").is(201);

    var answers = bulk(1, List.of(user("a", "bob"), user("b", "ada"), user("c", "cyd")));

    assertThat(statuses(answers)).containsExactly("201", "409");
    assertThat(bridge.scim().list("Users", "userName eq \"cyd\"").at("/totalResults"))
        .isEqualTo("0");
  }

  @Test
  void aRepeatedBulkChangesNothingMore() {
    var operations =
        new String[] {
          user("a", "ada", "'externalId':'e1'"),
          post("g", "/Groups", "{'displayName':'Team','members':[{'value':'bulkId:a'}]}")
        };
    bulk(operations);
    var calls =
        bridge.callsDuring(
            () -> assertThat(statuses(bulk(operations))).containsExactly("409", "409"));

    assertThat(calls).isEmpty();
    bridge.assertBothSidesAgree();
  }

  private List<JsonNode> bulk(String... operations) {
    return Bulk.of(operations).sendTo(bridge);
  }

  private List<JsonNode> bulk(int failOnErrors, List<String> operations) {
    return new Bulk("'failOnErrors':" + failOnErrors + ",", operations).sendTo(bridge);
  }

  private String path(JsonNode answer) {
    var base = bridge.scim().http().base().toString();
    assertThat(answer.path("location").asText()).startsWith(base);
    return answer.path("location").asText().substring(base.length());
  }

  private String id(JsonNode answer) {
    return path(answer).replaceAll(".*/", "");
  }

  private static List<String> values(JsonNode members) {
    return members.findValuesAsText("value");
  }

  private static void assertError(JsonNode answer, int status, String scimType) {
    var error = answer.path("response");
    assertThat(answer.path("status").asText()).isEqualTo("" + status);
    assertThat(error.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(error.path("status").asText()).isEqualTo("" + status);
    assertThat(error.path("scimType").asText()).as(error.toString()).isEqualTo(scimType);
    assertThat(error.path("detail").asText()).isNotBlank();
  }
}
