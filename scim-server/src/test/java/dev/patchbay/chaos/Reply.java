package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What became of a request. */
sealed interface Reply {
  /** Nobody listened: it was not even sent. */
  record NotSent() implements Reply {}

  /** It was sent, or a part of it, and there was no answer. */
  record Lost(String why) implements Reply {}

  /**
   * An answer.
   *
   * @param retryAfter zero where it does not say
   */
  record Answered(int status, JsonNode body, Duration retryAfter) implements Reply {
    boolean done() {
      return status >= 200 && status < 300;
    }

    /** Whether the sender is asked to come back. */
    boolean later() {
      return status == 503 || status == 429;
    }

    /** The store failed: nobody can say what of the request was kept. */
    boolean ofTheStore() {
      return status == 503 && detail().contains("store");
    }

    String detail() {
      return body.path("detail").asText();
    }
  }
}
