package dev.patchbay.keycloak.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A bridge with a row of tenants on one PBX, so that no realm meets another's people. */
public final class Bridge implements AutoCloseable {
  /** One iteration hides nothing, and costs nothing; it is a test's token. */
  private static final String HASH = "pbkdf2-sha256$1$%s$%s";

  private final Path folder;
  private final int port;
  private final String token;
  private Program program;

  private Bridge(Path folder, int port, String token) {
    this.folder = folder;
    this.port = port;
    this.token = token;
    this.program = program();
  }

  /**
   * Whom a bridge is for.
   *
   * @param count how many tenants; they are called {@code r0}, {@code r1}…
   * @param first extension of the first
   * @param people how many extensions each has
   * @param more settings of each, such as {@code jwt}
   */
  record Tenants(int count, int first, int people, String more) {}

  /** Starts one without waiting. */
  static Bridge start(Path folder, String token, URI pbx, Tenants tenants) {
    int port = Places.freePort();
    try {
      Files.writeString(folder.resolve("pbx-token"), token);
      Files.writeString(folder.resolve("patchbay.yaml"), yaml(port, token, pbx, tenants));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Bridge(folder, port, token);
  }

  private static String yaml(int port, String token, URI pbx, Tenants tenants) {
    var yaml = new StringBuilder("listen: { port: %d }%ntenants:%n".formatted(port));
    for (int i = 0; i < tenants.count(); i++) {
      int first = tenants.first() + i * tenants.people();
      yaml.append(tenant("r" + i, hash(token, i), pbx, first, first + tenants.people() - 1));
      yaml.append("    ").append(tenants.more()).append('\n');
    }
    return yaml.toString();
  }

  private static String tenant(String name, String hash, URI pbx, int first, int last) {
    return """
      %s:
        tokens: [ { name: keycloak, hash: "%s" } ]
        pbx: { dialect: portsip, base-url: "%s", token: "file:pbx-token", requests-per-minute: 0,
               quiet-time: 1s }
        mapping: { email-fallback: "{pbxUserName}@example.invalid",
                   initial-password: generate-if-weak,
                   naming: { cut: none },
                   extensions: { pools: { default: { ranges: ["%d-%d"], quarantine: 0s } } } }
    """
        .formatted(name, hash, pbx, first, last);
  }

  /** With a salt of its own: a bridge refuses a hash that stands at two tenants. */
  private static String hash(String token, int tenant) {
    var salt = ByteBuffer.allocate(16).putInt(tenant).array();
    var hex = HexFormat.of().formatHex(token.getBytes(StandardCharsets.UTF_8)).toCharArray();
    try {
      var key = new PBEKeySpec(hex, salt, 1, 256);
      var hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key);
      var text = Base64.getUrlEncoder().withoutPadding();
      return HASH.formatted(text.encodeToString(salt), text.encodeToString(hash.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command line of the finished jar. */
  static List<String> java(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-jar", Places.bridgeJar().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private Program program() {
    var command = java("serve", "--config", "patchbay.yaml");
    return Program.start(folder, folder.resolve("bridge.log"), Map.of(), command);
  }

  Bridge awaitReady() {
    program.awaitReady(() -> Http.answers(scim("r0")));
    return this;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The SCIM base URL of a tenant. */
  public URI scim(String tenant) {
    return at(uri(), tenant);
  }

  /** The same, at another address of the bridge. */
  public static URI at(URI address, String tenant) {
    return URI.create(address + "/" + tenant + "/scim/v2");
  }

  public String token() {
    return token;
  }

  /** As somebody who looks a tenant's directory up. */
  public Http directory(String tenant) {
    return Http.to(scim(tenant), token);
  }

  /** SIGKILL. */
  public void kill() {
    program.kill();
  }

  /** Starts it again, on what it has kept. */
  public void restart() {
    program = program();
    awaitReady();
  }

  @Override
  public void close() {
    kill();
  }
}
