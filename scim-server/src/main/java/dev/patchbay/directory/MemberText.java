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

  private final String users;
  private final String groups;

  /**
   * @param base the tenant's SCIM URL, without a slash at its end
   */
  MemberText(String base) {
    var start = "\",\"$ref\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(base));
    this.users = start + "/" + EntryType.USER.endpoint() + "/";
    this.groups = start + "/" + EntryType.GROUP.endpoint() + "/";
  }

  /** Ids are ours and need no escaping. */
  void write(Member member, JsonGenerator json) throws IOException {
    boolean group = member.type() == EntryType.GROUP;
    json.writeRaw(VALUE);
    json.writeRaw(member.id());
    json.writeRaw(group ? groups : users);
    json.writeRaw(member.id());
    json.writeRaw(group ? "\",\"type\":\"Group\"" : "\",\"type\":\"User\"");
    if (!member.label().isEmpty()) {
      json.writeRaw(",\"display\":");
      json.writeString(member.label());
    }
    json.writeRaw('}');
  }
}
