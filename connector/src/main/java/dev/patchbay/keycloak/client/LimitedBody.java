package dev.patchbay.keycloak.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A body that is not taken without end; beyond the limit, in bytes, it counts as no answer. */
final class LimitedBody<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> taker;
  private final long limit;
  private long taken;
  private boolean over;

  /** Set before anything comes. */
  @SuppressWarnings("NullAway.Init")
  private Subscription subscription;

  LimitedBody(BodySubscriber<T> taker, long limit) {
    this.taker = taker;
    this.limit = limit;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    taker.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    taken += part.stream().mapToLong(ByteBuffer::remaining).sum();
    if (taken <= limit) {
      taker.onNext(part);
    } else if (!over) {
      over = true;
      subscription.cancel();
      taker.onError(new IOException("more than " + limit + " bytes"));
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!over) {
      taker.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (!over) {
      taker.onComplete();
    }
  }

  @Override
  public CompletionStage<T> getBody() {
    return taker.getBody();
  }
}
