package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall.LeaveLine;
import dev.patchbay.pbx.api.PbxCall.OfPart;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The phone lines a user is connected to, changed at the line as Xelion's page "Update Phone Line"
 * shows. A connection is known by its line, since Xelion does not answer what it calls a new one.
 */
final class XelionLines {
  private static final String FOLDER = "/phonelines";
  private static final String INCOMING = "incoming";
  private static final String OUTGOING = "outgoing";
  private static final String EDITABLE = "editable";
  private static final String SKILL = "skill";

  /** As in the vendor's example, and as the emulated line has it where nobody says otherwise. */
  private static final Map<String, String> USUAL =
      Map.of(INCOMING, "true", OUTGOING, "false", EDITABLE, "INCOMINGANDOUTGOING", SKILL, "0");

  private final XelionApi api;

  XelionLines(XelionApi api) {
    this.api = api;
  }

  /** The user's lines as Xelion gives them back: what nobody said of a connection is filled in. */
  static Optional<String> canonical(PbxUser user) {
    var lines = PbxParts.of(user.get(PbxField.LINES)).byKey().values();
    return PbxParts.of(lines.stream().map(XelionLines::canonical).toList()).text();
  }

  private static PbxPart canonical(PbxPart line) {
    var values = new TreeMap<>(USUAL);
    values.putAll(line.values());
    return new PbxPart(line.key(), line.id(), values);
  }

  PbxParts all(PbxRef user) {
    Optional<String> account = XelionKey.of(user).account();
    if (account.isEmpty()) {
      return PbxParts.NONE;
    }
    HttpCall call = HttpCall.read("lines read", XelionUsers.path(account.get()));
    var lines = new ArrayList<PbxPart>();
    api.find(call, api.time())
        .ifPresent(it -> it.path("lines").forEach(each -> lines.add(read(call, each))));
    return PbxParts.of(lines);
  }

  private PbxPart read(HttpCall call, JsonNode connection) {
    String line =
        Json.text(connection.path("line"), "oid").orElseThrow(() -> api.errors().unreadable(call));
    var values = new TreeMap<String, String>();
    for (String name : List.of(INCOMING, OUTGOING, EDITABLE)) {
      Json.text(connection, name).ifPresent(it -> values.put(name, it));
    }
    Json.text(connection, "skillNumber").ifPresent(it -> values.put(SKILL, it));
    return canonical(new PbxPart(line, Optional.of(line), values));
  }

  /** Xelion may make a second connection to the same line, so the line is read first. */
  PbxRef connect(OfPart call) {
    CallTime time = api.time(call);
    String account = account(call).orElseThrow(() -> absent(call));
    PbxPart part = canonical(call.part());
    HttpCall look = HttpCall.read(call.name(), path(part));
    ObjectNode line = api.find(look, time).orElseThrow(() -> withoutLine(call, account, time));
    List<String> held = connections(look, line, account);
    var patch = new XelionPatch();
    if (held.isEmpty()) {
      patch.add("/users/1", account);
      set(patch, "/users/1/", part);
    } else {
      held.forEach(it -> set(patch, "/users/" + it + "/", part));
    }
    try {
      api.effect(XelionCalls.patch(call.name(), path(part), patch), time);
    } catch (Rejected no) {
      throw exists(account, call, time) ? no : absent(call);
    }
    return new PbxRef(part.key());
  }

  private static void set(XelionPatch patch, String connection, PbxPart part) {
    patch
        .replace(connection + INCOMING, Boolean.parseBoolean(part.values().get(INCOMING)))
        .replace(connection + OUTGOING, Boolean.parseBoolean(part.values().get(OUTGOING)))
        .replace(connection + EDITABLE, part.get(EDITABLE).orElseThrow())
        .replace(
            connection + "skillNumber",
            IntNode.valueOf(Integer.parseInt(part.get(SKILL).orElseThrow())));
  }

  PbxRef leave(LeaveLine call) {
    CallTime time = api.time(call);
    HttpCall look = HttpCall.read(call.name(), path(call.part()));
    List<String> held =
        account(call)
            .flatMap(account -> api.find(look, time).map(it -> connections(look, it, account)))
            .orElse(List.of());
    if (!held.isEmpty()) {
      var patch = new XelionPatch();
      held.forEach(it -> patch.remove("/users/" + it));
      api.effect(XelionCalls.patch(call.name(), path(call.part()), patch), time);
    }
    return call.ref();
  }

  private List<String> connections(HttpCall call, JsonNode line, String account) {
    var connections = new ArrayList<String>();
    for (JsonNode each : line.path("users")) {
      if (Json.text(each.path("user"), "oid").filter(account::equals).isPresent()) {
        connections.add(Json.text(each, "oid").orElseThrow(() -> api.errors().unreadable(call)));
      }
    }
    return connections;
  }

  private Rejected withoutLine(OfPart call, String account, CallTime time) {
    return exists(account, call, time)
        ? new Rejected(Reason.INVALID, "Xelion has no such phone line, for " + call.name())
        : absent(call);
  }

  private boolean exists(String account, OfPart call, CallTime time) {
    return api.find(HttpCall.read(call.name(), XelionUsers.path(account)), time).isPresent();
  }

  private static Rejected absent(OfPart call) {
    return new Rejected(Reason.ABSENT, "Xelion has no such user, for " + call.name());
  }

  private static Optional<String> account(OfPart call) {
    return XelionKey.of(call.ref()).account();
  }

  private static String path(PbxPart line) {
    return XelionCalls.path(FOLDER, line.key());
  }
}
