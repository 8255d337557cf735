package dev.patchbay.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A first configuration, as {@code init} prints and {@code demo} uses it: the secret of its PBXs is
 * in {@code data/pbx-token}.
 */
record StarterConfig(int port, DataDirectory data, List<StarterTenant> tenants) {
  static final String PBX_TOKEN = "pbx-token";

  StarterConfig {
    tenants = List.copyOf(tenants);
  }

  String yaml() {
    var text =
        new StringBuilder(
            filled(
                template("bridge"),
                Map.of(
                    "port", Integer.toString(port),
                    "store", Yaml.quoted("sqlite:" + data.path().resolve("patchbay.db")))));
    for (StarterTenant tenant : tenants) {
      text.append(
          filled(
              tenant.text(template(tenant.dialect())),
              Map.of("pbx-token", Yaml.quoted("file:" + data.path().resolve(PBX_TOKEN)))));
    }
    return text.toString();
  }

  /** The template with each {@code @name@} replaced. */
  static String filled(String template, Map<String, String> values) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return text;
  }

  private static String template(String name) {
    String file = name + ".yaml";
    try (InputStream in = StarterConfig.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no template " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
