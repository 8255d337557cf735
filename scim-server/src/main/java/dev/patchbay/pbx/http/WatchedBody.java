package dev.patchbay.pbx.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * A request body that knows whether anybody asked for it. The client asks once the connection
 * stands and the head is out; before that no PBX can have read the call.
 */
final class WatchedBody implements BodyPublisher {
  private final BodyPublisher body;
  private volatile boolean asked;

  WatchedBody(BodyPublisher body) {
    this.body = body;
  }

  /** Whether the PBX may hold a whole request; always for one without a body: its head is all. */
  boolean mayHaveLeft() {
    return asked || body.contentLength() == 0;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    asked = true;
    body.subscribe(subscriber);
  }
}
