package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.PatchApplier;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The PBX's roles as SCIM asks for them. */
record ServedRoles(
    ResourceType type,
    GroupCreates creates,
    GroupWrites writes,
    RoleTarget target,
    RoleMirror mirror)
    implements Served {
  @Override
  public Entry create(Sender sender, JsonNode body) {
    return mirrored(
        () ->
            creates.create(
                sender.source(),
                target.completed(new ResourceReader(type, sender.idp()).read(body)),
                List.of()));
  }

  @Override
  public Entry replace(Sender sender, String id, IfMatch ifMatch, JsonNode body) {
    var reader = new ResourceReader(type, sender.idp());
    return change(Action.REPLACE, sender, id, ifMatch, base -> reader.replace(base, body));
  }

  @Override
  public Entry patch(Sender sender, String id, IfMatch ifMatch, JsonNode patch) {
    return change(
        Action.PATCH,
        sender,
        id,
        ifMatch,
        base -> PatchApplier.apply(base, patch, type, sender.idp()).resource());
  }

  private Entry change(
      Action action, Sender sender, String id, IfMatch ifMatch, UnaryOperator<ObjectNode> request) {
    var change =
        new GroupWrites.Change(
            action,
            sender.source(),
            id,
            ifMatch,
            base -> new Patched(request.apply(base), List.of()));
    return mirrored(() -> writes.change(change));
  }

  @Override
  public void delete(Sender sender, String id, IfMatch ifMatch) {
    target.checkOffered();
    writes.delete(sender.source(), id, ifMatch);
  }

  /** Whatever comes of it, the PBX may have made something else of it than was asked. */
  private Entry mirrored(Supplier<Entry> write) {
    target.checkOffered();
    try {
      return write.get();
    } finally {
      mirror.wake();
    }
  }
}
