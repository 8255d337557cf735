package dev.patchbay.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;

/** The body of one request, read up to a limit. */
final class RequestBody {
  /**
   * Read and thrown away before an answer, because many clients send the whole body before they
   * look for one, and closing on unread data resets the connection under them.
   */
  private static final int DRAIN = 16 * 1024 * 1024;

  private final Request request;
  private final int limit;
  private boolean begun;

  RequestBody(Request request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /** The bytes; empty if there are more than the limit. */
  Optional<byte[]> read() throws IOException {
    if (request.getLength() > limit) {
      return Optional.empty();
    }
    begun = true;
    byte[] bytes = Request.asInputStream(request).readNBytes(limit + 1);
    return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
  }

  /** Takes what the client still sends; false if that is too much, so the connection must end. */
  boolean drain() {
    if (request.getLength() == 0) {
      return true;
    }
    if (!begun
        && request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString())) {
      return false; // it waits for our word before it sends, and the word is no
    }
    try {
      InputStream in = Request.asInputStream(request);
      byte[] sink = new byte[64 * 1024];
      int taken = 0;
      int count = in.read(sink);
      while (count >= 0 && taken <= DRAIN) {
        taken += count;
        count = in.read(sink);
      }
      return count < 0;
    } catch (IOException lost) {
      return false;
    }
  }
}
