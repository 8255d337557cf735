package dev.patchbay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.emulator.portsip.PortSipEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the PBX holds, read as its administrator would. */
record PbxView(Http http) {
  private static final String DOMAIN = "pbx.example.com";
  private static final int PAGE = 100;

  static PbxView of(PortSipEmulator pbx) {
    return new PbxView(Http.of(pbx.uri(), pbx.token()));
  }

  List<JsonNode> users() {
    return all("/api/users");
  }

  List<JsonNode> users(String name) {
    return users().stream().filter(user -> user.path("name").asText().equals(name)).toList();
  }

  /** The one with that name. */
  JsonNode user(String name) {
    List<JsonNode> found = users(name);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " users '" + name + "' on the pbx: " + users());
    }
    return found.getFirst();
  }

  List<JsonNode> groups() {
    return all("/api/groups");
  }

  List<JsonNode> groups(String name) {
    return groups().stream().filter(group -> group.path("name").asText().equals(name)).toList();
  }

  /** The members' extension numbers. */
  Set<String> members(JsonNode group) {
    var extensions = new TreeSet<String>();
    read("/api/groups/" + group.path("id").asText() + "/members")
        .path("items")
        .forEach(member -> extensions.add(member.path("extension_number").asText()));
    return extensions;
  }

  /** The extension numbers of a list, in its order. */
  List<String> extensions(String path) {
    var extensions = new ArrayList<String>();
    read(path)
        .path("items")
        .forEach(member -> extensions.add(member.path("extension_number").asText()));
    return extensions;
  }

  /** Whether the user gets in with that password. */
  boolean signsIn(String name, String password) {
    var body =
        "{\"username\":\"%s\",\"password\":\"%s\",\"domain\":\"%s\"}"
            .formatted(name, password, DOMAIN);
    return http.with("Content-Type", "application/json")
            .send("POST", "/api/auth/sign_in", Optional.of(body))
            .status()
        == 200;
  }

  private List<JsonNode> all(String path) {
    var found = new ArrayList<JsonNode>();
    JsonNode page;
    do {
      page = read(path + "?top=" + PAGE + "&skip=" + found.size()).path("items");
      page.forEach(found::add);
    } while (page.size() == PAGE);
    return found;
  }

  /** Changes something, as an administrator would. */
  void post(String path) {
    http.send("POST", path, Optional.empty()).isDone();
  }

  /** As {@link #post(String)}, with a body in which {@code '} stands for {@code "}. */
  JsonNode post(String path, String body) {
    var text = Optional.of(body.replace('\'', '"'));
    var answer = http.with("Content-Type", "application/json").send("POST", path, text).isDone();
    return answer.text().isEmpty() ? MissingNode.getInstance() : answer.json();
  }

  /** Changes fields of the user with that name. */
  void change(String name, String fields) {
    var user = user(name);
    var display = user.path("display_name").asText();
    var body =
        fields.contains("display_name") ? fields : "'display_name':'" + display + "'," + fields;
    post("/api/users/" + user.path("id").asText(), "{" + body + "}");
  }

  /** Makes a user of no identity provider. */
  void stranger(String name, String extension) {
    post(
        "/api/users",
        ("{'name':'%1$s','display_name':'%1$s','email':'%1$s@corp.example','role':'StandardUser',"
                + "'extension_number':'%2$s','password':'Tr0ub4dor!xK','extension_password':"
                + "'Tr0ub4dor!xK','voicemail_pin':'749205'}")
            .formatted(name, extension));
  }

  /** The extension of the user with that name. */
  String extension(String name) {
    return user(name).path("extension_number").asText();
  }

  void delete(String name) {
    post("/api/users/" + user(name).path("id").asText() + "/destroy");
  }

  /** Deletes everybody and every group. */
  void empty() {
    users().forEach(user -> post("/api/users/" + user.path("id").asText() + "/destroy"));
    groups().forEach(group -> post("/api/groups/" + group.path("id").asText() + "/destroy"));
  }

  /** Makes a user as the PBX's own synchronisation does. */
  void synced(String name, String extension) {
    post("/_emulator/users", "{'name':'%s','extension_number':'%s'}".formatted(name, extension));
  }

  JsonNode read(String path) {
    return http.send("GET", path, Optional.empty()).is(200).json();
  }
}
