package dev.patchbay.scim;

import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.scim.ScimServer.OTHER_TOKEN;
import static dev.patchbay.scim.ScimServer.TOKEN;
import static dev.patchbay.scim.ScimServer.assertError;
import static dev.patchbay.scim.ScimServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.config.Secret;
import dev.patchbay.directory.DirectoryFixture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads, and what never gets as far as a write, over real HTTP. */
class ScimReadsTest {
  @TempDir Path folder;
  private ScimServer server;
  private DirectoryFixture store;

  @BeforeEach
  void open() {
    server = ScimServer.in(folder);
    store = server.store;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void givesAUserWithItsTagAndPlace() {
    var ada = store.user("ada");

    var answer = server.get("/Users/" + ada);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/scim+json");
    assertThat(answer.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(answer.headers().firstValue("Location")).contains(server.base() + "/Users/" + ada);
    assertThat(json(answer).at("/meta/location").asText())
        .isEqualTo(server.base() + "/Users/" + ada);
  }

  @Test
  void givesOnlyTheHeadOfAUser() {
    var path = "/Users/" + store.user("ada");

    var answer = server.send("HEAD", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).contains("W/\"1\"");
    assertThat(answer.headers().firstValue("Content-Length"))
        .isEqualTo(server.get(path).headers().firstValue("Content-Length"))
        .isPresent();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void givesNothingTwiceToWhoHasItAlready() {
    var path = "/Users/" + store.user("ada");

    assertThat(getWith(path, "If-None-Match", "W/\"1\"").statusCode()).isEqualTo(304);
    assertThat(getWith(path, "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
    assertThat(getWith(path, "If-None-Match", "W/\"2\"").statusCode()).isEqualTo(200);
  }

  @Test
  void aCompressedAnswerHasTheSameTag() {
    var path = "/Users/" + store.user("ada", it -> it.put("title", "x".repeat(5000)));

    var answer = getWith(path, "Accept-Encoding", "gzip");

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    var tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(getWith(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void streamsTheMembersOfAGroup() {
    var users = store.users(2500);
    var group = store.group("All", users.toArray(String[]::new));

    var whole = json(server.get("/Groups/" + group));
    var list = json(server.get("/Groups"));

    assertThat(whole.path("members")).hasSize(2500);
    assertThat(list.at("/Resources/0/members")).hasSize(2500);
    assertThat(
            json(server.get("/Groups?excludedAttributes=members"))
                .at("/Resources/0")
                .has("members"))
        .isFalse();
  }

  /** There are four readers, and the answer is larger than what sockets hold back. */
  @Test
  void manyWhoReadSlowlyKeepNobodyFromReading() throws IOException {
    var group = store.group("All", store.users(40_000).toArray(String[]::new));
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 8; i++) {
        sockets.add(askedFor("/Groups/" + group));
      }
      for (Socket socket : sockets) {
        assertThat(socket.getInputStream().read()).isEqualTo('H'); // it is being answered
      }

      assertThat(server.get("/Users?count=1").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private Socket askedFor(String path) throws IOException {
    var url = URI.create(server.base() + path);
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    var request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(url.getPath(), url.getAuthority(), TOKEN.reveal());
    socket.getOutputStream().write(request.getBytes(UTF_8));
    return socket;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userName%20eq%20%22Ada%22",
        "userName+eq+%22ada%22&",
        "userName+eq+%22ADA%22&aadOptscim062020",
        "USERNAME%20EQ%20%22ada%22&sortBy=userName&sortOrder=descending",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName%20eq%20%22ada%22",
      })
  void findsAUserHoweverItIsAskedFor(String filter) {
    var ada = store.user("ada");
    store.user("bob");

    var list = json(server.get("/Users?filter=" + filter));

    assertThat(list.path("totalResults").isIntegralNumber()).isTrue();
    assertThat(list.path("totalResults").intValue()).isEqualTo(1);
    assertThat(list.at("/Resources/0/id").asText()).isEqualTo(ada);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"O'Hara|O'Hara", "say \"hi\"|say \\\"hi\\\"", "a+b#c|a+b#c", "Łódź|łÓDŹ"})
  void findsNamesThatNeedEscapes(String name, String sent) {
    store.user(name);

    var filter = URLEncoder.encode("userName eq \"" + sent + "\"", UTF_8);

    assertThat(json(server.get("/Users?filter=" + filter)).path("totalResults").intValue())
        .isEqualTo(1);
  }

  @Test
  void aFilterThatFindsNothingIsAnEmptyList() {
    var answer = server.get("/Users?filter=userName%20eq%20%22nobody%22");

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
  void pagesAsTheStandardSays(String query, int startIndex, int items) {
    store.users(120);

    var list = json(server.get("/Users" + query));

    assertThat(list.path("totalResults").intValue()).isEqualTo(120);
    assertThat(list.path("startIndex").intValue()).isEqualTo(startIndex);
    assertThat(list.path("itemsPerPage").intValue()).isEqualTo(items);
    assertThat(list.path("Resources")).hasSize(items);
  }

  @Test
  void findsByAPostedSearch() {
    store.user("ada");
    var search =
        """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
         "attributes":["userName"],"filter":"userName sw \\"a\\"","startIndex":1,"count":10}
        """;

    var answer = server.sendAsIs("POST", "/Users/.search", search);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).at("/Resources/0").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("schemas", "id", "userName");
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
  void saysWhatIsWrong(String method, String path, int status, String scimType) {
    var answer = server.send(method, path);

    assertError(answer, status);
    assertThat(json(answer).path("scimType").asText(""))
        .isEqualTo(scimType == null ? "" : scimType);
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
  void refusesWhatIsNotOneJsonObject(String body) {
    var answer = server.sendAsIs("POST", "/Users", body);

    assertError(answer, 400);
    assertThat(json(answer).path("scimType").asText()).isEqualTo("invalidSyntax");
  }

  @Test
  void refusesHugeAndDeepInputAndLivesOn() {
    var deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertError(server.sendAsIs("POST", "/Users", deep), 400);
    var many = "{\"a\":[" + "[],".repeat(1_000_000) + "[]]}";
    assertError(server.sendAsIs("POST", "/Users", many), 400);
    var large = "{\"a\":\"" + "x".repeat(5_000_000) + "\"}";
    assertError(server.sendAsIs("POST", "/Users", large), 413);
    var nested = "not(".repeat(10_000) + "a%20pr" + ")".repeat(10_000);
    assertError(server.get("/Users?filter=" + nested), 400);
    assertError(server.get("/Users?filter=userName%20eq%20%22" + "x".repeat(100_000) + "%22"), 400);

    assertThat(server.get("/Users").statusCode()).isEqualTo(200);
  }

  @Test
  void neverQuotesABodyBack() {
    var answer = server.sendAsIs("POST", "/Users", "{\"password\": s3cret}");

    assertThat(answer.body()).doesNotContain("s3cret");
  }

  @Test
  void readsNoOtherMediaType() {
    var request =
        server
            .request("/Users")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{}"));

    assertError(server.send(request), 415);
  }

  @Test
  void asksForAToken() {
    var request = HttpRequest.newBuilder(URI.create(server.base() + "/Users"));

    var answer = server.send(request);

    assertError(answer, 401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"patchbay\"");
  }

  @Test
  void takesNoTokenOfAnotherTenant() {
    assertError(getWith(server.base() + "/Users", OTHER_TOKEN), 401);
  }

  @Test
  void tellsOnlyWhoHasATokenThatATenantDoesNotExist() {
    var nowhere = server.base().replace(TENANT, "nowhere") + "/Users";

    assertError(getWith(nowhere, Secret.of("guess")), 401);
    assertError(getWith(nowhere, TOKEN), 404);
  }

  @Test
  void takesTheSchemeInAnyCase() {
    var request =
        HttpRequest.newBuilder(URI.create(server.base() + "/Users"))
            .header("Authorization", "bearer " + TOKEN.reveal());

    assertThat(server.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhatItCanDo() {
    var config = json(server.get("/ServiceProviderConfig"));

    assertThat(config.at("/patch/supported").asBoolean()).isTrue();
    assertThat(config.at("/filter/supported").asBoolean()).isTrue();
    assertThat(config.at("/etag/supported").asBoolean()).isTrue();
    assertThat(config.at("/sort/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/supported").asBoolean()).isTrue();
    assertThat(config.at("/bulk/maxOperations").intValue()).isEqualTo(1000);
    assertThat(config.at("/bulk/maxPayloadSize").intValue()).isEqualTo(2 * 1024 * 1024);
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
  void describesItselfWithoutNulls(String path) {
    var answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"schemas\"").doesNotContain("null");
  }

  @Test
  void listsSchemasWithUsersFirst() {
    var list = json(server.get("/Schemas"));

    assertThat(list.at("/Resources/0/id").asText()).endsWith("core:2.0:User");
    assertThat(list.path("totalResults").intValue()).isEqualTo(list.path("Resources").size());
  }

  private HttpResponse<String> getWith(String path, String header, String value) {
    return server.send(server.request(path).header(header, value));
  }

  private HttpResponse<String> getWith(String url, Secret token) {
    return server.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token.reveal()));
  }
}
