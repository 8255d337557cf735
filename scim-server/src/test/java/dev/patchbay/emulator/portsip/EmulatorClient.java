package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Speaks HTTP to an emulator with one token. */
record EmulatorClient(URI base, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What came back; the body is missing if it was empty. */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {
    String id() {
      if (status != 201) {
        throw new AssertionError("not created: " + status + " " + body);
      }
      return body.path("id").asText();
    }

    /** The code of the vendor's error body. */
    String code() {
      return body.path("errors").path(0).path("code").asText();
    }

    /** The rule a field broke. */
    String fault(String field) {
      return body.path("errors").path(0).path("detail").path(field).asText();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }
  }

  static EmulatorClient of(PortSipEmulator pbx) {
    return new EmulatorClient(pbx.uri(), pbx.token());
  }

  EmulatorClient with(String otherToken) {
    return new EmulatorClient(base, otherToken);
  }

  /** A user that breaks no rule. */
  static ObjectNode user(String name, String extension) {
    return Json.object()
        .put("name", name)
        .put("password", "Kf7$qW2z")
        .put("email", name + "@example.com")
        .put("display_name", "The " + name)
        .put("role", "StandardUser")
        .put("extension_number", extension)
        .put("extension_password", "Zr8%mB4t")
        .put("voicemail_pin", "749205");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Answer get(String path) throws IOException {
    return send("GET", path, Optional.empty(), "application/json");
  }

  /** The page of users a filter selects. */
  Answer users(String filter) throws IOException {
    return get("/api/users?filter=" + encoded(filter));
  }

  Answer post(String path) throws IOException {
    return send("POST", path, Optional.empty(), "application/json");
  }

  Answer post(String path, JsonNode body) throws IOException {
    return send("POST", path, Optional.of(body.toString()), "application/json");
  }

  Answer form(String path, String form) throws IOException {
    return send("POST", path, Optional.of(form), "application/x-www-form-urlencoded");
  }

  Answer create(String name, String extension) throws IOException {
    return post("/api/users", user(name, extension));
  }

  Answer send(String method, String path, Optional<String> body, String type) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()))
            .build();
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), MAPPER.readTree(response.body()), response);
    } catch (InterruptedException interrupted) {
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
