package dev.patchbay.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an emulated phone system has, in the words of PortSIP's: asked by its calls where they show
 * it, else read where the emulator keeps it.
 *
 * @param members of its groups, by their {@link PhoneSystem#memberKey}
 * @param strays what it has and nobody is
 */
record Kept(
    List<JsonNode> users,
    Map<String, Set<String>> members,
    Map<String, Hidden> hidden,
    List<String> strays) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private interface Row<T> {
    T of(ResultSet row) throws SQLException, JsonProcessingException;
  }

  static Kept in(PhoneSystem system, Path folder, Http pbx) throws InterruptedException {
    var file = "jdbc:sqlite:" + folder.resolve(system.dialect() + ".db");
    return switch (system) {
      case PORTSIP -> portSip(file, pbx);
      case IPCORTEX -> ipCortex(file);
      case XELION -> xelion(file);
      case CRMCOM -> crmCom(file);
    };
  }

  private static Kept portSip(String file, Http pbx) throws InterruptedException {
    var members = new HashMap<String, Set<String>>();
    for (JsonNode group : pbx.get("/api/groups?top=100").path("items")) {
      var path = "/api/groups/" + group.path("id").asText() + "/members";
      members.put(
          group.path("name").asText(),
          Comparison.texts(pbx.get(path).path("items"), "extension_number"));
    }
    return new Kept(
        pbx.all("items", from -> "/api/users?top=100&orderby=name&skip=" + from),
        members,
        hidden(
            file,
            "SELECT name, password, ms365, json_extract(body, '$.enable_audio_recording') FROM"
                + " users"),
        List.of());
  }

  private static Kept ipCortex(String file) {
    var users =
        rows(
            file,
            "SELECT body, owned_extension FROM users",
            row -> {
              var body = JSON.readTree(row.getString(1));
              int role = body.path("roleid").asInt();
              return user(body.path("uname"), body.path("email"))
                  .put("extension_number", Optional.ofNullable(row.getString(2)).orElse(""))
                  .put("display_name", body.path("name").asText())
                  .put("enabled", Boolean.toString(role != 9))
                  .put("role", role == 9 ? "" : role == 5 ? "QueueManager" : "StandardUser");
            });
    return new Kept(
        List.copyOf(users),
        Map.of(),
        hidden(file, "SELECT uname, password, '', 0 FROM users"),
        List.of());
  }

  private static Kept xelion(String file) {
    var users =
        rows(
            file,
            "SELECT u.body, p.body, p.name FROM users u LEFT JOIN persons p ON p.oid = u.person",
            row -> xelionUser(row.getString(1), row.getString(2), row.getString(3)));
    var members = new HashMap<String, Set<String>>();
    rows(file, "SELECT name FROM teams", row -> members.put(row.getString(1), new TreeSet<>()));
    var twice = new ArrayList<String>();
    rows(
        file,
        "SELECT t.name, u.name FROM relations r JOIN teams t ON t.oid = r.team"
            + " JOIN users u ON u.oid = r.user",
        row ->
            members.get(row.getString(1)).add(row.getString(2))
                || twice.add("the same member twice: " + row.getString(2)));
    twice.addAll(
        rows(
            file,
            "SELECT body FROM persons WHERE oid NOT IN"
                + " (SELECT person FROM users WHERE person IS NOT NULL)",
            row -> "a Person without an account: " + row.getString(1)));
    return new Kept(
        List.copyOf(users),
        members,
        hidden(file, "SELECT name, password, '', 0 FROM users"),
        twice);
  }

  private static ObjectNode xelionUser(String account, String person, String name)
      throws JsonProcessingException {
    var body = JSON.readTree(account);
    var addresses = JSON.readTree(person).path("telecomAddresses");
    return JSON.createObjectNode()
        .put("name", body.path("userName").asText())
        .put("email", address(addresses, "Email"))
        .put("display_name", name)
        .put("mobile_phone", address(addresses, "Mobile"))
        .put("enabled", body.path("active").asText())
        .put(
            "role",
            body.path("xccRole").asText().equals("manager") ? "QueueManager" : "StandardUser");
  }

  private static String address(JsonNode addresses, String type) {
    var found = new ArrayList<String>();
    for (JsonNode address : addresses) {
      if (address.path("addressType").asText().equals(type)) {
        found.add(address.path("address").asText());
      }
    }
    return String.join(" and ", found);
  }

  private static Kept crmCom(String file) {
    var users =
        rows(
            file,
            "SELECT username, body FROM users",
            row -> {
              var body = JSON.readTree(row.getString(2));
              var template = body.at("/user_template_identifier/name").asText();
              return user(JSON.getNodeFactory().textNode(row.getString(1)), body.path("email"))
                  .put("extension_number", body.path("cti_phone_extension_number").asText())
                  .put("role", template.equals("Agent") ? "QueueManager" : "StandardUser");
            });
    return new Kept(List.copyOf(users), Map.of(), Map.of(), List.of());
  }

  private static ObjectNode user(JsonNode name, JsonNode email) {
    return JSON.createObjectNode().put("name", name.asText()).put("email", email.asText());
  }

  /** What no list of users shows, by name. */
  private static Map<String, Hidden> hidden(String file, String sql) {
    var found = new HashMap<String, Hidden>();
    rows(
        file,
        sql,
        row -> {
          var microsoft = Optional.ofNullable(row.getString(3)).orElse("");
          found.put(row.getString(1), new Hidden(row.getString(2), microsoft, row.getBoolean(4)));
          return microsoft;
        });
    return found;
  }

  private static <T> List<T> rows(String file, String sql, Row<T> read) {
    var found = new ArrayList<T>();
    try (var connection = DriverManager.getConnection(file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(read.of(rows));
      }
      return found;
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
