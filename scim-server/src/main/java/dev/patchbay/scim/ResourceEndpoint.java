package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Projection;
import dev.patchbay.directory.Rendering;
import dev.patchbay.directory.Stored;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.web.BodyWriter;
import dev.patchbay.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /Users}, {@code /Groups} and {@code /Roles}, which differ in their schema alone (RFC 7644
 * §3.3 to 3.6).
 */
final class ResourceEndpoint {
  private static final String STATUS = ResourceTypes.PBX_USER + ":status";

  private final EntryType type;

  ResourceEndpoint(EntryType type) {
    this.type = type;
  }

  WebResponse create(ScimCall call) throws IOException {
    var rendering = rendering(call);
    var entry = write(call, new Write.Create(call.body())).orElseThrow();
    return written(call, rendering, 201, entry);
  }

  WebResponse get(ScimCall call) throws IOException {
    var entry =
        find(call, call.id())
            .orElseThrow(
                () ->
                    new Refusal(
                        Kind.NOT_FOUND, "there is no " + type.scimName() + " with this id"));
    if (!IfMatch.of(call.request().header("If-Match")).matches(entry.version())) {
      throw new Refusal(Kind.PRECONDITION_FAILED, "the resource is at version " + entry.etag());
    }
    if (asksForStatus(call)) {
      return answer(rendering(call), 200, withStatus(call, entry)); // no version tells of it
    }
    return IfMatch.noneOf(call.request().header("If-None-Match")).matches(entry.version())
        ? answer(rendering(call), 200, entry)
        : WebResponse.of(304).header("ETag", entry.etag());
  }

  private boolean asksForStatus(ScimCall call) {
    var users = call.tenant().type(type);
    return type == EntryType.USER
        && ListParameters.of(call.request()).projection(users).wants(STATUS);
  }

  /** While the PBX does not say, the rest is all there is to say. */
  private static Stored withStatus(ScimCall call, Stored entry) {
    var status = call.tenant().provisioner().status(entry.id());
    if (status.isEmpty()) {
      return entry;
    }
    var value = ScimJson.empty().put("registered", status.get().registered());
    status.get().presence().ifPresent(it -> value.put("presence", it));
    return entry.with(ResourceTypes.PBX_USER, "status", value);
  }

  Optional<Stored> find(ScimCall call, String id) {
    return call.tenant().directory().get(call.tenant().name(), type, id);
  }

  WebResponse replace(ScimCall call) throws IOException {
    var rendering = rendering(call);
    var put = new Write.Replace(call.id(), ifMatch(call), call.body());
    return written(call, rendering, 200, write(call, put).orElseThrow());
  }

  WebResponse patch(ScimCall call) throws IOException {
    var rendering = rendering(call);
    var patch = new Write.Patch(call.id(), ifMatch(call), call.body());
    var entry = write(call, patch).orElseThrow();
    return isAnsweredShortly(call, entry)
        ? WebResponse.of(204).header("ETag", entry.etag())
        : written(call, rendering, 200, entry);
  }

  WebResponse delete(ScimCall call) {
    write(call, new Write.Delete(call.id(), ifMatch(call)));
    return WebResponse.of(204);
  }

  /** Does a write, sent as a request of its own or in a bulk; a DELETE leaves no entry. */
  Optional<Entry> write(ScimCall call, Write write) {
    var provisioner = call.tenant().provisioner();
    return switch (write) {
      case Write.Create create ->
          Optional.of(provisioner.create(type, call.sender(), create.body()));
      case Write.Replace put ->
          Optional.of(
              provisioner.replace(type, call.sender(), put.id(), put.ifMatch(), put.body()));
      case Write.Patch patch ->
          Optional.of(
              provisioner.patch(type, call.sender(), patch.id(), patch.ifMatch(), patch.body()));
      case Write.Delete delete -> {
        provisioner.delete(type, call.sender(), delete.id(), delete.ifMatch());
        yield Optional.empty();
      }
    };
  }

  private static IfMatch ifMatch(ScimCall call) {
    return IfMatch.of(call.request().header("If-Match"), call.request().header("If-None-Match"));
  }

  /**
   * A group may have 100,000 members, and who adds one shall not get them all: 204, unless the
   * answer has something to say or the sender says what it shall have.
   */
  private boolean isAnsweredShortly(ScimCall call, Entry entry) {
    return type == EntryType.GROUP
        && ListParameters.of(call.request()).projection(call.tenant().types().groups()).isDefault()
        && isSynced(entry);
  }

  /** The state stands in the extension of ours, whichever that is. */
  private static boolean isSynced(Entry entry) {
    return entry.resource().properties().stream()
        .map(it -> it.getValue().path("provisioning").path("state").asText("synced"))
        .allMatch("synced"::equals);
  }

  /** A written entry of which there is more to say than that it is done; without members. */
  Optional<ObjectNode> remark(ScimCall call, Entry entry) {
    if (isSynced(entry)) {
      return Optional.empty();
    }
    var resourceType = call.tenant().type(type);
    var projection = Projection.of(resourceType, List.of(), List.of("members"));
    var bytes = new ByteArrayOutputStream();
    try {
      call.served()
          .renderer(type)
          .rendering(projection, call.base())
          .write(call.tenant().directory().stored(entry), bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Optional.of(ScimJson.parsed(bytes.toByteArray()));
  }

  private WebResponse written(ScimCall call, Rendering rendering, int status, Entry entry)
      throws IOException {
    return answer(rendering, status, call.tenant().directory().stored(entry));
  }

  private static WebResponse answer(Rendering rendering, int status, Stored entry)
      throws IOException {
    return body(status, rendering, out -> rendering.write(entry, out))
        .header("Location", rendering.location(entry))
        .header("Content-Location", rendering.location(entry))
        .header("ETag", entry.etag());
  }

  /** As the parameters ask for; made before a write, which none of them must fail. */
  private Rendering rendering(ScimCall call) {
    var asked = ListParameters.of(call.request());
    return call.served()
        .renderer(type)
        .rendering(asked.projection(call.tenant().type(type)), call.base());
  }

  private static WebResponse body(int status, Rendering rendering, BodyWriter writer)
      throws IOException {
    return rendering.streams() ? ScimJson.streamed(status, writer) : ScimJson.whole(status, writer);
  }
}
