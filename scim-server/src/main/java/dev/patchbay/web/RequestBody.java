package dev.patchbay.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

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
  private boolean ended;

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
    byte[] start = begin();
    if (ended || start.length > limit) {
      return Optional.of(start).filter(bytes -> bytes.length <= limit);
    }
    int room = limit - start.length;
    byte[] rest = Request.asInputStream(request).readNBytes(room + 1);
    ended = rest.length <= room;
    return Optional.of(joined(start, rest)).filter(bytes -> ended);
  }

  /** What is here already: all of most bodies, for which a stream's buffers would be too much. */
  private byte[] begin() throws IOException {
    Content.Chunk first = request.read();
    if (first == null) {
      return new byte[0];
    }
    if (Content.Chunk.isFailure(first)) {
      throw new IOException(first.getFailure());
    }
    byte[] bytes = BufferUtil.toArray(first.getByteBuffer());
    ended = first.isLast();
    first.release();
    return bytes;
  }

  private static byte[] joined(byte[] start, byte[] rest) {
    byte[] whole = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    return whole;
  }

  /** Takes what the client still sends; false if that is too much, so the connection must end. */
  boolean drain() {
    if (ended || request.getLength() == 0) {
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
