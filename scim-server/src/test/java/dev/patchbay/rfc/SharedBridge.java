package dev.patchbay.rfc;

import dev.patchbay.e2e.RunningBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a client of one bridge, started by the first and stopped after the last of them. */
final class SharedBridge implements ParameterResolver {

  /** With its files, which go with it. */
  private static final class Running implements AutoCloseable {
    final Path directory;
    final RunningBridge bridge;
    final Scim scim;

    Running() {
      try {
        directory = Files.createTempDirectory("rfc");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      bridge = RunningBridge.in(directory);
      scim = Scim.of(bridge);
    }

    @Override
    public void close() throws IOException {
      bridge.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Scim.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedBridge.class))
        .computeIfAbsent(Running.class, key -> new Running(), Running.class)
        .scim;
  }
}
