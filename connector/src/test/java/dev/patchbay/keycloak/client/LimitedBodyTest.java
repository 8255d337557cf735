package dev.patchbay.keycloak.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {
  private final LimitedBody<String> body =
      new LimitedBody<>(BodySubscribers.ofString(StandardCharsets.UTF_8), 4);
  private boolean cancelled;

  @BeforeEach
  void subscribe() {
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled = true;
          }
        });
  }

  @Test
  void takesWhatIsNotTooLong() {
    give("ab");
    give("cd");
    body.onComplete();

    assertThat(body.getBody().toCompletableFuture().join()).isEqualTo("abcd");
  }

  @Test
  void takesNoMoreThanTheLimit() {
    give("ab");
    give("cde");
    give("f");
    body.onComplete();

    assertThat(cancelled).isTrue();
    assertThatThrownBy(() -> body.getBody().toCompletableFuture().join())
        .hasMessageContaining("more than 4 bytes");
  }

  private void give(String part) {
    body.onNext(List.of(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8))));
  }
}
