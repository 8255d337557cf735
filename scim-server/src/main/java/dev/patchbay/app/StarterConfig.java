package dev.patchbay.app;

import dev.patchbay.config.TokenHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A first configuration, as {@code init} prints and {@code demo} uses it: one tenant whose PBX
 * token is in {@code data/pbx-token}.
 *
 * @param dialect whose commented template is filled in
 * @param quietTime how long the PBX may work on after a call was given up
 * @param requestsPerMinute to the PBX; 0 for no limit
 */
record StarterConfig(
    String dialect,
    int port,
    DataDirectory data,
    String tenant,
    TokenHash token,
    URI pbxUrl,
    Duration quietTime,
    int requestsPerMinute,
    String ms365Source) {
  static final String PBX_TOKEN = "pbx-token";

  String yaml() {
    String text = template();
    for (Map.Entry<String, String> value : values().entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return text;
  }

  private Map<String, String> values() {
    return Map.of(
        "port", Integer.toString(port),
        "store", Yaml.quoted("sqlite:" + data.path().resolve("patchbay.db")),
        "tenant", tenant,
        "hash", Yaml.quoted(token.text()),
        "pbx-url", Yaml.quoted(pbxUrl.toString()),
        "pbx-token", Yaml.quoted("file:" + data.path().resolve(PBX_TOKEN)),
        "quiet-time", quietTime.toString(),
        "requests-per-minute", Integer.toString(requestsPerMinute),
        "ms365-source", ms365Source);
  }

  private String template() {
    String name = dialect + ".yaml";
    try (InputStream in = StarterConfig.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("dialect " + dialect + " has no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
