package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An emulated PBX, read as its administrator would. */
public final class Pbx implements AutoCloseable {
  private final Program program;
  private final Http http;

  Pbx(Program program, Http http) {
    this.program = program;
    this.http = http;
  }

  static Pbx start(Path folder, String token) {
    int port = Places.freePort();
    var command =
        Bridge.java("emulate", "portsip", "--port", "" + port, "--data", "pbx", "--token", token);
    var program = Program.start(folder, folder.resolve("pbx.log"), Map.of(), command);
    return new Pbx(program, Http.to(URI.create("http://127.0.0.1:" + port), token));
  }

  Pbx awaitReady() {
    program.awaitReady(() -> Http.answers(http.base().resolve("/_emulator/calls")));
    return this;
  }

  URI uri() {
    return http.base();
  }

  public List<JsonNode> users() {
    return all("/api/users");
  }

  /** The one with that name. */
  public Optional<JsonNode> user(String name) {
    return named(users(), name);
  }

  public List<JsonNode> groups() {
    return all("/api/groups");
  }

  /** The names of the members of the group with that name; empty if there is none. */
  public Set<String> members(String group) {
    var names = new TreeSet<String>();
    named(groups(), group)
        .map(it -> http.get("/api/groups/" + it.path("id").asText() + "/members"))
        .orElse(MissingNode.getInstance())
        .path("items")
        .forEach(member -> names.add(member.path("name").asText()));
    return names;
  }

  /** What was asked of it since the last {@link #forgetCalls}, sign-ins left out. */
  public List<JsonNode> calls() {
    return List.copyOf(http.get("/_emulator/calls").findParents("method"));
  }

  /** Those that change something. */
  public List<JsonNode> writes() {
    return calls().stream().filter(call -> !call.path("method").asText().equals("GET")).toList();
  }

  public void forgetCalls() {
    http.delete("/_emulator/calls");
  }

  /** Replaces what is to go wrong; the emulator's documentation says how it is written. */
  public void faults(String rules) {
    http.put("/_emulator/faults", rules);
  }

  private static Optional<JsonNode> named(List<JsonNode> things, String name) {
    return things.stream().filter(it -> it.path("name").asText().equals(name)).findFirst();
  }

  private List<JsonNode> all(String path) {
    return http.all("items", skip -> path + "?top=100&skip=" + skip);
  }

  @Override
  public void close() {
    program.kill();
  }
}
