package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.EntryType;
import dev.patchbay.mapping.PartValues;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes into a resource what the bridge has to say about it: the read-only attributes of ours. */
final class Report {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final ResourceType GROUP = ResourceTypes.group();
  private static final ResourceType ROLE = ResourceTypes.role(true);

  private static final String PHONES = "phones";

  private Report() {}

  /** How an entry stands; the word is the attribute {@code provisioning.state}. */
  enum State {
    /** The PBX holds it. */
    SYNCED,
    /** The PBX will hold it; the journal is at it. */
    PENDING,
    /** Given up on a part until somebody looks. */
    BLOCKED,
    /** It vanished from the PBX. */
    ORPHANED;

    /** Of the attribute's word. */
    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** The resource with its state; {@code lastSync} moves when it is synced. */
  static ObjectNode of(
      EntryType type, ObjectNode resource, State state, Optional<String> error, Instant now) {
    var copy = resource.deepCopy();
    var provisioning = copy.withObjectProperty(urn(type)).withObjectProperty("provisioning");
    provisioning.put("state", state.name().toLowerCase(Locale.ROOT));
    if (state == State.SYNCED) {
      provisioning.put("lastSync", now.truncatedTo(ChronoUnit.MILLIS).toString());
    }
    error.ifPresentOrElse(
        text -> provisioning.put("lastError", text), () -> provisioning.remove("lastError"));
    schema(type).declareSchemas(copy);
    return copy;
  }

  /** The resource with what is known of its Microsoft 365 binding. */
  static ObjectNode binding(
      ObjectNode resource, Applied applied, Optional<String> error, Instant now) {
    if (!(resource.path(ResourceTypes.PBX_USER).get("ms365") instanceof ObjectNode)) {
      return resource;
    }
    var copy = resource.deepCopy();
    var ms365 = copy.withObjectProperty(ResourceTypes.PBX_USER).withObjectProperty("ms365");
    boolean bound =
        !applied.maybe().contains(PbxField.MICROSOFT365)
            && applied.fields().containsKey(PbxField.MICROSOFT365);
    if (bound && !ms365.path("bound").asBoolean()) {
      ms365.put("boundAt", now.truncatedTo(ChronoUnit.MILLIS).toString());
    } else if (!bound) {
      ms365.remove("boundAt");
    }
    ms365.put("bound", bound);
    error
        .filter(text -> !bound)
        .ifPresentOrElse(text -> ms365.put("lastError", text), () -> ms365.remove("lastError"));
    return copy;
  }

  /** The resource with what the PBX calls its phones. */
  static ObjectNode phones(ObjectNode resource, Applied applied) {
    if (!resource.path(ResourceTypes.PBX_USER).has(PHONES)) {
      return resource;
    }
    var copy = resource.deepCopy();
    var known = applied.parts(PbxField.PHONES);
    for (JsonNode phone : copy.path(ResourceTypes.PBX_USER).path(PHONES)) {
      var id = known.get(PartValues.mac(phone.path("mac").asText())).flatMap(PbxPart::id);
      ((ObjectNode) phone).remove("id");
      id.ifPresent(it -> ((ObjectNode) phone).put("id", it));
    }
    return copy;
  }

  /** Whether the two differ in nothing but what the bridge itself reports. */
  static boolean same(EntryType type, ObjectNode one, ObjectNode other) {
    return bare(type, one).equals(bare(type, other));
  }

  private static ObjectNode bare(EntryType type, ObjectNode resource) {
    var copy = resource.deepCopy();
    copy.remove("schemas"); // follows from the rest
    if (copy.get(urn(type)) instanceof ObjectNode extension) {
      extension.remove(List.of("provisioning", "targets"));
      if (extension.get("ms365") instanceof ObjectNode ms365) {
        ms365.remove(List.of("bound", "boundAt", "lastError"));
      }
      for (JsonNode phone : extension.path(PHONES)) {
        ((ObjectNode) phone).remove("id");
      }
      if (extension.isEmpty()) {
        copy.remove(urn(type));
      }
    }
    return copy;
  }

  static boolean orphaned(EntryType type, ObjectNode resource) {
    return shows(type, resource, State.ORPHANED);
  }

  static boolean blocked(EntryType type, ObjectNode resource) {
    return shows(type, resource, State.BLOCKED);
  }

  static boolean synced(EntryType type, ObjectNode resource) {
    return shows(type, resource, State.SYNCED);
  }

  /** Whether the PBX provably held it once. */
  static boolean everSynced(EntryType type, ObjectNode resource) {
    return resource.path(urn(type)).path("provisioning").has("lastSync");
  }

  /** Why it is said not to be as wanted. */
  static Optional<String> error(EntryType type, ObjectNode resource) {
    var provisioning = resource.path(urn(type)).path("provisioning");
    return Optional.ofNullable(provisioning.get("lastError")).map(JsonNode::asText);
  }

  private static boolean shows(EntryType type, ObjectNode resource, State state) {
    var shown = resource.path(urn(type)).path("provisioning").path("state").asText();
    return shown.equals(state.name().toLowerCase(Locale.ROOT));
  }

  private static ResourceType schema(EntryType type) {
    return switch (type) {
      case USER -> USER;
      case GROUP -> GROUP;
      case ROLE -> ROLE;
    };
  }

  private static String urn(EntryType type) {
    return switch (type) {
      case USER -> ResourceTypes.PBX_USER;
      case GROUP -> ResourceTypes.PBX_GROUP;
      case ROLE -> ResourceTypes.PBX_ROLE;
    };
  }
}
