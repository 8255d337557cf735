package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What an HTTP request was answered. */
public record Answer(String request, int status, HttpHeaders headers, String text) {
  static Answer of(HttpResponse<String> response) {
    return new Answer(
        response.request().method() + " " + response.uri(),
        response.statusCode(),
        response.headers(),
        response.body());
  }

  /** Asserts a 2xx. */
  public Answer done() {
    if (status < 200 || status > 299) {
      throw new AssertionError(request + " was answered " + status + ": " + text);
    }
    return this;
  }

  public JsonNode json() {
    return Http.read(text);
  }

  /** The id of what was made, which Keycloak tells as its address. */
  String madeId() {
    var location = headers.firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
