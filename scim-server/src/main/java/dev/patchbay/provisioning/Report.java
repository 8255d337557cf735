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
  private static final String OWN = "ownProvisioning";

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

  /**
   * The resource with how its own PBX has it; {@code lastSync} moves when it is synced. What
   * further phone systems add to that is laid over it by {@link #shadowed}.
   */
  static ObjectNode of(
      EntryType type, ObjectNode resource, State state, Optional<String> error, Instant now) {
    var copy = resource.deepCopy();
    var extension = copy.withObjectProperty(urn(type));
    extension.remove(OWN);
    var provisioning = extension.withObjectProperty("provisioning");
    provisioning.put("state", word(state));
    if (state == State.SYNCED) {
      provisioning.put("lastSync", now.truncatedTo(ChronoUnit.MILLIS).toString());
    }
    because(provisioning, error);
    schema(type).declareSchemas(copy);
    return copy;
  }

  private static void because(ObjectNode provisioning, Optional<String> error) {
    error.ifPresentOrElse(
        text -> provisioning.put("lastError", text), () -> provisioning.remove("lastError"));
  }

  /**
   * An entry that its own PBX has, but not all of its targets; what its own PBX has to say is kept.
   *
   * @param lastSync when all agreed
   */
  static ObjectNode shadowed(
      EntryType type, ObjectNode resource, State state, String why, Optional<JsonNode> lastSync) {
    var copy = resource.deepCopy();
    var extension = copy.withObjectProperty(urn(type));
    var error = error(type, resource);
    var own = extension.putObject(OWN).put("state", word(State.SYNCED));
    because(own, error);
    var provisioning = extension.withObjectProperty("provisioning").put("state", word(state));
    provisioning.put("lastError", error.map(it -> it + "; " + why).orElse(why));
    lastSync.ifPresentOrElse(
        it -> provisioning.set("lastSync", it), () -> provisioning.remove("lastSync"));
    return copy;
  }

  /** Whether what is shown is not the word of its own PBX alone. */
  static boolean isShadowed(EntryType type, ObjectNode resource) {
    return resource.path(urn(type)).has(OWN);
  }

  /** Where a resource of the type has what is ours. */
  static ObjectNode extension(EntryType type, ObjectNode resource) {
    return resource.withObjectProperty(urn(type));
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** When all agreed last, as it is shown. */
  static Optional<JsonNode> lastSync(EntryType type, ObjectNode resource) {
    return Optional.ofNullable(resource.path(urn(type)).path("provisioning").get("lastSync"));
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
      var mac = PartValues.knownMac(phone.path("mac").asText());
      var id = mac.flatMap(known::get).flatMap(PbxPart::id);
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
      extension.remove(List.of("provisioning", OWN, "targets"));
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
    return synced(type, resource) || lastSync(type, resource).isPresent();
  }

  /** Why its own PBX is said not to have it as wanted. */
  static Optional<String> error(EntryType type, ObjectNode resource) {
    return Optional.ofNullable(own(type, resource).get("lastError")).map(JsonNode::asText);
  }

  private static boolean shows(EntryType type, ObjectNode resource, State state) {
    return own(type, resource).path("state").asText().equals(word(state));
  }

  private static JsonNode own(EntryType type, ObjectNode resource) {
    var extension = resource.path(urn(type));
    return extension.has(OWN) ? extension.path(OWN) : extension.path("provisioning");
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
