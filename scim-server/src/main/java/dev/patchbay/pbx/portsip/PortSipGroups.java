package dev.patchbay.pbx.portsip;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** PortSIP's user groups, whose members are keyed by extension. */
final class PortSipGroups {
  private final PortSipApi api;
  private final UpdateMode updateMode;
  private final PortSipClearing clearing;

  PortSipGroups(PortSipApi api, UpdateMode updateMode, PortSipClearing clearing) {
    this.api = api;
    this.updateMode = updateMode;
    this.clearing = clearing;
  }

  static PbxGroup canonical(PbxGroup group) {
    return new PbxGroup(
        group.name(),
        group.description().filter(text -> !text.isBlank()),
        group
            .callerIds()
            .flatMap(text -> PortSipGroupNumbers.text(PortSipGroupNumbers.json(text))));
  }

  Optional<Found<PbxGroup>> one(PbxRef ref) {
    HttpCall call = HttpCall.read("group read", path(ref, ""));
    return api.find(call, api.time()).map(json -> found(call, json));
  }

  Stream<Found<PbxGroup>> all() {
    HttpCall call = HttpCall.read("group list", "");
    return PortSipPages.of(api, call.name(), "/api/groups", Optional.empty())
        .map(json -> found(call, json));
  }

  /** The group of that name, or of one that differs in case only: PortSIP may refuse both. */
  Optional<Found<PbxGroup>> named(String name) {
    HttpCall call = HttpCall.read("group search", "");
    var filter = Optional.of(PortSipPages.having("name", name));
    try (Stream<ObjectNode> groups = PortSipPages.of(api, call.name(), "/api/groups", filter)) {
      return groups
          .map(json -> found(call, json))
          .filter(group -> group.value().name().equalsIgnoreCase(name))
          .min(comparing(group -> !group.value().name().equals(name)));
    }
  }

  private Found<PbxGroup> found(HttpCall call, JsonNode json) {
    var group =
        Json.text(json, "name")
            .map(
                name ->
                    new PbxGroup(
                        name,
                        Json.text(json, "description"),
                        PortSipGroupNumbers.text(json.path(PortSipGroupNumbers.FIELD))));
    var ref = Json.text(json, "id").map(PbxRef::new);
    if (group.isEmpty() || ref.isEmpty()) {
      throw api.unreadable(call);
    }
    return new Found<>(ref.get(), group.get(), Optional.empty(), false);
  }

  PbxRef create(CreateGroup call) {
    ObjectNode body = Json.object().put("name", call.group().name());
    PbxGroup group = canonical(call.group());
    group.description().ifPresent(text -> body.put("description", text));
    group.callerIds().ifPresent(text -> PortSipGroupNumbers.put(body, text));
    return api.create(HttpCall.effect(call.name(), "/api/groups", Json.body(body)), api.time());
  }

  PbxRef update(UpdateGroup call) {
    CallTime time = api.time();
    PbxGroup group = canonical(call.group());
    Optional<ObjectNode> before = before(call, group, time);
    ObjectNode body = Json.object().put("name", group.name());
    group.description().ifPresent(text -> body.put("description", text));
    if (group.description().isEmpty() && call.changed().contains(PbxField.DESCRIPTION)) {
      clearing.clear(body, "description");
    }
    callerIds(call, group, before).ifPresent(it -> body.set(PortSipGroupNumbers.FIELD, it));
    clearing.post(call, path(call.ref(), ""), body, before, time);
    return call.ref();
  }

  /**
   * An update that leaves them out may clear them. Where the directory says nothing of them they
   * are an administrator's, who may have changed them since any look: they are read and sent back.
   */
  private Optional<ObjectNode> before(UpdateGroup call, PbxGroup group, CallTime time) {
    return gives(call, group) || updateMode == UpdateMode.MERGE
        ? Optional.empty()
        : Optional.of(api.readFirst(HttpCall.read(call.name(), path(call.ref(), "")), time));
  }

  private static boolean gives(UpdateGroup call, PbxGroup group) {
    return group.callerIds().isPresent() || call.changed().contains(PbxField.OUTBOUND_CALLER_IDS);
  }

  private static Optional<JsonNode> callerIds(
      UpdateGroup call, PbxGroup group, Optional<ObjectNode> before) {
    return gives(call, group)
        ? Optional.of(group.callerIds().map(PortSipGroupNumbers::json).orElseGet(Json::array))
        : before.map(held -> held.path(PortSipGroupNumbers.FIELD)).filter(JsonNode::isArray);
  }

  PbxRef delete(DeleteGroup call) {
    api.takeAway(
        HttpCall.effect(call.name(), path(call.ref(), "/destroy")),
        HttpCall.read(call.name(), path(call.ref(), "")),
        api.time(call));
    return call.ref();
  }

  /** PortSIP gives them all at once. */
  Set<String> members(PbxRef group) {
    HttpCall call = HttpCall.read("members read", path(group, "/members"));
    return api.find(call, api.time()).map(json -> extensions(call, json)).orElse(Set.of());
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

  boolean isMember(PbxRef group, String extension) {
    return isMember("member read", group, extension, api.time());
  }

  private boolean isMember(String name, PbxRef group, String extension, CallTime time) {
    return api.find(HttpCall.read(name, member(group, extension, "")), time).isPresent();
  }

  /** Whether a member already there is refused is not documented, so a refusal is looked into. */
  PbxRef add(AddMember call) {
    CallTime time = api.time();
    try {
      api.effect(HttpCall.effect(call.name(), member(call.group(), call.extension(), "")), time);
    } catch (Rejected no) {
      if (!isMember(call.name(), call.group(), call.extension(), time)) {
        throw no;
      }
    }
    return call.group();
  }

  PbxRef remove(RemoveMember call) {
    CallTime time = api.time(call);
    try {
      api.takeAway(
          HttpCall.effect(call.name(), member(call.group(), call.extension(), "/destroy")),
          HttpCall.read(call.name(), member(call.group(), call.extension(), "")),
          time);
    } catch (Rejected no) {
      if (isMember(call.name(), call.group(), call.extension(), time)) {
        throw no;
      }
    }
    return call.group();
  }

  private static String member(PbxRef group, String extension, String rest) {
    return path(group, "/members/" + HttpCall.encode(extension) + rest);
  }

  private static String path(PbxRef ref, String rest) {
    return "/api/groups/" + HttpCall.encode(ref.id()) + rest;
  }
}
