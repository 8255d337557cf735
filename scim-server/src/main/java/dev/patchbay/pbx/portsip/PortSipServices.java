package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall.ChangeMembers;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PortSIP's call queues, ring groups and pickup groups. Who belongs to one is a list that is only
 * written as a whole, so it is read first, and who else is in it goes back as he was: with his
 * place, which is his turn to ring, and his skill.
 */
final class PortSipServices {
  static final Set<PbxService> KINDS =
      Set.of(PbxService.CALL_QUEUE, PbxService.RING_GROUP, PbxService.PICKUP_GROUP);

  private static final Pattern EXTENSION = Pattern.compile("[0-9]{3,64}");

  private final PortSipApi api;

  PortSipServices(PortSipApi api) {
    this.api = api;
  }

  /** By extension if it may be one; pickup groups have none and go by name. */
  List<PbxRef> named(PbxService kind, String target) {
    if (kind != PbxService.PICKUP_GROUP && EXTENSION.matcher(target).matches()) {
      return all(kind, "extension_number", target);
    }
    var byId = one(kind.ref(target)).map(Found::ref);
    return byId.isEmpty() && kind == PbxService.PICKUP_GROUP
        ? all(kind, "name", target)
        : byId.stream().toList();
  }

  private List<PbxRef> all(PbxService kind, String field, String value) {
    HttpCall call = HttpCall.read("service search", "");
    var filter = Optional.of(PortSipPages.having(field, value));
    try (Stream<ObjectNode> found = PortSipPages.of(api, call.name(), folder(kind), filter)) {
      return found
          .filter(json -> json.path(field).asText().equals(value))
          .map(json -> Json.text(json, "id").orElseThrow(() -> api.unreadable(call)))
          .map(kind::ref)
          .toList();
    }
  }

  Optional<Found<PbxGroup>> one(PbxRef ref) {
    HttpCall call = HttpCall.read("service read", path(ref));
    return api.find(call, api.time())
        .map(
            json ->
                new Found<>(
                    ref,
                    new PbxGroup(
                        Json.text(json, "name").orElseThrow(() -> api.unreadable(call)),
                        Optional.empty()),
                    Optional.empty(),
                    false));
  }

  Set<String> members(PbxRef ref) {
    HttpCall call = HttpCall.read("members read", list(ref));
    return api.find(call, api.time()).map(json -> extensions(call, json)).orElse(Set.of());
  }

  /** A whole list is written only if somebody comes or goes. */
  PbxRef change(ChangeMembers call) {
    CallTime time = api.time(call);
    HttpCall look = HttpCall.read(call.name(), list(call.group()));
    ObjectNode before;
    try {
      before = api.readFirst(look, time);
    } catch (Rejected no) {
      if (no.reason() == Reason.ABSENT && call.joining().isEmpty()) {
        return call.group(); // where nothing is, nobody rings
      }
      throw no;
    }
    var now = extensions(look, before);
    boolean differs =
        !now.containsAll(call.joining()) || call.leaving().stream().anyMatch(now::contains);
    if (differs) {
      ObjectNode body = Json.object();
      body.set("items", after(call, now, before));
      api.effect(HttpCall.effect(call.name(), list(call.group()), Json.body(body)), time);
    }
    return call.group();
  }

  private static ArrayNode after(ChangeMembers call, Set<String> now, ObjectNode before) {
    boolean bare = kind(call.group()) == PbxService.PICKUP_GROUP;
    ArrayNode items = Json.object().putArray("items");
    for (JsonNode item : before.path("items")) {
      var extension = item.path("extension_number").asText();
      if (!call.leaving().contains(extension)) {
        add(items, bare, extension, item.path("skill_level"));
      }
    }
    call.joining().stream()
        .filter(extension -> !now.contains(extension))
        .sorted()
        .forEach(extension -> add(items, bare, extension, Json.object().path("skill_level")));
    return items;
  }

  private static void add(ArrayNode items, boolean bare, String extension, JsonNode skill) {
    if (bare) {
      items.add(extension);
      return;
    }
    var item = items.addObject().put("extension_number", extension);
    if (skill.isNumber()) {
      item.set("skill_level", skill);
    }
  }

  private Set<String> extensions(HttpCall call, JsonNode json) {
    var extensions = new LinkedHashSet<String>();
    if (!json.path("items").isArray()) {
      throw api.unreadable(call);
    }
    for (JsonNode member : json.path("items")) {
      extensions.add(Json.text(member, "extension_number").orElseThrow(() -> api.unreadable(call)));
    }
    return extensions;
  }

  private static String list(PbxRef ref) {
    return path(ref) + (kind(ref) == PbxService.PICKUP_GROUP ? "/members" : "/agents");
  }

  private static String path(PbxRef ref) {
    var kind = kind(ref);
    return folder(kind) + "/" + HttpCall.encode(kind.id(ref));
  }

  private static PbxService kind(PbxRef ref) {
    return PbxService.of(ref)
        .orElseThrow(() -> new Rejected(Reason.UNSUPPORTED, "a user group takes single members"));
  }

  private static String folder(PbxService kind) {
    return switch (kind) {
      case CALL_QUEUE -> "/api/call_queues";
      case RING_GROUP -> "/api/ring_groups";
      case PICKUP_GROUP -> "/api/call_pickup_groups";
      case LINE -> throw new Rejected(Reason.UNSUPPORTED, "PortSIP has no lines");
    };
  }
}
