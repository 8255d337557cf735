package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.PatchApplier;
import dev.patchbay.directory.PatchNames;
import dev.patchbay.mapping.FlatMicrosoftId;
import dev.patchbay.provisioning.UserWrites.Change;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Impossible;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import java.util.Set;

/** What requests make of users. */
record UserRequests(ResourceType type, UserTarget target) {
  /** What a PUT always says something about; the rest of it may be the server's own body again. */
  static final Set<String> ACCESS = Set.of("active", "roles");

  ObjectNode created(JsonNode body, IdentityProvider idp) {
    var user = new ResourceReader(type, idp).read(body);
    FlatMicrosoftId.replaced(JsonNodeFactory.instance.objectNode(), user);
    return user;
  }

  Change replace(Sender sender, String id, IfMatch ifMatch, JsonNode body) {
    return new Change(
        Action.REPLACE,
        sender.source(),
        id,
        ifMatch,
        ACCESS::contains,
        (base, impossible) -> replaced(base, body, sender.idp(), impossible));
  }

  Change patch(Sender sender, String id, IfMatch ifMatch, JsonNode patch) {
    return new Change(
        Action.PATCH,
        sender.source(),
        id,
        ifMatch,
        new PatchNames(patch, type, sender.idp()),
        (base, impossible) -> patched(base, patch, sender.idp(), impossible));
  }

  /** A PUT that does not mention {@code active} says nothing about it: a leaver stays one. */
  private ObjectNode replaced(
      ObjectNode base, JsonNode body, IdentityProvider idp, Impossible impossible) {
    var replaced = new ResourceReader(type, idp, impossible).replace(base, body);
    if (!replaced.has("active") && base.has("active")) {
      replaced.set("active", base.path("active"));
    }
    FlatMicrosoftId.replaced(base, replaced);
    return checked(base, replaced);
  }

  private ObjectNode patched(
      ObjectNode base, JsonNode patch, IdentityProvider idp, Impossible impossible) {
    var patched = PatchApplier.apply(base, patch, type, idp, impossible).resource();
    requireActive(base, patched);
    FlatMicrosoftId.patched(base, patched);
    return checked(base, patched);
  }

  private ObjectNode checked(ObjectNode base, ObjectNode wish) {
    type.declareSchemas(wish);
    target.checkChange(base, wish);
    return wish;
  }

  /** Without a value it would be true again, which nobody said of a leaver. */
  private static void requireActive(ObjectNode base, ObjectNode patched) {
    if (base.has("active") && !patched.has("active")) {
      throw new Refusal(Refusal.Kind.MUTABILITY, "'active' is true or false; it cannot be cleared");
    }
  }
}
