package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** Speaks HTTP to an emulated Xelion, in one session or in none. */
public record XelionClient(URI base, Optional<String> token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What came back; the body is missing if it was empty. */
  public record Answer(int status, JsonNode body) {
    public JsonNode object() {
      return body.path("object");
    }

    String oid() {
      return object().path("oid").asText();
    }

    /** Status and the vendor's number, as in {@code 404/10100}. */
    String refusal() {
      return status + "/" + body.path("errorCode").asInt();
    }
  }

  public static XelionClient of(XelionEmulator pbx) {
    return new XelionClient(pbx.uri().resolve("/api/v1/master/"), Optional.empty());
  }

  public Answer logIn(String userName, String password, String userSpace) {
    return post(
        "me/login",
        Json.object()
            .put("userName", userName)
            .put("password", password)
            .put("userSpace", userSpace));
  }

  public XelionClient in(Answer login) {
    return new XelionClient(base, Optional.of(login.body().path("authentication").asText()));
  }

  public Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  public Answer delete(String path) {
    return send("DELETE", path, Optional.empty());
  }

  Answer post(String path, JsonNode body) {
    return send("POST", path, Optional.of(body));
  }

  Answer put(String path, JsonNode body) {
    return send("PUT", path, Optional.of(body));
  }

  /** Operations as JSON. */
  public Answer patch(String path, String operations) throws IOException {
    return send(
        "PATCH", path, Optional.of(MAPPER.readTree("{\"operations\":[" + operations + "]}")));
  }

  Answer person(String name) {
    return post("addressables", Json.object().put("objectType", "Person").put("familyName", name));
  }

  Answer user(String name, String person) {
    var body = Json.object().put("userName", name).put("password", "Kf7$qW2z").put("active", true);
    body.putObject("person").put("oid", person).put("objectType", "Person");
    return post("users", body.put("xccRole", "user").put("objectType", "UserProfile"));
  }

  /** A phone line, which no call of the vendor's makes; its oid. */
  public String plantLine(String name) {
    return post("/_emulator/lines", Json.object().put("commonName", name))
        .body()
        .path("oid")
        .asText();
  }

  private Answer send(String method, String path, Optional<JsonNode> body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.map(it -> BodyPublishers.ofString(it.toString()))
                    .orElse(BodyPublishers.noBody()));
    token.ifPresent(it -> request.header("Authorization", "xelion " + it));
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
