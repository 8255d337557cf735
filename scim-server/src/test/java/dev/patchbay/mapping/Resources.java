package dev.patchbay.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.schema.Refusal;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Resources and settings as text, for tests. */
public final class Resources {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Resources() {}

  /** A resource written with single quotes; {@code PBX} and {@code ENT} stand for the URNs. */
  public static ObjectNode resource(String json) {
    String text =
        json.replace('\'', '"')
            .replace("\"PBX\"", "\"" + ScimUser.PBX + "\"")
            .replace("\"ENT\"", "\"" + ScimUser.ENTERPRISE + "\"");
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ObjectNode named(String userName) {
    return JSON.createObjectNode().put("userName", userName);
  }

  static MappingSettings settings(String yaml) {
    return TestMapping.from(Section.of(yaml));
  }

  /** The refusal that {@code request} ends in. */
  static Refusal refusal(ThrowingCallable request) {
    return Assertions.catchThrowableOfType(Refusal.class, request);
  }
}
