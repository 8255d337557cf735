package dev.patchbay.keycloak.client;

import dev.patchbay.keycloak.client.ScimFailure.Unavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the whole of an answer: the time limit of {@link HttpRequest} is over with its head.
 */
final class Answers {
  private Answers() {}

  /**
   * The answer with its body.
   *
   * @param whom named when there is none
   * @throws Unavailable if it is not there in time
   */
  static HttpResponse<Content> within(
      Duration limit, HttpClient http, HttpRequest request, BodyHandler<Content> as, URI whom) {
    var answer = http.sendAsync(request, as);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw unavailable(whom, "timed out");
    } catch (ExecutionException e) {
      throw unavailable(whom, Reasons.of(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable(whom, "stopped");
    }
  }

  private static Unavailable unavailable(URI whom, String why) {
    return new Unavailable("no answer from " + whom + ": " + why, Optional.empty());
  }
}
