package dev.patchbay.scim;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.web.BodyWriter;
import dev.patchbay.web.WebResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers in SCIM's media type. */
final class ScimJson {
  static final String MEDIA_TYPE = "application/scim+json";

  private static final int BUFFER = 32 * 1024; // bytes in a packet of a streamed answer

  private static final ObjectMapper JSON = new ObjectMapper();

  private ScimJson() {}

  static ObjectNode message(String urn) {
    var message = JsonNodeFactory.instance.objectNode();
    message.putArray("schemas").add(urn);
    return message;
  }

  /** Text of ours as a tree. */
  static ObjectNode parsed(byte[] text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A ListResponse of all there are. */
  static ObjectNode list(List<ObjectNode> resources) {
    var list = message("urn:ietf:params:scim:api:messages:2.0:ListResponse");
    list.put("totalResults", resources.size());
    list.put("startIndex", 1);
    list.put("itemsPerPage", resources.size());
    list.putArray("Resources").addAll(resources);
    return list;
  }

  static WebResponse of(int status, ObjectNode json) {
    return WebResponse.of(status)
        .body(MEDIA_TYPE, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Written before it is sent, so that a failure can still be answered as one. */
  static WebResponse whole(int status, BodyWriter writer) throws IOException {
    var bytes = new ByteArrayOutputStream(4096);
    writer.write(bytes);
    return WebResponse.of(status).body(MEDIA_TYPE, bytes.toByteArray());
  }

  /** Sent while it is written. */
  static WebResponse streamed(int status, BodyWriter writer) {
    return WebResponse.of(status).stream(
        MEDIA_TYPE,
        out -> {
          var buffer = new BufferedOutputStream(out, BUFFER);
          writer.write(buffer);
          buffer.flush();
        });
  }
}
