package dev.patchbay.web;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to be sent; each method returns a changed copy. */
public final class WebResponse {
  private final int status;
  private final Map<String, String> headers;
  private final Content content;

  /** What follows the headers. */
  sealed interface Content {
    record None() implements Content {}

    record Bytes(ByteBuffer bytes) implements Content {}

    record Streamed(BodyWriter writer) implements Content {}

    /** No answer at all: the connection ends. */
    record Cut() implements Content {}
  }

  private WebResponse(int status, Map<String, String> headers, Content content) {
    this.status = status;
    this.headers = headers;
    this.content = content;
  }

  public static WebResponse of(int status) {
    return new WebResponse(status, Map.of(), new Content.None());
  }

  /** Closes the connection without an answer, as a crash or a broken network would. */
  public static WebResponse cut() {
    return new WebResponse(0, Map.of(), new Content.Cut());
  }

  /** Sets a header; a second value replaces the first. */
  public WebResponse header(String name, String value) {
    return new WebResponse(status, with(name, value), content);
  }

  public WebResponse body(String mediaType, byte[] bytes) {
    return new WebResponse(
        status, with("Content-Type", mediaType), new Content.Bytes(ByteBuffer.wrap(bytes)));
  }

  /** A body written while it is sent, of a length nobody knows beforehand. */
  public WebResponse stream(String mediaType, BodyWriter writer) {
    return new WebResponse(status, with("Content-Type", mediaType), new Content.Streamed(writer));
  }

  /** The status code; 0 for {@link #cut}. */
  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  Content content() {
    return content;
  }

  private Map<String, String> with(String name, String value) {
    var changed = new LinkedHashMap<>(headers);
    changed.keySet().removeIf(name::equalsIgnoreCase);
    changed.put(name, value);
    return changed;
  }
}
