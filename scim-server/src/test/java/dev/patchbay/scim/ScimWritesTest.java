package dev.patchbay.scim;

import static dev.patchbay.scim.ScimServer.assertError;
import static dev.patchbay.scim.ScimServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes over real HTTP, down to the calls a phone system gets. */
class ScimWritesTest {
  @TempDir Path folder;
  private ScimServer server;

  @BeforeEach
  void open() {
    server = ScimServer.in(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void createsAUserThatCanBeReadAtOnce() {
    var created = server.send("POST", "/Users", "{'userName':'Ada@example.com','title':'CTO'}");

    assertThat(created.statusCode()).isEqualTo(201);
    var id = json(created).path("id").asText();
    assertThat(created.headers().firstValue("Location")).contains(server.base() + "/Users/" + id);
    assertThat(created.headers().firstValue("ETag")).isPresent();
    assertThat(json(created).path("userName").asText()).isEqualTo("Ada@example.com");
    assertThat(server.get("/Users/" + id).body()).isEqualTo(created.body());
    assertThat(server.pbx.calls).hasOnlyElementsOfType(PbxCall.CreateUser.class).hasSize(1);
  }

  @Test
  void answersOnlyWhatIsAskedForAfterAWriteToo() {
    var created = server.send("POST", "/Users?attributes=userName", "{'userName':'ada'}");

    assertThat(json(created).properties())
        .extracting(it -> it.getKey())
        .containsExactlyInAnyOrder("schemas", "id", "userName");
  }

  @Test
  void writesNothingWhenItCannotAnswerAsAsked() {
    var names = "title,".repeat(501) + "title";

    var created = server.send("POST", "/Users?attributes=" + names, "{'userName':'ada'}");

    assertError(created, 400);
    assertThat(server.pbx.calls).isEmpty();
  }

  @Test
  void aTakenNameIsAConflictInAnyCase() {
    server.send("POST", "/Users", "{'userName':'ada'}");

    var second = server.send("POST", "/Users", "{'userName':'ADA'}");

    assertError(second, 409);
    assertThat(json(second).path("scimType").asText()).isEqualTo("uniqueness");
  }

  @Test
  void changesAUserByPutAndPatch() {
    var path = "/Users/" + id(server.send("POST", "/Users", "{'userName':'ada'}"));

    var put = server.send("PUT", path, "{'userName':'ada','displayName':'Ada L.'}");
    var patched =
        server.send(
            "PATCH", path, "{'Operations':[{'op':'Replace','path':'active','value':'False'}]}");

    assertThat(json(put).path("displayName").asText()).isEqualTo("Ada L.");
    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(json(patched).path("active").asBoolean(true)).isFalse();
    assertThat(json(server.get(path)).path("displayName").asText()).isEqualTo("Ada L.");
  }

  @Test
  void writesOnlyTheVersionThatIsNamed() {
    var created = server.send("POST", "/Users", "{'userName':'ada'}");
    var path = "/Users/" + id(created);
    var tag = created.headers().firstValue("ETag").orElseThrow();
    var body = BodyPublishers.ofString("{\"userName\":\"ada\",\"title\":\"CTO\"}");

    var first = server.send(server.request(path).header("If-Match", tag).PUT(body));
    var second = server.send(server.request(path).header("If-Match", tag).PUT(body));

    assertThat(first.statusCode()).isEqualTo(200);
    assertError(second, 412);
  }

  @Test
  void deletesOnce() {
    var path = "/Users/" + id(server.send("POST", "/Users", "{'userName':'ada'}"));

    assertThat(server.send("DELETE", path).statusCode()).isEqualTo(204);
    assertError(server.send("DELETE", path), 404);
    assertError(server.get(path), 404);
    assertError(server.send("PATCH", path, "{'Operations':[{'op':'remove','path':'title'}]}"), 404);
  }

  @Test
  void answersAGroupsPatchWithoutItsMembers() {
    var ada = id(server.send("POST", "/Users", "{'userName':'ada'}"));
    var path = "/Groups/" + id(server.send("POST", "/Groups", "{'displayName':'Sales'}"));
    var add =
        "{'Operations':[{'op':'add','path':'members','value':[{'value':'ADA'}]}]}"
            .replace("ADA", ada);

    var patched = server.send("PATCH", path, add);

    assertThat(patched.statusCode()).isEqualTo(204);
    assertThat(patched.body()).isEmpty();
    assertThat(json(server.get(path)).at("/members/0/value").asText()).isEqualTo(ada);
    assertThat(json(server.get("/Users/" + ada)).at("/groups/0/display").asText())
        .isEqualTo("Sales");
    var asked = server.send("PATCH", path + "?attributes=members.value", add);
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(json(asked).path("members")).hasToString("[{\"value\":\"" + ada + "\"}]");
  }

  @Test
  void asksToComeBackWhileThePhoneSystemIsAway() {
    server.pbx.trouble =
        Optional.of(
            new PbxException.Unavailable(
                PbxException.Cause.UNREACHABLE, Duration.ofMillis(1500), "pbx 'office' is away"));

    var answer = server.send("POST", "/Users", "{'userName':'ada'}");

    assertError(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
  }

  @Test
  void asksForFewerRequestsWhenThePhoneSystemDoes() {
    server.pbx.trouble =
        Optional.of(
            new PbxException.Unavailable(
                PbxException.Cause.THROTTLED, Duration.ofMillis(1), "pbx 'office' is busy"));

    var answer = server.send("POST", "/Users", "{'userName':'ada'}");

    assertError(answer, 429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("id").asText();
  }
}
