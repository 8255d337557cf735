package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 §3: {@code schemas}, {@code id}, {@code externalId}, {@code meta} and extensions. */
@RfcTest
class CommonAttributesTest {
  private static final String DEPARTMENT = "'" + Scim.ENTERPRISE + "':{'department':'Tours'}";

  private final Scim scim;

  CommonAttributesTest(Scim scim) {
    this.scim = scim;
  }

  @Test
  @Section({"7643 §2.1", "7643 §3", "7643 §3.3"})
  void namesTheSchemasOfWhatIsThere() {
    assertThat(schemas(scim.user().json())).contains(Scim.USER).doesNotContain(Scim.ENTERPRISE);
    assertThat(schemas(scim.user(DEPARTMENT).json())).contains(Scim.USER, Scim.ENTERPRISE);
    assertThat(schemas(scim.group().json())).contains(Scim.GROUP);
  }

  private static java.util.List<String> schemas(JsonNode resource) {
    return Declared.stream(resource.path("schemas")).map(JsonNode::asText).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'" + Scim.ENTERPRISE + "','" + Scim.USER + "'",
        "'" + Scim.USER + "','" + Scim.ENTERPRISE + "','" + Scim.USER + "'"
      })
  @Section("7643 §3")
  void takesSchemasInAnyOrderAndNamesNoneTwice(String schemas) {
    var name = Scim.unique("user");
    var body = "{'schemas':[%s],'userName':'%s',%s}".formatted(schemas, name, DEPARTMENT);

    var made = scim.post("/Users", body).is(201).json();

    assertThat(schemas(made)).contains(Scim.USER, Scim.ENTERPRISE).doesNotHaveDuplicates();
    assertThat(made.path(Scim.ENTERPRISE).path("department").asText()).isEqualTo("Tours");
  }

  @Test
  @Section("7643 §3")
  void namesNoSchemaThatItsTypeDoesNotHave() {
    var schemas = "['" + Scim.USER + "','urn:example:robot:1.0','" + Scim.GROUP + "']";
    var body = "{'schemas':%s,'userName':'%s'}".formatted(schemas, Scim.unique("user"));

    var answer = scim.post("/Users", body);

    if (answer.status() == 201) {
      assertThat(schemas(answer.json())).doesNotContain("urn:example:robot:1.0", Scim.GROUP);
    } else {
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  @Section({"7643 §3", "7643 §3.1"})
  void hasTheCommonAttributesWhateverTheSchemas() {
    var made = scim.user("'externalId':'Ext-1'").json();

    assertThat(made.path("id").asText()).isNotBlank();
    assertThat(made.path("externalId").asText()).isEqualTo("Ext-1");
    for (String sub :
        new String[] {"resourceType", "created", "lastModified", "location", "version"}) {
      assertThat(made.path("meta").path(sub).asText()).as(sub).isNotBlank();
    }
  }

  @Test
  @Section("7643 §3.1")
  void issuesIdsThatStayAndAreNobodyElses() {
    var one = scim.user().id();
    var other = scim.user().id();
    var group = scim.group().id();

    assertThat(java.util.List.of(one, other, group)).doesNotHaveDuplicates();
    scim.patch("/Users/" + one, "{'op':'add','path':'title','value':'x'}").isDone();
    assertThat(scim.get("/Users/" + one).is(200).id()).isEqualTo(one);
    assertThat(one + other + group).doesNotContainIgnoringCase("bulkId");
  }

  @Test
  @Section("7643 §3.1")
  void takesNoIdFromAClient() {
    var sent = "11111111-2222-3333-4444-555555555555";

    assertThat(scim.user("'id':'" + sent + "'").id()).isNotEqualTo(sent);
    scim.get("/Users/" + sent).isError(404);
  }

  @Test
  @Section("7643 §3.1")
  void keepsExternalIdsAsSentAndMakesNone() {
    var made = scim.user("'externalId':'CaSe-%s'".formatted(Scim.unique("")));

    assertThat(scim.get("/Users/" + made.id()).at("/externalId")).isEqualTo(made.at("/externalId"));
    assertThat(scim.user().json().has("externalId")).isFalse();
    var lower = made.at("/externalId").toLowerCase(java.util.Locale.ROOT);
    assertThat(scim.get("/Users?filter=externalId eq \"" + lower + "\"").at("/totalResults"))
        .isEqualTo("0");
  }

  @Test
  @Section("7643 §3.1")
  void ignoresMetaFromAClient() {
    var meta =
        "'meta':{'resourceType':'Robot','created':'2001-01-01T00:00:00Z',"
            + "'location':'http://example.org/','version':'W/\\\"99\\\"'}";

    var made = scim.user(meta).json().path("meta");

    assertThat(made.path("resourceType").asText()).isEqualTo("User");
    assertThat(made.path("created").asText()).doesNotStartWith("2001");
    assertThat(made.path("location").asText()).startsWith(scim.base().toString());
  }

  @Test
  @Section({"7643 §3.1", "7643 §2.3.5"})
  void saysWhenAResourceWasMadeAndChanged() {
    var made = scim.user();
    assertThat(made.at("/meta/lastModified")).isEqualTo(made.at("/meta/created"));

    scim.patch("/Users/" + made.id(), "{'op':'add','path':'title','value':'x'}").isDone();

    var changed = scim.get("/Users/" + made.id());
    assertThat(changed.at("/meta/created")).isEqualTo(made.at("/meta/created"));
    assertThat(Instant.parse(changed.at("/meta/lastModified")))
        .isAfterOrEqualTo(Instant.parse(made.at("/meta/lastModified")));
  }

  @Test
  @Section("7643 §3.1")
  void saysWhereAResourceIs() {
    var user = scim.user();
    var location = scim.base() + "/Users/" + user.id();

    for (var answer : new dev.patchbay.e2e.Answer[] {user, scim.get("/Users/" + user.id())}) {
      assertThat(answer.at("/meta/location")).isEqualTo(location);
      assertThat(answer.header("Content-Location")).isEqualTo(location);
      assertThat(answer.header("Location")).isEqualTo(location);
    }
    assertThat(
            scim.get("/Users?filter=id eq \"" + user.id() + "\"").at("/Resources/0/meta/location"))
        .isEqualTo(location);
  }

  @Test
  @Section("7643 §3.3")
  void keepsExtensionsUnderTheirUrn() {
    var made = scim.user("'" + Scim.ENTERPRISE + "':{'division':'Parks'}");

    assertThat(made.json().path(Scim.ENTERPRISE).path("division").asText()).isEqualTo("Parks");
    assertThat(made.json().has("division")).isFalse();
  }
}
