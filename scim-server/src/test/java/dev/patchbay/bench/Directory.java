package dev.patchbay.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.config.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bridge with a directory of some size, and what to ask it for.
 *
 * @param users all identifiers; the first ones are of the joiners, who exist on the PBX too
 * @param group of {@link Settings#members} members
 * @param few a group of ten
 * @param everybody a group of all but the joiners
 */
record Directory(
    int size, Server server, List<String> users, String group, String few, String everybody)
    implements AutoCloseable {
  static final String BASE = "/office/scim/v2";
  static final int FIRST_EXTENSION = 300_000;

  /** As docs/how-to/run-the-bridge.md starts it. */
  private static final List<String> FLAGS = List.of("-XX:+UseParallelGC");

  private static final Secret TOKEN = TokenHash.randomToken();

  /** Fills a store by the bridge's own code and starts the bridge on it. */
  static Directory start(Path folder, int index, Settings settings, EmulatedPbx pbx)
      throws IOException, InterruptedException {
    int size = settings.users().get(index);
    var place = Files.createDirectories(folder.resolve("users-" + size));
    int port = Settings.FIRST_PORT + 1 + index;
    Files.writeString(place.resolve("patchbay.yaml"), yaml(index, port, pbx));
    Files.writeString(place.resolve("pbx-token"), pbx.token());
    String template;
    List<String> groups;
    try (Server empty = serve(place, port)) {
      template = id(post(empty, "/Users", user("template-" + size)));
      groups =
          List.of(
              id(post(empty, "/Groups", group("Members " + size))),
              id(post(empty, "/Groups", group("Few " + size))),
              id(post(empty, "/Groups", group("Everybody " + size))));
    }
    var users = Filling.of(place.resolve("patchbay.db"), template, groups, size, settings);
    return new Directory(
        size, serve(place, port), users, groups.get(0), groups.get(1), groups.get(2));
  }

  /** A bridge that knows nobody. */
  static Server empty(Path folder, EmulatedPbx pbx) throws IOException, InterruptedException {
    var place = Files.createDirectories(folder.resolve("empty"));
    int port = Settings.FIRST_PORT + 4;
    Files.writeString(place.resolve("patchbay.yaml"), yaml(0, port, pbx));
    Files.writeString(place.resolve("pbx-token"), pbx.token());
    return serve(place, port);
  }

  private static Server serve(Path place, int port) throws IOException, InterruptedException {
    var log = place.resolve("bridge.log");
    Files.deleteIfExists(log);
    var config = place.resolve("patchbay.yaml").toString();
    var arguments = new ArrayList<>(FLAGS);
    arguments.addAll(List.of("-jar", jar(), "serve", "--config", config));
    return Server.start(log, port, TOKEN.reveal(), arguments);
  }

  static String jar() {
    return Path.of("target/patchbay.jar").toAbsolutePath().toString();
  }

  private static String yaml(int index, int port, EmulatedPbx pbx) {
    return """
    listen: { host: 127.0.0.1, port: %d }
    store: { url: "sqlite:patchbay.db" }
    tenants:
      office:
        tokens: [ { name: idp, hash: "%s" } ]
        pbx:
          { dialect: portsip, base-url: "http://127.0.0.1:%d", token: "file:pbx-token",
            max-parallel: 16, requests-per-minute: 0 } # the emulated PBX has no limit
        mapping:
          email-fallback: "{pbxUserName}@example.invalid"
          extensions: { pools: { default: { ranges: ["%d00000-%d99999"] } } }
    """
        .formatted(port, TokenHash.of(TOKEN).text(), pbx.port(), index + 1, index + 1);
  }

  /** A user as an identity provider sends one. */
  static String user(String name) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
     "userName":"%1$s@example.com","externalId":"x-%1$s","active":true,
     "name":{"givenName":"Ada","familyName":"%1$s","formatted":"Ada %1$s"},
     "displayName":"Ada %1$s","title":"Engineer","preferredLanguage":"en-GB",
     "emails":[{"type":"work","primary":true,"value":"%1$s@example.com"}],
     "phoneNumbers":[{"type":"mobile","value":"+44 20 7946 0100"}],
     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Research",
       "employeeNumber":"%1$s"}}
    """
        .formatted(name);
  }

  private static String group(String name) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"%s"}
    """
        .formatted(name);
  }

  private static ObjectNode post(Server server, String path, String body) throws IOException {
    return Json.object(server.send("POST", BASE + path, body).text());
  }

  private static String id(ObjectNode resource) {
    return resource.path("id").asText();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
  }
}
