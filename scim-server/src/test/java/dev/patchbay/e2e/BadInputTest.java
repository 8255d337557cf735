package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong, by accident or not: told so, and nothing else happens. */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String KEPT = "{'userName':'kept@corp.example','displayName':'Kept'}";

  @Parameter TestStore store; // JUnit wants one; it is set only after start
  private RunningBridge bridge;
  private ScimClient scim;
  private String kept = "";
  private String before = "";

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    bridge = RunningBridge.on(store, directory);
    scim = bridge.scim();
    kept = scim.post("/Users", KEPT).is(201).id();
    // The password policy is read once and kept.
    scim.patch("/Users/" + kept, "{'op':'replace','path':'password','value':'An0ther!one'}")
        .is(200);
  }

  @BeforeEach
  void remember() {
    before = everything();
    bridge.emulator().calls().clear();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  @AfterEach
  void nothingHappenedAndTheServerIsAlive() {
    assertThat(bridge.emulator().calls().lines()).isEmpty();
    assertThat(everything()).isEqualTo(before);
    assertThat(bridge.openWork()).isEmpty();
  }

  private String everything() {
    return scim.get("/Users").is(200).text() + scim.get("/Groups").is(200).text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{'userName':'ada@corp.example'",
        "{'userName':'ada@corp.example'}}",
        "{userName:'ada@corp.example'}",
        "{'userName':'ada@corp.example',}",
        "userName=ada",
        "<user/>",
        "null",
        "[]",
        "[{'userName':'ada@corp.example'}]",
        "'ada@corp.example'",
        "17"
      })
  void aBodyThatIsNoJsonObjectIsBadSyntax(String body) {
    scim.post("/Users", body).isError(400, "invalidSyntax");
    scim.put("/Users/" + kept, body).isError(400, "invalidSyntax");
    scim.send("PATCH", "/Users/" + kept, body).isError(400, "invalidSyntax");
    scim.post("/Groups", body).isError(400, "invalidSyntax");
  }

  @Test
  void jsonNestedTenThousandDeepIsBadSyntax() {
    var nested = "[".repeat(10_000) + "]".repeat(10_000);

    scim.post("/Users", "{'userName':'ada@corp.example','x':%s}".formatted(nested))
        .isError(400, "invalidSyntax");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'displayName':'Ada'}",
        "{'userName':''}",
        "{'userName':null}",
        "{'userName':17}",
        "{'userName':['ada@corp.example']}",
        "{'userName':{'value':'ada@corp.example'}}",
        "{'userName':'ada@corp.example','active':'perhaps'}",
        "{'userName':'ada@corp.example','active':1}",
        "{'userName':'ada@corp.example','name':'Ada'}",
        "{'userName':'ada@corp.example','displayName':{'first':'Ada'}}",
        "{'userName':'ada@corp.example','emails':[['ada@corp.example']]}",
        "{'userName':'ada@corp.example','urn:ietf:params:scim:schemas:extension:pbx:2.0:User':"
            + "{'extensionNumber':'12'}}",
        "{'userName':'ada@corp.example','urn:ietf:params:scim:schemas:extension:pbx:2.0:User':"
            + "{'extensionNumber':'12a4'}}",
        "{'userName':'ada@corp.example','urn:ietf:params:scim:schemas:extension:pbx:2.0:User':"
            + "{'voicemailPin':'12'}}",
        "{'userName':'ada@corp.example','urn:ietf:params:scim:schemas:extension:pbx:2.0:User':"
            + "{'extensionPool':'none such'}}",
        "{'userName':'@corp.example'}"
      })
  void aUserThatCannotBeOneIsAnInvalidValue(String body) {
    scim.post("/Users", body).isError(400, "invalidValue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'displayName':''}",
        "{'displayName':17}",
        "{'displayName':'Sales','members':[{'value':17}]}",
        "{'displayName':'Sales','members':[17]}"
      })
  void aGroupThatCannotBeOneIsAnInvalidValue(String body) {
    scim.post("/Groups", body).isError(400, "invalidValue");
  }

  @Test
  void aPasswordAgainstThePolicyIsAnInvalidValue() {
    Answer answer =
        scim.patch("/Users/" + kept, "{'op':'replace','path':'password','value':'abc'}");

    answer.isError(400, "invalidValue");
    assertThat(answer.text()).doesNotContain("abc");
  }

  static Stream<Arguments> badOperations() {
    return Stream.of(
        Arguments.of("{'op':'replace','path':'noSuchThing','value':'x'}", "invalidPath"),
        Arguments.of("{'op':'replace','path':'name.noSuchThing','value':'x'}", "invalidPath"),
        Arguments.of("{'op':'replace','path':'emails[','value':'x'}", "invalidFilter"),
        Arguments.of("{'op':'replace','path':'emails[type eq]','value':'x'}", "invalidFilter"),
        Arguments.of("{'op':'replace','path':'displayName..x','value':'x'}", "invalidPath"),
        Arguments.of("{'op':'replace','path':17,'value':'x'}", "invalidPath"),
        Arguments.of("{'op':'remove'}", "noTarget"),
        Arguments.of("{'op':'replace','path':'id','value':'x'}", "mutability"),
        Arguments.of("{'op':'replace','path':'meta.created','value':'x'}", "mutability"),
        Arguments.of(
            "{'op':'replace','path':'urn:ietf:params:scim:schemas:extension:pbx:2.0:User:"
                + "extensionNumber','value':'1777'}",
            "mutability"),
        Arguments.of("{'op':'replace','path':'active','value':'perhaps'}", "invalidValue"),
        Arguments.of("{'op':'replace','path':'displayName','value':{'a':1}}", "invalidValue"),
        Arguments.of("{'op':'replace','path':'userName','value':''}", "invalidValue"),
        Arguments.of("{'op':'remove','path':'userName'}", "mutability"),
        Arguments.of("{'op':'destroy','path':'displayName'}", "invalidSyntax"),
        Arguments.of("{'path':'displayName','value':'x'}", "invalidSyntax"),
        Arguments.of("17", "invalidSyntax"));
  }

  @ParameterizedTest
  @MethodSource("badOperations")
  void aBadOperationIsRefusedAndTheOnesBeforeItAreToo(String operation, String scimType) {
    scim.patch("/Users/" + kept, "{'op':'replace','path':'title','value':'Countess'}," + operation)
        .isError(400, scimType);
  }

  @Test
  void aPatchWithoutOperationsIsBadSyntax() {
    scim.send("PATCH", "/Users/" + kept, "{}").isError(400, "invalidSyntax");
    scim.send("PATCH", "/Users/" + kept, "{'Operations':'replace'}").isError(400, "invalidSyntax");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName",
        "userName eq",
        "userName is \"ada\"",
        "userName eq ada",
        "userName eq \"ada",
        "userName eq \"a\" and",
        "(userName eq \"a\"",
        "userName eq \"a\")",
        "noSuchThing eq \"a\"",
        "emails[type eq \"work\"",
        "not userName pr",
        "active gt true",
        "\"a\" eq \"a\"",
        "%00",
        "' or 1=1 --"
      })
  void aBadFilterIsToldSo(String filter) {
    scim.list("Users", filter).isError(400, "invalidFilter");
  }

  @Test
  void nobodyCanSearchForAPassword() {
    scim.list("Users", "password eq \"An0ther!one\"").isError(403, "sensitive");
  }

  @Test
  void aFilterOfHundredKilobytesIsRefused() {
    Answer answer = scim.list("Users", "userName eq \"" + "a".repeat(100_000) + "\"");

    assertThat(answer.status()).isIn(400, 414, 431);
    answer.isError(answer.status(), answer.status() == 400 ? "invalidFilter" : "");
  }

  @Test
  void aFilterNestedTenThousandDeepIsRefused() {
    Answer answer = scim.list("Users", "(".repeat(10_000) + "userName pr" + ")".repeat(10_000));

    assertThat(answer.status()).isIn(400, 414, 431);
    answer.isError(answer.status(), answer.status() == 400 ? "invalidFilter" : "");
  }

  @Test
  void aFilterNestedTenThousandDeepInAPathIsRefused() {
    var path = "emails[" + "not (".repeat(10_000) + "type pr" + ")".repeat(10_000) + "].value";

    scim.patch("/Users/" + kept, "{'op':'replace','path':'%s','value':'x'}".formatted(path))
        .isError(400, "invalidFilter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"startIndex=one", "count=many", "count=1e3", "startIndex=%00"})
  void aPageThatIsNoNumberIsAnInvalidValue(String parameter) {
    scim.get("/Users?" + parameter).isError(400, "invalidValue");
  }

  @Test
  void aBodyOfFiveMegabytesIsTooLarge() {
    var body = "{'userName':'ada@corp.example','title':'%s'}".formatted("x".repeat(5_000_000));

    scim.post("/Users", body).isError(413);
    scim.put("/Users/" + kept, body).isError(413);
    scim.send("PATCH", "/Users/" + kept, body).isError(413);
    scim.post("/Groups", body).isError(413);
  }

  @Test
  void anotherMediaTypeIsNotRead() {
    scim.http()
        .with("Content-Type", "text/plain")
        .send("POST", "/Users", Optional.of(KEPT.replace('\'', '"')))
        .isError(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Nothing",
        "/users/x/y",
        "/Users/no-such-id",
        "/Users/%00",
        "/Users/a%00b",
        "/Groups/no-such-id",
        "/Schemas/urn:no:such",
        "/ResourceTypes/Nothing",
        "/Users/%2e%2e%2f%2e%2e%2fetc%2fpasswd"
      })
  void whatIsNotThereIsNotFound(String path) {
    Answer answer = scim.get(path);

    // Encoded dots, slashes and zeros never get as far as a resource.
    assertThat(answer.status()).isIn(404, path.contains("%") ? 400 : 404);
    answer.isError(answer.status());
  }

  @Test
  void anIdThatIsNotThereIsNotFoundByWrites() {
    scim.put("/Users/no-such-id", KEPT).isError(404);
    scim.patch("/Users/no-such-id", "{'op':'replace','path':'title','value':'x'}").isError(404);
    scim.delete("/Users/no-such-id").isError(404);
    scim.delete("/Groups/no-such-id").isError(404);
  }

  @Test
  void anotherMethodIsNotAllowed() {
    Answer answer = scim.post("/Users/" + kept, KEPT).isError(405);

    assertThat(answer.header("Allow")).contains("GET", "PATCH");
    scim.delete("/Users").isError(405);
    scim.post("/Schemas", "{}").isError(405);
  }

  @Test
  void anotherVersionThanTheCurrentIsAFailedPrecondition() {
    var stale = scim.with("If-Match", "W/\"4711\"");

    stale.patch("/Users/" + kept, "{'op':'replace','path':'title','value':'x'}").isError(412);
    stale.put("/Users/" + kept, KEPT).isError(412);
    stale.delete("/Users/" + kept).isError(412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "wrong"})
  void aWrongTokenIsUnauthorized(String authorization) {
    var nobody = scim.with("Authorization", authorization);

    assertThat(nobody.get("/Users").isError(401).header("WWW-Authenticate")).startsWith("Bearer");
    nobody.post("/Users", "{'userName':'ada@corp.example'}").isError(401);
    nobody.delete("/Users/" + kept).isError(401);
  }

  @Test
  void anotherTenantsTokenIsUnauthorized() {
    bridge.intruder().get("/Users/" + kept).isError(401);
    bridge.intruder().delete("/Users/" + kept).isError(401);
  }

  @Test
  void anUnknownTenantIsNotFoundWithAGoodTokenOnly() {
    var nowhere = bridge.scim("nowhere");

    nowhere.get("/Users").isError(404);
    nowhere.post("/Users", "{'userName':'ada@corp.example'}").isError(404);
    nowhere.with("Authorization", "Bearer wrong").get("/Users").isError(401);
  }
}
