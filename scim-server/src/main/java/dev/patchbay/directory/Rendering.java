package dev.patchbay.directory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Memberships.InGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes entries as SCIM resources. The stored text goes out as it is, with groups, members and
 * {@code meta} behind it; only an answer that must leave something out is parsed. Members are
 * written while they are read.
 *
 * <p>Reading 100 users costs 1.5 ms this way and 9.7 ms by parsing and trimming each.
 */
public final class Rendering {
  /** Written to as it comes: a flush for each value would be a packet for each member. */
  private static final JsonFactory JSON =
      new ObjectMapper().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).getFactory();

  private final ResourceRenderer renderer;
  private final Projection projection;
  private final String base;
  private final boolean withMembers;

  Rendering(ResourceRenderer renderer, Projection projection, String base) {
    this.renderer = renderer;
    this.projection = projection;
    this.base = base;
    this.withMembers = projection.wants("members");
  }

  /** Whether members are read while an answer is written, which may take long. */
  public boolean streams() {
    return withMembers;
  }

  /** Where the entry is served. */
  public String location(Stored entry) {
    return base + "/" + entry.type().endpoint() + "/" + entry.id();
  }

  /** Writes one resource. */
  public void write(Stored entry, OutputStream out) throws IOException {
    try (JsonGenerator json = generator(out)) {
      write(entry, json);
    }
  }

  /**
   * Every value is a root value to the generator, and what stands between them is raw. The stream
   * stays open: an answer that broke off must not end like a whole one.
   */
  static JsonGenerator generator(OutputStream out) throws IOException {
    return JSON.createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .setRootValueSeparator(null);
  }

  void write(Stored entry, JsonGenerator json) throws IOException {
    boolean asStored =
        projection.isDefault()
            && entry.parked().isEmpty()
            && !renderer.holdsMoreThanDefault(entry.resource());
    if (asStored) {
      json.writeRaw("{\"id\":\"" + entry.id() + "\",");
      json.writeRaw(entry.resource(), 1, entry.resource().length() - 2);
      writeGroups(entry.groups(), json);
      json.writeRaw(",\"meta\":");
      json.writeTree(meta(entry));
    } else {
      var text = Json.text(projected(entry));
      json.writeRaw(text, 0, text.length() - 1);
    }
    if (withMembers) {
      writeMembers(entry, json);
    }
    json.writeRaw('}');
  }

  private ObjectNode projected(Stored entry) {
    var type = renderer.type();
    var tree = ResourceTree.of(entry, type);
    if (projection.wants("pbxId")) {
      ResourceTree.addPbxId(tree, entry, type);
    }
    for (String attribute : JoinedServices.ATTRIBUTES.keySet()) {
      if (projection.wants(attribute)) {
        renderer.directory().addServices(tree, attribute, entry);
      }
    }
    if (projection.wants("groups") && !entry.groups().isEmpty()) {
      var groups = tree.putArray("groups");
      entry.groups().forEach(it -> groups.add(ResourceTree.group(it, base)));
    }
    tree.set("meta", meta(entry));
    return projection.apply(tree);
  }

  private ObjectNode meta(Stored entry) {
    return ResourceTree.meta(entry).put("location", location(entry));
  }

  private void writeGroups(List<InGroup> groups, JsonGenerator json) throws IOException {
    if (!groups.isEmpty()) {
      json.writeRaw(",\"groups\":[");
      var between = "";
      for (InGroup group : groups) {
        json.writeRaw(between);
        json.writeTree(ResourceTree.group(group, base));
        between = ",";
      }
      json.writeRaw(']');
    }
  }

  private void writeMembers(Stored group, JsonGenerator json) throws IOException {
    json.writeRaw(",\"members\":[");
    var members = new MemberWriter(json);
    try {
      renderer.directory().members(group.id(), members::write);
    } catch (UncheckedIOException lost) {
      throw lost.getCause();
    }
    json.writeRaw(']');
  }

  /** Knows whether a comma is due. */
  private final class MemberWriter {
    private final JsonGenerator json;
    private final MemberText text = new MemberText(base);
    private String between = "";

    MemberWriter(JsonGenerator json) {
      this.json = json;
    }

    void write(Member member) {
      try {
        json.writeRaw(between);
        if (projection.isDefault()) {
          text.write(member, json);
        } else {
          json.writeTree(tree(member));
        }
        between = ",";
      } catch (IOException lost) {
        throw new UncheckedIOException(lost);
      }
    }
  }

  private ObjectNode tree(Member shown) {
    var member = ResourceTree.member(shown, base);
    var holder = Json.object();
    holder.putArray("members").add(member);
    return projection.apply(holder).path("members").path(0) instanceof ObjectNode part
        ? part
        : member;
  }
}
