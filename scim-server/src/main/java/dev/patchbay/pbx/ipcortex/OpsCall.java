package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.HttpCall.HttpBody;
import dev.patchbay.pbx.http.HttpCall.Kind;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.Turn;
import java.util.List;
import java.util.Optional;

/**
 * One call of section {@code ops} on users. Its body may hold secrets.
 *
 * @param name what messages call it
 * @param verb the last part of its path
 * @param body without what tells who we are
 */
record OpsCall(String name, String verb, Secret body) {

  private static OpsCall of(String name, String verb, ObjectNode members) {
    ObjectNode body = Json.object().put("type", "user");
    body.setAll(members);
    return new OpsCall(name, verb, Secret.of(body.toString()));
  }

  static OpsCall create(String name, ObjectNode values) {
    return of(name, "create", Json.object().set("values", values));
  }

  static OpsCall read(String name, Scope scope, List<String> columns) {
    ObjectNode members = Json.object();
    members.set("scope", scope.json());
    columns.forEach(members.putArray("columns")::add);
    return of(name, "read", members);
  }

  /** Reads all users the account may see; a read is the only call that may do without a scope. */
  static OpsCall list(String name, List<String> columns) {
    ObjectNode members = Json.object();
    columns.forEach(members.putArray("columns")::add);
    return of(name, "read", members);
  }

  static OpsCall update(String name, Scope scope, ObjectNode values) {
    return of(name, "update", both(scope, values));
  }

  static OpsCall setPassword(String name, Scope scope, ObjectNode values) {
    return of(name, "setpass", both(scope, values));
  }

  static OpsCall delete(String name, Scope scope) {
    return of(name, "delete", Json.object().set("scope", scope.json()));
  }

  private static ObjectNode both(Scope scope, ObjectNode values) {
    ObjectNode members = Json.object();
    members.set("scope", scope.json());
    return members.set("values", values);
  }

  /** The request; IPCortex takes a POST for everything. */
  HttpCall http(Kind kind, Turn turn, Optional<ObjectNode> auth) {
    ObjectNode whole = Json.read(body.reveal()).orElseThrow();
    auth.ifPresent(it -> whole.set("auth", it));
    var json = new HttpBody("application/json", Secret.of(whole.toString()));
    return new HttpCall(name, kind, "POST", "/rest/ops/" + verb + "/", Optional.of(json), turn);
  }
}
