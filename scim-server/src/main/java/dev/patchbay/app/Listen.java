package dev.patchbay.app;

import dev.patchbay.config.Section;
import java.net.URI;
import java.util.Optional;

/**
 * Where the bridge listens.
 *
 * @param host address or name of an interface; {@code 0.0.0.0} for all
 * @param port 0 takes a free one
 * @param publicUrl what identity providers call the bridge, when a proxy stands before it
 * @param maxConnections open at once
 */
record Listen(String host, int port, Optional<URI> publicUrl, int maxConnections) {

  static Listen from(Section section) {
    return new Listen(
        section.string("host", "127.0.0.1"),
        section.integer("port", 8080, 0, 65535),
        section.optionalUri("public-url"),
        section.integer("max-connections", 1000, 10, 100_000));
  }
}
