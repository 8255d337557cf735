package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.e2e.Answer;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.2 and §3.13: paths, methods and versions, and what HTTP says of them. */
@RfcTest
class EndpointsTest {
  private final Scim scim;

  EndpointsTest(Scim scim) {
    this.scim = scim;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Users",
        "/Groups",
        "/Users?filter=userName pr&count=1",
        "/ServiceProviderConfig",
        "/ResourceTypes",
        "/ResourceTypes/User",
        "/Schemas",
        "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
        "/Users/none",
        "/none"
      })
  @Section({"7644 §3.2", "7231 §4.3.2"})
  void answersHeadAsGetWithoutTheBody(String path) {
    assertSameHead(path);
  }

  @Test
  @Section({"7644 §3.2", "7231 §4.3.2"})
  void answersHeadOfAResourceAsGetWithoutTheBody() {
    var user = scim.user().id();

    assertSameHead("/Users/" + user);
    assertSameHead("/Groups/" + scim.group(user).id());
    assertSameHead("/Users/" + user + "?attributes=userName");
  }

  private void assertSameHead(String path) {
    var get = scim.get(path);
    var head = scim.send("HEAD", path);

    assertThat(head.status()).isEqualTo(get.status());
    assertThat(head.text()).isEmpty();
    assertThat(headers(head)).isEqualTo(headers(get));
  }

  private static Map<String, List<String>> headers(Answer answer) {
    var headers = new TreeMap<>(answer.headers().map());
    List.of("date", "transfer-encoding").forEach(headers::remove);
    return headers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | /Users                  | OPTIONS, GET, HEAD, POST",
        "PATCH  | /Users                  | OPTIONS, GET, HEAD, POST",
        "DELETE | /Groups                 | OPTIONS, GET, HEAD, POST",
        "POST   | /Users/1                | OPTIONS, DELETE, GET, HEAD, PATCH, PUT",
        "POST   | /Groups/1               | OPTIONS, DELETE, GET, HEAD, PATCH, PUT",
        "GET    | /Users/.search          | OPTIONS, POST",
        "DELETE | /Groups/.search         | OPTIONS, POST",
        "POST   | /ServiceProviderConfig  | OPTIONS, GET, HEAD",
        "PUT    | /ServiceProviderConfig  | OPTIONS, GET, HEAD",
        "DELETE | /ResourceTypes          | OPTIONS, GET, HEAD",
        "PATCH  | /ResourceTypes/User     | OPTIONS, GET, HEAD",
        "POST   | /Schemas                | OPTIONS, GET, HEAD",
        "PUT    | /Schemas/urn:x          | OPTIONS, GET, HEAD",
        "TRACE  | /Users                  | OPTIONS, GET, HEAD, POST",
        "SEARCH | /Users                  | OPTIONS, GET, HEAD, POST"
      })
  @Section({"7644 §3.2", "7231 §6.5.5"})
  void saysWhichMethodsAPathHas(String method, String path, String allow) {
    var answer = scim.send(method, path).isError(405);

    assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder(allow.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Users   | GET, HEAD, OPTIONS, POST",
        "/Users/1 | DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
        "/Schemas | GET, HEAD, OPTIONS"
      })
  @Section("7231 §4.3.7")
  void tellsTheMethodsOfAPathToWhoAsks(String path, String allow) {
    var answer = scim.send("OPTIONS", path).is(204);

    assertThat(Arrays.asList(answer.header("Allow").split(", ")))
        .containsExactlyInAnyOrder(allow.split(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/none",
        "/users",
        "/Users/1/2",
        "/Users/1/.search",
        "/Schemas/urn:x/y",
        "/Users//"
      })
  @Section({"7644 §3.2", "7644 §3.12"})
  void knowsNoOtherPaths(String path) {
    scim.get(path).isError(404);
  }

  @Test
  @Section("7644 §3.2")
  void putMakesNothing() {
    var body = Scim.userBody(Scim.unique("put") + "@corp.example");

    scim.put("/Users/2819c223-7f76-453a-919d-413861904646", body).isError(404);
    scim.get("/Users/2819c223-7f76-453a-919d-413861904646").isError(404);
  }

  @Test
  @Section("7644 §1.2")
  void readsPercentEncodedPaths() {
    var id = scim.user().id();
    var encoded = "%%%02X".formatted((int) id.charAt(0)) + id.substring(1);

    assertThat(scim.get("/%55sers/" + encoded).is(200).id()).isEqualTo(id);
    assertThat(scim.get("/Schemas/urn%3Aietf%3Aparams%3Ascim%3Aschemas%3Acore%3A2.0%3AUser").id())
        .isEqualTo(Scim.USER);
  }

  @Test
  @Section("7644 §1.2")
  void readsPercentEncodedQueries() {
    var name = Scim.unique("a+b c&d=é");
    var id = scim.userNamed(name).id();
    var coded = name.replace("+", "%2B").replace("&", "%26").replace("é", "%C3%A9");

    var found = scim.get("/Users?filter=userName%20eq%20%22" + coded.replace(" ", "+") + "%22");

    assertThat(found.is(200).at("/Resources/0/id")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/Users?filter=%", "/Users?filter=%zz", "/Users?count=%f"})
  @Section("7644 §1.2")
  void refusesQueriesWithBrokenPercents(String path) {
    assertThat(RawRequest.to(scim, "GET", path).status()).isEqualTo(400);
  }

  @Test
  @Section("7644 §3.2")
  void readsAPathWithASlashAtItsEnd() {
    scim.get("/Users/" + scim.user().id() + "/").is(200);
    scim.get("/Schemas/").is(200);
  }

  @Test
  @Section("7644 §3.2")
  void doesWhatTheMethodSaysAndNoHeader() {
    var id = scim.user().id();

    scim.with("X-HTTP-Method-Override", "DELETE").get("/Users/" + id).is(200);
    scim.get("/Users/" + id).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v3", "v2.0", "V2"})
  @Section("7644 §3.13")
  void refusesAnotherVersion(String version) {
    scim.at(sibling("/" + version)).get("/Users").isError(404);
  }

  @Test
  @Section("7644 §3.13")
  void takesNoVersionForTheNewest() {
    var user = scim.user();
    var unversioned = scim.at(sibling(""));

    assertThat(unversioned.get("/Users/" + user.id()).is(200).json()).isEqualTo(user.json());
    unversioned.get("/Schemas").is(200);
  }

  /** The base with this version, or none. */
  private URI sibling(String version) {
    var base = scim.base().toString();
    return URI.create(base.substring(0, base.lastIndexOf('/')) + version);
  }
}
