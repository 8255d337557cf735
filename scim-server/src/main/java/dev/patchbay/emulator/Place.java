package dev.patchbay.emulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an emulator is.
 *
 * @param address where it listens; port 0 for any free one
 * @param data the directory it keeps everything in, over a restart; in memory if empty
 */
public record Place(InetSocketAddress address, Optional<Path> data) {

  /** A free port of loopback, nothing kept. */
  public static Place inMemory() {
    return new Place(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
  }

  public Place withAddress(InetSocketAddress changed) {
    return new Place(changed, data);
  }

  public Place withPort(int port) {
    return withAddress(new InetSocketAddress(address.getAddress(), port));
  }

  public Place withData(Path directory) {
    return new Place(address, Optional.of(directory));
  }
}
