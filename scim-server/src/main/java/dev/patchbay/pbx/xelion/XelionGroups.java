package dev.patchbay.pbx.xelion;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.ChangeMembers;
import dev.patchbay.pbx.api.PbxCall.CreateGroup;
import dev.patchbay.pbx.api.PbxCall.DeleteGroup;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a group is on this server: a user group, or a phone line that is there already and whose
 * users come and go. Both are changed alike, by the oid of the relation where somebody leaves. A
 * member is known by its user name in lower case, since users have no numbers.
 */
final class XelionGroups {
  private static final String LINES = "/phonelines";
  private static final String MEMBERS = "users";

  private final XelionApi api;
  private final XelionAccounts users;
  private final XelionSettings.Groups kind;

  XelionGroups(XelionApi api, XelionAccounts users, XelionSettings.Groups kind) {
    this.api = api;
    this.users = users;
    this.kind = kind;
  }

  /** Xelion has no word about a group but its name. */
  static PbxGroup canonical(PbxGroup group) {
    return new PbxGroup(XelionText.kept(group.name()), Optional.empty());
  }

  private String folder() {
    return switch (kind) {
      case USERGROUPS -> "/usergroups";
      case LINES -> LINES;
      case NONE -> throw unsupported("a group");
    };
  }

  Optional<Found<PbxGroup>> one(PbxRef ref) {
    HttpCall call = HttpCall.read("group read", path(ref));
    return api.find(call, api.time()).map(json -> found(call, ref, json));
  }

  /** The line with this oid. */
  Optional<PbxRef> line(String oid) {
    return one(PbxService.LINE.ref(oid)).map(Found::ref);
  }

  Stream<Found<PbxGroup>> all() {
    if (kind == XelionSettings.Groups.NONE) {
      return Stream.empty();
    }
    HttpCall call = HttpCall.read("group list", "");
    return XelionPages.of(api, api::time, call.name(), folder(), "").map(json -> found(call, json));
  }

  /** The group of that name, or of one that differs in case only: Xelion may refuse both. */
  Optional<Found<PbxGroup>> named(String name) {
    String kept = XelionText.kept(name);
    try (Stream<Found<PbxGroup>> groups = all()) {
      return groups
          .filter(group -> group.value().name().equalsIgnoreCase(kept))
          .min(comparing(group -> !group.value().name().equals(kept)));
    }
  }

  private Found<PbxGroup> found(HttpCall call, JsonNode json) {
    return found(call, new PbxRef(json.path("oid").asText()), json);
  }

  private Found<PbxGroup> found(HttpCall call, PbxRef ref, JsonNode json) {
    var name = Json.text(json, "commonName");
    if (name.isEmpty()) {
      throw api.errors().unreadable(call);
    }
    var group = new PbxGroup(name.get(), Optional.empty());
    return new Found<>(ref, group, Optional.empty(), false);
  }

  /** A phone line is never made: one of that name has to be there. */
  PbxRef create(CreateGroup call) {
    PbxGroup group = canonical(call.group());
    return switch (kind) {
      case USERGROUPS -> {
        ObjectNode body =
            Json.object().put("commonName", group.name()).put("objectType", "XCCUserGroup");
        HttpCall request = XelionCalls.post(call.name(), folder(), body);
        ObjectNode made = api.created(request, api.time());
        yield new PbxRef(made.path("oid").asText());
      }
      case LINES ->
          named(group.name())
              .map(Found::ref)
              .orElseThrow(
                  () ->
                      new Rejected(
                          Reason.INVALID, "Xelion has no phone line '" + group.name() + "'"));
      case NONE -> throw unsupported(call.name());
    };
  }

  PbxRef update(UpdateGroup call) {
    refuseForLines(call);
    var patch = new XelionPatch().replace("/commonName", canonical(call.group()).name());
    api.effect(XelionCalls.patch(call.name(), path(call.ref()), patch), api.time());
    return call.ref();
  }

  PbxRef delete(DeleteGroup call) {
    refuseForLines(call);
    String path = path(call.ref());
    api.takeAway(
        XelionCalls.delete(call.name(), path), HttpCall.read(call.name(), path), api.time(call));
    return call.ref();
  }

  private void refuseForLines(PbxCall call) {
    if (kind == XelionSettings.Groups.LINES) {
      throw new Rejected(
          Reason.UNSUPPORTED, "a phone line is not made, renamed or deleted by " + call.name());
    }
  }

