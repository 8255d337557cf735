package dev.patchbay.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One kept-alive HTTP connection on a blocking socket. Own code because client and server share the
 * machine's cores: what a full client costs would be missing from the server.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int filled;
  private int position;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  static Connection to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new Connection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer; the body is kept only by whoever asks for it before the next request. */
  static final class Answer {
    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    boolean success() {
      return status >= 200 && status < 300;
    }
  }

  Answer send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    filled = 0;
    position = 0;
    int status = Integer.parseInt(line().substring(9, 12));
    var length = Optional.<Integer>empty();
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Optional.of(Integer.parseInt(lower.substring(15).strip()));
      }
      chunked |= lower.equals("transfer-encoding: chunked");
    }
    return new Answer(status, chunked ? chunks() : bytes(length.orElse(0)));
  }

  private byte[] chunks() throws IOException {
    byte[] body = new byte[BUFFER];
    int size = 0;
    for (int chunk = chunkSize(); chunk > 0; chunk = chunkSize()) {
      if (size + chunk > body.length) {
        body = Arrays.copyOf(body, 2 * (size + chunk));
      }
      read(body, size, chunk);
      size += chunk;
      line();
    }
    line();
    return Arrays.copyOf(body, size);
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] bytes(int count) throws IOException {
    byte[] body = new byte[count];
    read(body, 0, count);
    return body;
  }

  private void read(byte[] into, int from, int count) throws IOException {
    int buffered = Math.min(count, filled - position);
    System.arraycopy(buffer, position, into, from, buffered);
    position += buffered;
    if (in.readNBytes(into, from + buffered, count - buffered) < count - buffered) {
      throw new EOFException("the server ended the connection");
    }
  }

  private String line() throws IOException {
    int from = position;
    while (true) {
      for (; position < filled; position++) {
        if (buffer[position] == '\n') {
          position++;
          return new String(buffer, from, position - 2 - from, StandardCharsets.ISO_8859_1);
        }
      }
      if (from > 0) {
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        position -= from;
        from = 0;
      }
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        throw new EOFException("the server ended the connection");
      }
      filled += count;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
