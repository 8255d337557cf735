package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.7: many writes in one request. */
@RfcTest
class BulkRulesTest {
  private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
  private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
  private static final String TITLE =
      "{'schemas':['"
          + Scim.PATCH_OP
          + "'],'Operations':[{'op':'add','path':'title','value':'x'}]}";

  private final Scim scim;

  BulkRulesTest(Scim scim) {
    this.scim = scim;
  }

  private List<JsonNode> bulk(String... operations) {
    return failing("", operations);
  }

  /** A bulk with more in it, such as {@code 'failOnErrors':1,}. */
  private List<JsonNode> failing(String more, String... operations) {
    var list = String.join(",", operations);
    var body = "{'schemas':['%s'],%s'Operations':[%s]}".formatted(REQUEST, more, list);
    var answer = scim.post("/Bulk", body).is(200).json();
    assertThat(answer.path("schemas")).extracting(JsonNode::asText).containsExactly(RESPONSE);
    return Declared.stream(answer.path("Operations")).toList();
  }

  private static String post(String path, String bulkId, String data) {
    return "{'method':'POST','path':'%s','bulkId':'%s','data':%s}".formatted(path, bulkId, data);
  }

  private static String user(String bulkId, String... attributes) {
    return post("/Users", bulkId, Scim.userBody(Scim.unique("bulk"), attributes));
  }

  private static String operation(String method, String path, String data) {
    return "{'method':'%s','path':'%s','data':%s}".formatted(method, path, data);
  }

  private static String delete(String path) {
    return "{'method':'DELETE','path':'%s'}".formatted(path);
  }

