package dev.patchbay.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/**
 * Writes what {@link ResourceTree#member} builds, without building it: a group may have 100,000
 * members, and a tree for each takes longer than reading them.
 */
final class MemberText {
  private static final String VALUE = "{\"value\":\"";

  private final String reference;

  /**
   * @param base the tenant's SCIM URL, without a slash at its end
   */
  MemberText(String base) {
    var users = new String(JsonStringEncoder.getInstance().quoteAsString(base));
    this.reference = "\",\"$ref\":\"" + users + "/" + EntryType.USER.endpoint() + "/";
  }

  /**
   * @param id one of ours, which needs no escaping
   */
  void write(String id, String label, JsonGenerator json) throws IOException {
    json.writeRaw(VALUE);
    json.writeRaw(id);
    json.writeRaw(reference);
    json.writeRaw(id);
    if (label.isEmpty()) {
      json.writeRaw("\",\"type\":\"User\"}");
    } else {
      json.writeRaw("\",\"type\":\"User\",\"display\":");
      json.writeString(label);
      json.writeRaw('}');
    }
  }
}
