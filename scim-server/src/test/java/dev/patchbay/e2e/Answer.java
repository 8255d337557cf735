package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What an HTTP request was answered. */
public record Answer(int status, HttpHeaders headers, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** Asserts the status. */
  public Answer is(int expected) {
    assertThat(status).as(text).isEqualTo(expected);
    return this;
  }

  /** Asserts a 2xx. */
  public Answer isDone() {
    assertThat(status).as(text).isBetween(200, 299);
    return this;
  }

  /** Asserts a whole SCIM error (RFC 7644 §3.12) without a {@code scimType}. */
  public Answer isError(int expected) {
    return isError(expected, "");
  }

  /**
   * Asserts a whole SCIM error.
   *
   * @param scimType empty for none
   */
  public Answer isError(int expected, String scimType) {
    is(expected);
    assertThat(headers.firstValue("Content-Type")).contains("application/scim+json");
    JsonNode error = json();
    assertThat(error.at("/schemas/0").asText())
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(error.path("status").isTextual()).as(text).isTrue();
    assertThat(error.path("status").asText()).isEqualTo(Integer.toString(expected));
    assertThat(error.path("scimType").asText()).as(text).isEqualTo(scimType);
    assertThat(error.path("detail").asText()).isNotBlank();
    return this;
  }

  /** Asserts an error that says when to come back: in whole seconds, one at least. */
  Answer isRetry(int expected) {
    isError(expected);
    assertThat(headers.firstValueAsLong("Retry-After")).as("Retry-After").isPresent();
    assertThat(headers.firstValueAsLong("Retry-After").getAsLong()).isPositive();
    return this;
  }

  /** Whether the sender is asked to come back. */
  boolean later() {
    return status == 503 || status == 429;
  }

  public JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  /** The text at a JSON pointer; empty if there is none. */
  public String at(String pointer) {
    return json().at(pointer).asText();
  }

  public String id() {
    return at("/id");
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
