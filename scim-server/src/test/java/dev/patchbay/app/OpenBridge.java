package dev.patchbay.app;

import dev.patchbay.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The whole bridge, opened from a configuration as {@code serve} does, for tests elsewhere. */
public final class OpenBridge implements AutoCloseable {
  private final Bridge bridge;

  private OpenBridge(Bridge bridge) {
    this.bridge = bridge;
  }

  /**
   * Opens it.
   *
   * @param directory where relative paths of the configuration start
   * @param environment what {@code env:NAME} in it refers to
   */
  public static OpenBridge with(Path directory, String yaml, Map<String, String> environment)
      throws IOException {
    return with(directory, yaml, environment, Clock.systemUTC());
  }

  /** As that, on a machine whose clock is this one. */
  public static OpenBridge with(
      Path directory, String yaml, Map<String, String> environment, Clock clock)
      throws IOException {
    var file = ConfigFile.parse("test", directory, yaml, environment);
    return new OpenBridge(Bridge.open(BridgeConfig.read(file), clock));
  }

  public URI scimUrl(String tenant) {
    return bridge.scimUrl(tenant);
  }

  @Override
  public void close() {
    bridge.close();
  }
}
