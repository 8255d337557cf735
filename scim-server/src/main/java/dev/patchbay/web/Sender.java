package dev.patchbay.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Puts one answer on the wire. */
record Sender(Request request, Response response, Callback callback) {
  void send(WebResponse answer) {
    switch (answer.content()) {
      case WebResponse.Content.None none -> whole(answer, BufferUtil.EMPTY_BUFFER);
      case WebResponse.Content.Bytes body -> whole(answer, body.bytes().slice());
      case WebResponse.Content.Streamed body -> stream(answer, body.writer());
      case WebResponse.Content.Cut cut -> cut(new EofException("cut on purpose"));
    }
  }

  private void whole(WebResponse answer, ByteBuffer bytes) {
    head(answer);
    response.write(true, bytes, callback);
  }

  private void stream(WebResponse answer, BodyWriter writer) {
    head(answer);
    // Closed only when whole: closing would end the answer as if it were.
    OutputStream out = Content.Sink.asOutputStream(response);
    try {
      writer.write(out);
      out.close();
    } catch (IOException | RuntimeException failure) {
      cut(failure);
      return;
    }
    callback.succeeded();
  }

  private void head(WebResponse answer) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
  }

  private void cut(Exception cause) {
    request.getConnectionMetaData().getConnection().getEndPoint().close(cause);
    callback.failed(cause);
  }
}
