package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.CreateRole;
import dev.patchbay.pbx.api.PbxCall.DeleteRole;
import dev.patchbay.pbx.api.PbxCall.UpdateRole;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxRoleNames;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PortSIP's roles, keyed by name, from v22.3 on by id. */
final class PortSipRoles {
  static final PbxRoleNames NAMES =
      new PbxRoleNames(
          "StandardUser",
          List.of("StandardUser", "StandardInternationalUser", "QueueManager", "Admin"),
          Set.of("SystemAdmin", "Replicator", "Dealer"),
          Set.of("Admin"));

  /** They come with PortSIP, cannot be changed, and their names are nobody else's. */
  private static final Set<String> BUILT_IN =
      Set.of("admin", "standarduser", "standardinternationaluser", "queuemanager");

  /** They reach beyond the tenant, so nothing an identity provider sends may ever give them. */
  private static final Set<String> SYSTEM = Set.of("systemadmin", "replicator", "dealer");

  private final PortSipApi api;
  private final String key;
  private final PortSipClearing clearing;
  private final RolesGivenBy givenBy;

  /** Ids by name, as the last list showed them. */
  private volatile Map<String, String> listed = Map.of();

  /**
   * Roles whose last read did not name every permission we know and no other. PortSIP shows what is
   * not granted, too: while there is none, no role has anything that an update could lose.
   */
  private final Set<PbxRef> strange = ConcurrentHashMap.newKeySet();

  /** Whether any role was read yet. */
  private volatile boolean seen;

  PortSipRoles(PortSipApi api, PortSipClearing clearing, PortSipSettings settings) {
    this.api = api;
    this.key = settings.apiLevel().atLeast(ApiLevel.V22_3) ? "id" : "name";
    this.clearing = clearing;
    this.givenBy = settings.rolesGivenBy();
  }

  /** What a call names the role by; where that is an id nobody has seen yet, the list is read. */
  String given(PbxCall call, String role) {
    return switch (givenBy) {
      case NAME -> role;
      case ID -> Optional.ofNullable(listed.get(role)).orElseGet(() -> looked(call, role));
    };
  }

  private String looked(PbxCall call, String role) {
    var unused = all();
    return Optional.ofNullable(listed.get(role))
        .orElseThrow(
            () ->
                new Rejected(
                    Reason.INVALID, "the pbx has no role '" + role + "' for " + call.name()));
  }

  /** An id may be another role's by now: the list is read again before the next one is given. */
  void forget() {
    listed = Map.of();
  }

  static boolean isOfSystem(String name) {
    return SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  List<Found<PbxRole>> all() {
    HttpCall call = HttpCall.read("role list", "");
    try (Stream<ObjectNode> roles =
        PortSipPages.of(api, call.name(), "/api/roles", Optional.empty())) {
      var all =
          roles
              .map(json -> found(call, json))
              .filter(role -> !isOfSystem(role.value().name()))
              .toList();
      listed =
          all.stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      it -> it.value().name(), it -> it.ref().id(), (one, other) -> one));
      return all;
    }
  }

  Optional<Found<PbxRole>> one(PbxRef ref) {
    HttpCall call = HttpCall.read("role read", path(ref, ""));
    var json = api.find(call, api.time());
    json.ifPresentOrElse(it -> noted(ref, it), () -> strange.remove(ref));
    return json.map(it -> found(call, it));
  }

  private void noted(PbxRef ref, ObjectNode role) {
    if (PortSipPermissions.isWhole(role.path("permissions"))) {
      strange.remove(ref);
    } else {
      strange.add(ref);
    }
    seen = true;
  }

  private Found<PbxRole> found(HttpCall call, ObjectNode json) {
    var name = Json.text(json, "name");
    // Reads of v22.3 and later have an id; where a list lacks it, the name is all there is.
    var ref = Json.text(json, key).or(() -> name).map(PbxRef::new);
    if (ref.isEmpty() || name.isEmpty()) {
      throw api.unreadable(call);
    }
    var role =
        new PbxRole(
            name.get(),
            Json.text(json, "description"),
            PortSipPermissions.granted(json.path("permissions")));
    boolean builtIn =
        json.path("protected").asBoolean(false)
            || BUILT_IN.contains(name.get().toLowerCase(Locale.ROOT))
            || isOfSystem(name.get());
    return new Found<>(ref.get(), role, Optional.empty(), builtIn);
  }

  PbxRef create(CreateRole call) {
    ObjectNode body = Json.object().put("name", call.role().name());
    call.role().description().ifPresent(text -> body.put("description", text));
    body.set("permissions", PortSipPermissions.tree(Json.object(), call.role().permissions()));
    return api.create(HttpCall.effect(call.name(), "/api/roles", Json.body(body)), key, api.time());
  }

  PbxRef update(UpdateRole call) {
    CallTime time = api.time();
    ObjectNode permissions = permissions(call, time);
    ObjectNode body = Json.object().put("name", call.role().name());
    Optional<String> description = call.role().description();
    description.ifPresent(text -> body.put("description", text));
    if (description.isEmpty() && call.changed().contains(PbxField.DESCRIPTION)) {
      clearing.clear(body, "description");
    }
    body.set("permissions", permissions);
    clearing.post(call, path(call.ref(), ""), body, Optional.empty(), time);
    return call.ref();
  }

  /**
   * An update may clear what it leaves out, so where PortSIP may have permissions that we do not
   * know, what it holds is read first.
   */
  private ObjectNode permissions(UpdateRole call, CallTime time) {
    var wanted = call.role().permissions();
    if (seen && strange.isEmpty() && PortSipPermissions.KNOWN.all().containsAll(wanted)) {
      return PortSipPermissions.whole(wanted);
    }
    ObjectNode before = api.readFirst(HttpCall.read(call.name(), path(call.ref(), "")), time);
    return PortSipPermissions.tree(before.path("permissions"), wanted);
  }

  PbxRef delete(DeleteRole call) {
    api.takeAway(
        HttpCall.effect(call.name(), path(call.ref(), "/destroy")),
        HttpCall.read(call.name(), path(call.ref(), "")),
        api.time());
    return call.ref();
  }

  private static String path(PbxRef ref, String rest) {
    return "/api/roles/" + HttpCall.encode(ref.id()) + rest;
  }
}