  private static String id(JsonNode result) {
    var location = result.path("location").asText();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static List<String> statuses(List<JsonNode> results) {
    return results.stream().map(it -> it.path("status").asText()).toList();
  }

  @Test
  @Section({"7644 §3.7", "7643 §5"})
  void saysThatItTakesBulks() {
    var bulk = scim.get("/ServiceProviderConfig").json().path("bulk");

    assertThat(bulk.path("supported").asBoolean()).isTrue();
    assertThat(bulk.path("maxOperations").intValue()).isPositive();
    assertThat(bulk.path("maxPayloadSize").intValue()).isPositive();
  }

  @Test
  @Section({"7644 §3.7", "7644 §3.7.3"})
  void doesEveryMethodAndTellsEachResult() {
    var put = scim.user();
    var patched = scim.user();
    var deleted = scim.user();
    var made = user("new");

    var results =
        bulk(
            made,
            operation(
                "PUT", "/Users/" + put.id(), Scim.userBody(put.at("/userName"), "'title':'y'")),
            operation("PATCH", "/Users/" + patched.id(), TITLE),
            delete("/Users/" + deleted.id()));

    assertThat(statuses(results)).containsExactly("201", "200", "200", "204");
    assertThat(results)
        .extracting(it -> it.path("method").asText())
        .containsExactly("POST", "PUT", "PATCH", "DELETE");
    assertThat(results).allMatch(it -> it.path("location").asText().startsWith(scim.base() + "/"));
    assertThat(scim.get("/Users/" + id(results.get(0))).is(200).header("ETag"))
        .isEqualTo(results.get(0).path("version").asText());
    assertThat(scim.get("/Users/" + put.id()).at("/title")).isEqualTo("y");
    assertThat(scim.get("/Users/" + patched.id()).at("/title")).isEqualTo("x");
    scim.get("/Users/" + deleted.id()).isError(404);
  }

  @Test
  @Section("7644 §3.7")
  void givesBackTheBulkIdOfWhatItMade() {
    var results = bulk(user("qwerty"), user("ytrewq"));

    assertThat(results)
        .extracting(it -> it.path("bulkId").asText())
        .containsExactly("qwerty", "ytrewq");
    assertThat(id(results.get(0))).isNotEqualTo(id(results.get(1))).doesNotContain("bulkId");
  }

  @Test
  @Section({"7644 §3.7.2", "7643 §3.1"})
  void putsIdsInPlaceOfBulkIds() {
    var group = Scim.groupBody(Scim.unique("bulk"), "bulkId:qwerty");

    var results = bulk(user("qwerty"), post("/Groups", "g", group));

    var members = scim.get("/Groups/" + id(results.get(1))).json().path("members");
    assertThat(members.at("/0/value").asText()).isEqualTo(id(results.get(0)));
  }

  @Test
  @Section({"7644 §3.7.2", "7644 §3.7.1"})
  void putsIdsInPlaceOfBulkIdsThatComeLater() {
    var group = Scim.groupBody(Scim.unique("bulk"), "bulkId:qwerty");

    var results = bulk(post("/Groups", "g", group), user("qwerty"));

    assertThat(statuses(results)).containsExactly("201", "201");
    var made = results.stream().filter(it -> it.path("bulkId").asText().equals("g")).findFirst();
    assertThat(scim.get("/Groups/" + id(made.orElseThrow())).json().path("members")).hasSize(1);
  }

  @Test
  @Section("7644 §3.7.2")
  void putsIdsInPlaceOfBulkIdsInExtensionsAndPatches() {
    var group = scim.group();
    var add =
        "{'schemas':['%s'],'Operations':[{'op':'add','path':'members',"
            + "'value':[{'value':'bulkId:worker'}]}]}";

    var results =
        bulk(
            user("boss"),
            user("worker", "'" + Scim.ENTERPRISE + "':{'manager':{'value':'bulkId:boss'}}"),
            operation("PATCH", "/Groups/" + group.id(), add.formatted(Scim.PATCH_OP)));

    var worker = scim.get("/Users/" + id(results.get(1))).json();
    assertThat(worker.path(Scim.ENTERPRISE).at("/manager/value").asText())
        .isEqualTo(id(results.get(0)));
    assertThat(worker.at("/groups/0/value").asText()).isEqualTo(group.id());
  }

  @Test
  @Section("7644 §3.7.1")
  void resolvesCirclesOrSaysThatItCannot() {
    var manager = "'" + Scim.ENTERPRISE + "':{'manager':{'value':'bulkId:%s'}}";

    var results = bulk(user("a", manager.formatted("b")), user("b", manager.formatted("a")));

    if (statuses(results).contains("409")) {
      assertThat(statuses(results)).containsOnly("409");
    } else {
      var a = scim.get("/Users/" + id(results.get(0))).is(200).json().path(Scim.ENTERPRISE);
      assertThat(a.at("/manager/value").asText()).isEqualTo(id(results.get(1)));
      var b = scim.get("/Users/" + id(results.get(1))).is(200).json().path(Scim.ENTERPRISE);
      assertThat(b.at("/manager/value").asText()).isEqualTo(id(results.get(0)));
    }
  }

  @Test
  @Section({"7644 §3.7", "7644 §3.7.3"})
  void goesOnAfterAFailureAndSaysWhatItWas() {
    var taken = scim.user().at("/userName");

    var results =
        bulk(
            delete("/Users/none"),
            post("/Users", "a", Scim.userBody(taken)),
            operation("PATCH", "/Users/none", TITLE),
            user("b"));

    assertThat(statuses(results)).containsExactly("404", "409", "404", "201");
    for (JsonNode failed : results.subList(0, 3)) {
      var error = failed.path("response");
      assertThat(error.path("status").asText()).isEqualTo(failed.path("status").asText());
      assertThat(error.path("detail").asText()).isNotBlank();
      assertThat(error.at("/schemas/0").asText()).endsWith(":Error");
    }
    assertThat(results.get(1).path("response").path("scimType").asText()).isEqualTo("uniqueness");
    assertThat(results.get(1).has("location")).isFalse();
    assertThat(results.get(0).path("location").asText()).isEqualTo(scim.base() + "/Users/none");
    assertThat(results.get(2).path("location").asText()).isEqualTo(scim.base() + "/Users/none");
  }

  @Test
  @Section({"7644 §3.7", "7644 §3.7.3"})
  void stopsAfterAsManyErrorsAsItIsTold() {
    var last = scim.user().id();

    var results = failing("'failOnErrors':1,", delete("/Users/none"), delete("/Users/" + last));

    assertThat(statuses(results)).containsExactly("404");
    scim.get("/Users/" + last).is(200);
  }

  @Test
  @Section({"7644 §3.7", "7644 §3.14"})
  void writesOnlyTheVersionThatIsNamed() {
    var user = scim.user();
    var stale = "{'method':'DELETE','path':'/Users/%s','version':'W/\\\"none\\\"'}";
    var right = "{'method':'DELETE','path':'/Users/%s','version':'%s'}";

    assertThat(statuses(bulk(stale.formatted(user.id())))).containsExactly("412");
    var tag = user.header("ETag").replace("\"", "\\\"");
    assertThat(statuses(bulk(right.formatted(user.id(), tag)))).containsExactly("204");
  }

  @Test
  @Section("7644 §3.7.4")
  void refusesMoreOperationsThanItSays() {
    var most = scim.get("/ServiceProviderConfig").json().at("/bulk/maxOperations").intValue();
    var operations = new ArrayList<String>();
    for (int i = 0; i <= most; i++) {
      operations.add(delete("/Users/none"));
    }
    var body = "{'schemas':['%s'],'Operations':[%s]}";

    var answer = scim.post("/Bulk", body.formatted(REQUEST, String.join(",", operations)));

    assertThat(answer.isError(413).at("/detail")).contains("" + most);
  }

  @Test
  @Section("7644 §3.7.4")
  void refusesALargerBodyThanItSays() {
    var most = scim.get("/ServiceProviderConfig").json().at("/bulk/maxPayloadSize").intValue();
    var body = "{'schemas':['%s'],'x':'%s','Operations':[]}";

    var answer = scim.post("/Bulk", body.formatted(REQUEST, "x".repeat(most)));

    assertThat(answer.isError(413).at("/detail")).contains("" + most);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'Operations':[]}",
        "{'schemas':['" + Scim.PATCH_OP + "'],'Operations':[]}",
        "{'schemas':['" + REQUEST + "']}",
        "{'schemas':['" + REQUEST + "'],'Operations':'x'}"
      })
  @Section({"7644 §3.7", "7644 §3.12"})
  void takesOnlyABulkForABulk(String body) {
    scim.post("/Bulk", body).isError(400, "invalidSyntax");
  }

  @Test
  @Section("7644 §3.7")
  void wantsWhatAnOperationHasToHave() {
    var data = Scim.userBody(Scim.unique("bulk"));

    var results =
        bulk(
            "{'path':'/Users','bulkId':'a','data':" + data + "}",
            "{'method':'POST','path':'/Users','data':" + data + "}",
            "{'method':'POST','bulkId':'c','data':" + data + "}",
            "{'method':'POST','path':'/Users','bulkId':'d'}",
            "{'method':'GET','path':'/Users'}",
            "{'method':'PUT','path':'/Users','data':" + data + "}");

    assertThat(results).hasSize(6).allMatch(it -> it.path("status").asText().startsWith("4"));
  }
}
