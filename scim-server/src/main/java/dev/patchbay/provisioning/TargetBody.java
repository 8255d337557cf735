package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.journal.SecretSlot;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a target is sent of a user: all that the tenant wants, in a sender's words. */
final class TargetBody {
  private final Tenant tenant;
  private final Target target;

  TargetBody(Tenant tenant, Target target) {
    this.tenant = tenant;
    this.target = target;
  }

  /** Of a user it has not yet, with the secrets that new ones have there. */
  ObjectNode ofNew(Entry user, Optional<String> sealed) {
    return of(user, sealed, target.provisioner().capabilities().secrets());
  }

  /** Of one it has, with the secrets that it can change; others are not its own to have. */
  ObjectNode ofKnown(Entry user, Optional<String> sealed) {
    var pbx = target.provisioner().capabilities();
    var changing = EnumSet.noneOf(PbxSecret.class);
    for (PbxSecret secret : PbxSecret.values()) {
      if (pbx.changes(secret)) {
        changing.add(secret);
      }
    }
    return of(user, sealed, changing);
  }

  /** As known, but for name and number: a name that nobody has, and whatever number is free. */
  ObjectNode aside(Entry user) {
    var body = ofKnown(user, Optional.empty()).put("userName", user.id());
    body.withObjectProperty(ResourceTypes.PBX_USER).remove("extensionNumber");
    return body;
  }

  private ObjectNode of(Entry user, Optional<String> sealed, Set<PbxSecret> taken) {
    var body = user.resource().deepCopy();
    keepServed(body, target.provisioner().types().users());
    mentionAll(body, target.provisioner().types().users());
    sealed
        .flatMap(it -> unsealed(user.id(), it))
        .ifPresent(
            wish ->
                wish.secrets().entrySet().stream()
                    .filter(secret -> taken.contains(secret.getKey()))
                    .forEach(secret -> put(body, secret.getKey(), secret.getValue().reveal())));
    return body;
  }

  /** What the target does not serve is not asked of it. */
  private static void keepServed(ObjectNode body, ResourceType type) {
    var strangers = new ArrayList<String>();
    for (var field : body.properties()) {
      if (field.getKey().startsWith("urn:") && field.getValue() instanceof ObjectNode extension) {
        type.extension(field.getKey())
            .ifPresentOrElse(
                schema -> keepServed(extension, schema), () -> strangers.add(field.getKey()));
      }
    }
    body.remove(strangers);
  }

  private static void keepServed(ObjectNode extension, Schema schema) {
    var strangers = new ArrayList<String>();
    for (var field : extension.properties()) {
      var attribute = schema.attribute(field.getKey());
      if (attribute.isEmpty()) {
        strangers.add(field.getKey());
      } else if (field.getValue() instanceof ObjectNode parts) {
        var names = new ArrayList<String>();
        parts.fieldNames().forEachRemaining(names::add);
        names.removeIf(it -> attribute.get().sub(it).isPresent());
        parts.remove(names);
      }
    }
    extension.remove(strangers);
  }

  /** So that what the tenant has not is cleared there, and not taken for left unsaid. */
  private static void mentionAll(ObjectNode body, ResourceType type) {
    var schemas = body.putArray("schemas").add(type.core().urn());
    type.extensions().forEach(it -> schemas.add(it.schema().urn()));
  }

  private Optional<Wish> unsealed(String id, String sealed) {
    var nothing = Wish.of(JsonNodeFactory.instance.objectNode());
    return tenant.seal().flatMap(seal -> seal.open(id, new SecretSlot.Sealed(sealed), nothing));
  }

  private static void put(ObjectNode body, PbxSecret secret, String value) {
    var pbx = body.withObjectProperty(ResourceTypes.PBX_USER);
    switch (secret) {
      case PASSWORD -> body.put("password", value);
      case EXTENSION_PASSWORD -> pbx.put("extensionPassword", value);
      case VOICEMAIL_PIN -> pbx.put("voicemailPin", value);
    }
  }
}
