package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.ChangeRole;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.EndRegistrations;
import dev.patchbay.pbx.api.PbxCall.ResetProfile;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxStatus;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** PortSIP's users. */
final class PortSipUsers {
  private final PortSipApi api;
  private final PortSipRoles roles;
  private final Set<PbxField> updatable;
  private final UpdateMode updateMode;
  private final PortSipClearing clearing;

  PortSipUsers(
      PortSipApi api, PortSipRoles roles, PortSipClearing clearing, PortSipSettings settings) {
    this.api = api;
    this.roles = roles;
    this.updatable = PortSipUserJson.updatable(settings.apiLevel());
    this.updateMode = settings.updateMode();
    this.clearing = clearing;
  }

  Stream<Found<PbxUser>> all() {
    return list("user list", Optional.empty());
  }

  Optional<Found<PbxUser>> one(PbxRef ref) {
    HttpCall call = HttpCall.read("user read", path(ref, ""));
    return api.find(call, api.time()).map(json -> found(call, json));
  }

  /** PortSIP may not honour the filter, so what it answers is looked through. */
  List<Found<PbxUser>> with(String name, String extension) {
    String filter =
        PortSipPages.having("name", name)
            + " or "
            + PortSipPages.having("extension_number", extension);
    try (Stream<Found<PbxUser>> users = list("user search", Optional.of(filter))) {
      return users
          .filter(user -> is(user, PbxField.NAME, name) || is(user, PbxField.EXTENSION, extension))
          .toList();
    }
  }

  private static boolean is(Found<PbxUser> user, PbxField field, String value) {
    return user.value().get(field).filter(value::equalsIgnoreCase).isPresent();
  }

  private Stream<Found<PbxUser>> list(String name, Optional<String> filter) {
    return PortSipPages.of(api, name, "/api/users", filter)
        .map(json -> found(HttpCall.read(name, ""), json));
  }

  private Found<PbxUser> found(HttpCall call, ObjectNode json) {
    return PortSipUserJson.read(json, api.skew()).orElseThrow(() -> api.unreadable(call));
  }

  PbxRef create(CreateUser call) {
    call.user().get(PbxField.ROLE).ifPresent(role -> refuseSystemRole(call, role));
    ObjectNode body = PortSipUserJson.create(call.user(), call.secrets());
    call.user().get(PbxField.ROLE).ifPresent(role -> body.put("role", roles.given(call, role)));
    return api.create(HttpCall.effect(call.name(), "/api/users", Json.body(body)), api.time());
  }

  PbxRef update(UpdateUser call) {
    if (!updatable.containsAll(call.changed())) {
      throw new Rejected(Reason.UNSUPPORTED, "PortSIP updates cannot set " + call.changed());
    }
    CallTime time = api.time(call);
    String path = path(call.ref(), "");
    Optional<ObjectNode> before =
        switch (updateMode) {
          case READ_MODIFY_WRITE ->
              Optional.of(api.readFirst(HttpCall.read(call.name(), path), time));
          case MERGE -> Optional.empty();
        };
    ObjectNode body = PortSipUserJson.update(before.orElseGet(Json::object), call, clearing);
    clearing.post(call, path, body, before, time);
    return call.ref();
  }

  PbxRef changeRole(ChangeRole call) {
    refuseSystemRole(call, call.role());
    ObjectNode body = Json.object().put("role", roles.given(call, call.role()));
    try {
      return post(call, call.ref(), "/role", body, api.time());
    } catch (Rejected no) {
      roles.forget();
      throw no;
    }
  }

  private static void refuseSystemRole(PbxCall call, String role) {
    if (PortSipRoles.isOfSystem(role)) {
      throw new Rejected(Reason.FORBIDDEN, "role '" + role + "' is never given by " + call.name());
    }
  }

  /** Both passwords travel in a field called {@code password}. */
  PbxRef setPassword(PbxCall call, PbxRef ref, String path, Secret password) {
    return post(call, ref, path, Json.object().put("password", password.reveal()), api.time());
  }

  PbxRef delete(DeleteUser call) {
    api.takeAway(
        HttpCall.effect(call.name(), path(call.ref(), "/destroy")),
        HttpCall.read(call.name(), path(call.ref(), "")),
        api.time(call));
    return call.ref();
  }

  /** Always with the user's id: without one PortSIP resets everybody's. */
  PbxRef resetProfile(ResetProfile call) {
    api.effect(HttpCall.effect(call.name(), path(call.ref(), "/profile")), api.time());
    return call.ref();
  }

  Optional<PbxStatus> status(PbxRef user) {
    HttpCall call = HttpCall.read("status read", path(user, "/status"));
    return api.find(call, api.time())
        .map(
            json ->
                new PbxStatus(!json.path("registration").isEmpty(), Json.text(json, "presence")));
  }

  /** PortSIP signs out one device at a time. */
  PbxRef endRegistrations(EndRegistrations call) {
    CallTime time = api.time(call);
    HttpCall look = HttpCall.read(call.name(), path(call.ref(), "/status"));
    for (JsonNode device : api.readFirst(look, time).path("registration")) {
      String id = Json.text(device, "instance_id").orElseThrow(() -> api.unreadable(look));
      String path = "/status/" + HttpCall.encode(id) + "/destroy_status";
      api.takeAway(HttpCall.effect(call.name(), path(call.ref(), path)), time);
    }
    return call.ref();
  }

  private PbxRef post(PbxCall call, PbxRef ref, String path, ObjectNode body, CallTime time) {
    api.effect(HttpCall.effect(call.name(), path(ref, path), Json.body(body)), time);
    return ref;
  }

  private static String path(PbxRef ref, String rest) {
    return "/api/users/" + HttpCall.encode(ref.id()) + rest;
  }
}
