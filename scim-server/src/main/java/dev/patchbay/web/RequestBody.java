package dev.patchbay.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/** The body of one request, read when it is asked for, up to a limit of size and of time. */
final class RequestBody {
  /**
   * Read and thrown away before an answer, because many clients send the whole body before they
   * look for one, and closing on unread data resets the connection under them.
   */
  private static final int DRAIN = 16 * 1024 * 1024;

  private static final int PIECE = 64 * 1024;

  private final Request request;
  private final int limit;
  private final long deadline;
  private boolean begun;
  private boolean ended;
  private byte[] bytes = new byte[0];

  RequestBody(Request request, WebLimits limits) {
    this.request = request;
    this.limit = limits.maxBodyBytes();
    this.deadline = System.nanoTime() + limits.bodyTimeout().toNanos();
  }

  /** Why there is no body to work on. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, String reason) {
      super(reason, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** The bytes, the same each time; not a copy. */
  byte[] bytes() {
    if (!begun) {
      begun = true;
      bytes = read();
    }
    return bytes;
  }

  private byte[] read() {
    if (request.getLength() > limit) {
      throw tooLarge();
    }
    try {
      byte[] start = begin();
      return ended ? bounded(start) : bounded(continued(start));
    } catch (IOException | TimeoutException lost) {
      throw isLate(lost)
          ? new Refused(408, "the body did not come in time")
          : new Refused(400, "incomplete body");
    }
  }

  private byte[] bounded(byte[] whole) {
    if (whole.length > limit) {
      throw tooLarge();
    }
    return whole;
  }

  private Refused tooLarge() {
    return new Refused(413, "body larger than " + limit + " bytes");
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
    byte[] here = BufferUtil.toArray(first.getByteBuffer());
    ended = first.isLast();
    first.release();
    return here;
  }

  /** The rest behind {@code start}, too, or as much of it as is too much. */
  private byte[] continued(byte[] start) throws IOException, TimeoutException {
    long announced = Math.min(request.getLength(), limit);
    var all = new ByteArrayOutputStream((int) Math.max(announced, start.length + PIECE));
    all.writeBytes(start);
    var piece = new byte[PIECE];
    InputStream in = Request.asInputStream(request);
    int count = 0;
    while (count >= 0 && all.size() <= limit) {
      requireTime();
      all.write(piece, 0, count);
      count = in.read(piece);
    }
    ended = count < 0;
    return all.toByteArray();
  }

  /** A sender of a byte now and then is never idle and never done. */
  private void requireTime() throws TimeoutException {
    if (System.nanoTime() - deadline > 0) {
      throw new TimeoutException();
    }
  }

  private static boolean isLate(Exception lost) {
    return lost instanceof TimeoutException || lost.getCause() instanceof TimeoutException;
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
      if (!begun && begin().length == 0 && ended) {
        return true; // as with every GET
      }
      InputStream in = Request.asInputStream(request);
      var sink = new byte[PIECE];
      int taken = 0;
      int count = 0;
      while (count >= 0 && taken <= DRAIN) {
        requireTime();
        taken += count;
        count = in.read(sink);
      }
      return count < 0;
    } catch (IOException | TimeoutException lost) {
      return false;
    }
  }
}
