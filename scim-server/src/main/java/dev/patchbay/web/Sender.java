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
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    switch (answer.content()) {
      case WebResponse.Content.None none ->
          response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      case WebResponse.Content.Bytes body ->
          response.write(true, ByteBuffer.wrap(body.bytes()), callback);
      case WebResponse.Content.Streamed body -> stream(body.writer());
      case WebResponse.Content.Cut cut -> cut(new EofException("cut on purpose"));
    }
  }

  private void stream(BodyWriter writer) {
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      writer.write(out);
    } catch (IOException | RuntimeException failure) {
      cut(failure);
      return;
    }
    callback.succeeded();
  }

  private void cut(Exception cause) {
    request.getConnectionMetaData().getConnection().getEndPoint().close(cause);
    callback.failed(cause);
  }
}