  /** The group shows oids alone, so their names are looked up; nobody's stay as they are. */
  Set<String> members(PbxRef group) {
    HttpCall call = HttpCall.read("members read", path(group));
    Set<String> accounts = accounts(call, api.find(call, api.time()));
    if (accounts.isEmpty()) {
      return Set.of();
    }
    Map<String, String> names = users.names();
    return accounts.stream()
        .map(oid -> names.getOrDefault(oid, oid))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<String> accounts(HttpCall call, Optional<ObjectNode> group) {
    var accounts = new LinkedHashSet<String>();
    group.ifPresent(
        json -> json.path(MEMBERS).forEach(relation -> accounts.add(account(call, relation))));
    return accounts;
  }

  private String account(HttpCall call, JsonNode relation) {
    return Json.text(relation.path("user"), "oid").orElseThrow(() -> api.errors().unreadable(call));
  }

  boolean isMember(PbxRef group, String member) {
    HttpCall call = HttpCall.read("member read", path(group));
    CallTime time = api.time();
    return users
        .oid(member, time)
        .filter(oid -> accounts(call, api.find(call, time)).contains(oid))
        .isPresent();
  }

  /** Xelion may make a second relation to the same user, so the group is read first. */
  PbxRef add(AddMember call) {
    CallTime time = api.time();
    HttpCall look = HttpCall.read(call.name(), path(call.group()));
    ObjectNode group = api.readFirst(look, time);
    String account =
        users
            .oid(call.extension(), time)
            .orElseThrow(
                () -> new Rejected(Reason.ABSENT, "Xelion has no such user, for " + call.name()));
    if (relations(look, group, account).isEmpty()) {
      var patch = new XelionPatch();
      join(patch, call.group(), account, 1);
      api.effect(XelionCalls.patch(call.name(), path(call.group()), patch), time);
    }
    return call.group();
  }

  /**
   * All that come and go in one request. Who has no account here has left it, and cannot join. Who
   * is known by his account need not be looked up by name, and is found whatever it is now.
   */
  PbxRef change(ChangeMembers call) {
    CallTime time = api.time(call);
    HttpCall look = HttpCall.read(call.name(), path(call.group()));
    Optional<ObjectNode> group = api.find(look, time);
    if (group.isEmpty() && call.joining().isEmpty()) {
      return call.group();
    }
    ObjectNode before = group.orElseThrow(() -> absent(call));
    var patch = new XelionPatch();
    for (String member : call.leaving()) {
      leaving(call, member, look, before, time).forEach(it -> patch.remove("/users/" + it));
    }
    int place = 0;
    for (String member : call.joining()) {
      String oid =
          account(call, member).or(() -> users.oid(member, time)).orElseThrow(() -> unknown(call));
      if (relations(look, before, oid).isEmpty()) {
        join(patch, call.group(), oid, ++place);
      }
    }
    if (!patch.isEmpty()) {
      change(call, patch, time);
    }
    return call.group();
  }

  /** The group was there: what is absent is the account of one of those who come. */
  private void change(ChangeMembers call, XelionPatch patch, CallTime time) {
    try {
      api.effect(XelionCalls.patch(call.name(), path(call.group()), patch), time);
    } catch (Rejected no) {
      boolean ofMember = no.reason() == Reason.ABSENT && !call.joining().isEmpty();
      throw ofMember ? unknown(call) : no;
    }
  }

  private Set<String> leaving(
      ChangeMembers call, String member, HttpCall look, ObjectNode before, CallTime time) {
    Set<String> known =
        account(call, member).map(oid -> relations(look, before, oid)).orElse(Set.of());
    // Before it is believed that there is nothing to take away, whoever is called so is asked for.
    return known.isEmpty() && before.path(MEMBERS).size() > 0
        ? users.oid(member, time).map(oid -> relations(look, before, oid)).orElse(Set.of())
        : known;
  }

  private static Optional<String> account(ChangeMembers call, String member) {
    return Optional.ofNullable(call.accounts().get(member))
        .flatMap(ref -> XelionKey.of(ref).account());
  }

  private static Rejected absent(PbxCall call) {
    return new Rejected(Reason.ABSENT, "Xelion has no such group, for " + call.name());
  }

  /** The group is there: only one of those who come is not. */
  private static Rejected unknown(PbxCall call) {
    return new Rejected(Reason.INVALID, "Xelion has no such user, for " + call.name());
  }

  /** On a line who joins is rung; whether he calls out by it is not ours to say. */
  private void join(XelionPatch patch, PbxRef group, String account, int place) {
    String relation = "/users/" + place;
    patch.add(relation, account);
    if (isLine(group) || kind == XelionSettings.Groups.LINES) {
      patch.replace(relation + "/incoming", true).replace(relation + "/outgoing", false);
    }
  }

  /** All relations to the user go, should there be more than one. */
  PbxRef remove(RemoveMember call) {
    CallTime time = api.time(call);
    HttpCall look = HttpCall.read(call.name(), path(call.group()));
    Set<String> relations =
        api.find(look, time)
            .flatMap(
                group -> users.oid(call.extension(), time).map(oid -> relations(look, group, oid)))
            .orElse(Set.of());
    if (!relations.isEmpty()) {
      var patch = new XelionPatch();
      relations.forEach(oid -> patch.remove("/users/" + oid));
      api.effect(XelionCalls.patch(call.name(), path(call.group()), patch), time);
    }
    return call.group();
  }

  private Set<String> relations(HttpCall call, JsonNode group, String account) {
    var relations = new LinkedHashSet<String>();
    for (JsonNode relation : group.path(MEMBERS)) {
      if (account(call, relation).equals(account)) {
        relations.add(Json.text(relation, "oid").orElseThrow(() -> api.errors().unreadable(call)));
      }
    }
    return relations;
  }

  private String path(PbxRef ref) {
    return isLine(ref)
        ? XelionCalls.path(LINES, PbxService.LINE.id(ref))
        : XelionCalls.path(folder(), ref.id());
  }

  private static boolean isLine(PbxRef ref) {
    return PbxService.of(ref).equals(Optional.of(PbxService.LINE));
  }

  private static Rejected unsupported(String what) {
    return new Rejected(Reason.UNSUPPORTED, "no groups are kept on this Xelion, not by " + what);
  }
}
