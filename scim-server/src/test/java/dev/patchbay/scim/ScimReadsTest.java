package dev.patchbay.scim;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import dev.patchbay.directory.DirectoryFixture;
import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebLimits;
import dev.patchbay.web.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads, and what never gets as far as a write, over real HTTP. */
class ScimReadsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Secret TOKEN = TokenHash.randomToken();
  private static final Secret OTHER = TokenHash.randomToken();

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private DirectoryFixture store;
  private WebServer server;

  @BeforeEach
  void open() throws IOException {
    store = DirectoryFixture.in(folder);
    var router = new Router();
    new ScimApplication(List.of(tenant(TENANT, TOKEN), tenant("other", OTHER)), Optional.empty())
        .addTo(router);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = WebServer.start(address, WebLimits.defaults(), router, new ScimErrorMapper());
  }

  private ScimTenant tenant(String name, Secret token) {
    return new ScimTenant(
        name,
        store.directory(),
        new Provisioner(),
        USERS,
        GROUPS,
        Map.of(TokenHash.of(token), "test"));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  @Test
  void givesAUserWithItsTagAndPlace() throws Exception {
    var ada = store.user("ada");

    var answer = get("/Users/" + ada);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/scim+json");
    assertThat(answer.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(answer.headers().firstValue("Location")).contains(base() + "/Users/" + ada);
    assertThat(json(answer).at("/meta/location").asText()).isEqualTo(base() + "/Users/" + ada);
  }

  @Test
  void givesOnlyTheHeadOfAUser() throws Exception {
    var answer = send("HEAD", "/Users/" + store.user("ada"), TOKEN, Optional.empty());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void givesNothingTwiceToWhoHasItAlready() throws Exception {
    var path = "/Users/" + store.user("ada");

    assertThat(getWith(path, "If-None-Match", "W/\"1\"").statusCode()).isEqualTo(304);
    assertThat(getWith(path, "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
    assertThat(getWith(path, "If-None-Match", "W/\"2\"").statusCode()).isEqualTo(200);
  }

  @Test
  void aCompressedAnswerHasTheSameTag() throws Exception {
    var path = "/Users/" + store.user("ada", it -> it.put("title", "x".repeat(5000)));

    var answer = getWith(path, "Accept-Encoding", "gzip");

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    var tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(getWith(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void streamsTheMembersOfAGroup() throws Exception {
    var users = store.users(2500);
    var group = store.group("All", users.toArray(String[]::new));

    var whole = json(get("/Groups/" + group));
    var list = json(get("/Groups"));

    assertThat(whole.path("members")).hasSize(2500);
    assertThat(list.at("/Resources/0/members")).hasSize(2500);
    assertThat(json(get("/Groups?excludedAttributes=members")).at("/Resources/0").has("members"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName%20eq%20%22Ada%22",
        "userName+eq+%22ada%22&",
        "userName+eq+%22ADA%22&aadOptscim062020",
        "USERNAME%20EQ%20%22ada%22&sortBy=userName&sortOrder=wrong",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName%20eq%20%22ada%22",
      })
  void findsAUserHoweverItIsAskedFor(String filter) throws Exception {
    var ada = store.user("ada");
    store.user("bob");

    var list = json(get("/Users?filter=" + filter));

    assertThat(list.path("totalResults").isIntegralNumber()).isTrue();
    assertThat(list.path("totalResults").intValue()).isEqualTo(1);
    assertThat(list.at("/Resources/0/id").asText()).isEqualTo(ada);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"O'Hara|O'Hara", "say \"hi\"|say \\\"hi\\\"", "a+b#c|a+b#c", "Łódź|łÓDŹ"})
  void findsNamesThatNeedEscapes(String name, String sent) throws Exception {
    store.user(name);

    var filter = URLEncoder.encode("userName eq \"" + sent + "\"", UTF_8);

    assertThat(json(get("/Users?filter=" + filter)).path("totalResults").intValue()).isEqualTo(1);
  }

  @Test
  void aFilterThatFindsNothingIsAnEmptyList() throws Exception {
    var answer = get("/Users?filter=userName%20eq%20%22nobody%22");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],"
                + "\"totalResults\":0,\"startIndex\":1,\"itemsPerPage\":0,\"Resources\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, 100",
    "?startIndex=0, 1, 100",
    "?startIndex=-5&count=2, 1, 2",
    "?startIndex=3, 3, 100",
    "?count=0, 1, 0",
    "?count=-1, 1, 0",
    "?count=99999999999999999999, 1, 120",
    "?startIndex=99999999999999999999, 2147483647, 0",
    "?startIndex=121, 121, 0",
    "?startIndex=119&count=5, 119, 2",
  })
  void pagesAsTheStandardSays(String query, int startIndex, int items) throws Exception {
    store.users(120);

    var list = json(get("/Users" + query));

    assertThat(list.path("totalResults").intValue()).isEqualTo(120);
    assertThat(list.path("startIndex").intValue()).isEqualTo(startIndex);
    assertThat(list.path("itemsPerPage").intValue()).isEqualTo(items);
    assertThat(list.path("Resources")).hasSize(items);
  }

  @Test
  void findsByAPostedSearch() throws Exception {
    store.user("ada");
    var search =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "attributes":["userName"],"filter":"userName sw \\"a\\"","startIndex":1,"count":10}
        """;

    var answer = send("POST", "/Users/.search", TOKEN, Optional.of(search));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/Resources/0").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("schemas", "id", "userName");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /Users/nobody                     | 404 | ",
        "GET    | /Nothing                          | 404 | ",
        "GET    | /Users/a/b                        | 404 | ",
        "POST   | /Users/a                          | 405 | ",
        "DELETE | /Users                            | 405 | ",
        "GET    | /Users?filter=userName            | 400 | invalidFilter",
        "GET    | /Users?filter=                    | 400 | invalidFilter",
        "GET    | /Users?filter=nothing%20eq%201    | 400 | invalidFilter",
        "GET    | /Users?filter=active%20gt%20true  | 400 | invalidFilter",
        "GET    | /Users?filter=password%20pr       | 403 | sensitive",
        "GET    | /Users?count=many                 | 400 | invalidValue",
        "GET    | /Schemas?filter=id%20pr           | 403 | ",
        "GET    | /Schemas/urn:none                 | 404 | ",
        "GET    | /ResourceTypes/Robot              | 404 | ",
        "POST   | /Users                            | 400 | invalidSyntax",
        "PATCH  | /Users/a                          | 400 | invalidSyntax",
      })
  void saysWhatIsWrong(String method, String path, int status, String scimType) throws Exception {
    var answer = send(method, path, TOKEN, Optional.empty());

    assertError(answer, status);
    assertThat(json(answer).path("scimType").asText("")).isEqualTo(scimType == null ? "" : scimType);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "null",
        "\"text\"",
        "{\"userName\":\"a\"} x",
        "{\"userName\":\"a\"}{}",
        "{\"userName\":\"a\",\"userName\":\"b\"}",
        "{\"a\":1e}",
        "{'userName':'a'}",
      })
  void refusesWhatIsNotOneJsonObject(String body) throws Exception {
    var answer = send("POST", "/Users", TOKEN, Optional.of(body));

    assertError(answer, 400);
    assertThat(json(answer).path("scimType").asText()).isEqualTo("invalidSyntax");
  }

  @Test
  void refusesHugeAndDeepInputAndLivesOn() throws Exception {
    var deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertError(send("POST", "/Users", TOKEN, Optional.of(deep)), 400);
    var many = "{\"a\":[" + "[],".repeat(1_000_000) + "[]]}";
    assertError(send("POST", "/Users", TOKEN, Optional.of(many)), 400);
    var large = "{\"a\":\"" + "x".repeat(5_000_000) + "\"}";
    assertError(send("POST", "/Users", TOKEN, Optional.of(large)), 413);
    var nested = "not(".repeat(10_000) + "a%20pr" + ")".repeat(10_000);
    assertError(get("/Users?filter=" + nested), 400);
    assertError(get("/Users?filter=userName%20eq%20%22" + "x".repeat(100_000) + "%22"), 400);

    assertThat(get("/Users").statusCode()).isEqualTo(200);
  }

  @Test
  void neverQuotesABodyBack() throws Exception {
    var answer = send("POST", "/Users", TOKEN, Optional.of("{\"password\": s3cret}"));

    assertThat(answer.body()).doesNotContain("s3cret");
  }

  @Test
  void readsNoOtherMediaType() throws Exception {
    var request =
        request("/Users", TOKEN)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"));

    assertError(client.send(request.build(), BodyHandlers.ofString()), 415);
  }

  @Test
  void asksForAToken() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(base() + "/Users"));

    var answer = client.send(request.build(), BodyHandlers.ofString());

    assertError(answer, 401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"patchbay\"");
  }

  @Test
  void takesNoTokenOfAnotherTenant() throws Exception {
    assertError(send("GET", "/Users", OTHER, Optional.empty()), 401);
  }

  @Test
  void tellsOnlyWhoHasATokenThatATenantDoesNotExist() throws Exception {
    var nowhere = URI.create(base().replace(TENANT, "nowhere") + "/Users");
    var stranger = HttpRequest.newBuilder(nowhere).header("Authorization", "Bearer guess");
    var known = HttpRequest.newBuilder(nowhere).header("Authorization", bearer(TOKEN));

    assertError(client.send(stranger.build(), BodyHandlers.ofString()), 401);
    assertError(client.send(known.build(), BodyHandlers.ofString()), 404);
  }

  @Test
  void takesTheSchemeInAnyCase() throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(base() + "/Users"))
            .header("Authorization", "bearer " + TOKEN.reveal());

    assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhatItCanDo() throws Exception {
    var config = json(get("/ServiceProviderConfig"));

    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/filter/supported").asBoolean()).isTrue();
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    assertThat(config.at("/sort/supported").asBoolean(true)).isFalse();
    assertThat(config.at("/bulk/supported").asBoolean(true)).isFalse();
    assertThat(config.at("/bulk/maxOperations").isInt()).isTrue();
    assertThat(config.at("/filter/maxResults").intValue()).isEqualTo(1000);
    assertThat(config.at("/authenticationSchemes/0/type").asText()).isEqualTo("oauthbearertoken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ResourceTypes",
        "/ResourceTypes/User",
        "/ResourceTypes/Group",
        "/Schemas",
        "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
        "/Schemas/urn:ietf:params:scim:schemas:extension:pbx:2.0:Group",
        "/ServiceProviderConfig/",
      })
  void describesItselfWithoutNulls(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"schemas\"").doesNotContain("null");
  }

  @Test
  void listsSchemasWithUsersFirst() throws Exception {
    var list = json(get("/Schemas"));

    assertThat(list.at("/Resources/0/id").asText()).endsWith("core:2.0:User");
    assertThat(list.path("totalResults").intValue()).isEqualTo(list.path("Resources").size());
  }

  @Test
  void aFailureNamesNothingButWhereToLook() throws Exception {
    var answer = send("POST", "/Users", TOKEN, Optional.of("{\"userName\":\"ada\"}"));

    assertError(answer, 500);
    assertThat(answer.body()).doesNotContain("Exception").contains("its log has the reason at");
  }

  private static void assertError(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/scim+json");
    var error = json(answer);
    assertThat(error.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(error.path("status").isTextual()).isTrue();
    assertThat(error.path("status").asText()).isEqualTo(Integer.toString(status));
    assertThat(error.path("detail").asText()).isNotBlank();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, TOKEN, Optional.empty());
  }

  private HttpResponse<String> getWith(String path, String header, String value) throws Exception {
    var request = request(path, TOKEN).header(header, value).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> send(
      String method, String path, Secret token, Optional<String> body) throws Exception {
    var publisher = body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
    var request = request(path, token).method(method, publisher);
    body.ifPresent(it -> request.header("Content-Type", "application/scim+json; charset=utf-8"));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, Secret token) {
    return HttpRequest.newBuilder(URI.create(base() + path)).header("Authorization", bearer(token));
  }

  private static String bearer(Secret token) {
    return "Bearer " + token.reveal();
  }

  private String base() {
    return "http://127.0.0.1:" + server.port() + "/" + TENANT + "/scim/v2";
  }
}
