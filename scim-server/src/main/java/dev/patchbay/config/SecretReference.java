package dev.patchbay.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Follows {@code file:PATH} and {@code env:NAME}; no message of it shows a value. */
final class SecretReference {
  static final String EXPECTED = "file:PATH or env:NAME";

  // A private key or a long JWT fits; a wrong path to something big does not.
  private static final int MOST_BYTES = 64 * 1024;

  private final Reading reading;
  private final String key;

  SecretReference(Reading reading, String key) {
    this.reading = reading;
    this.key = key;
  }

  Secret resolve(String text, boolean fromFile) {
    if (text.startsWith("file:")) {
      return fromFile(text.substring("file:".length()));
    }
    if (text.startsWith("env:")) {
      return fromVariable(text.substring("env:".length()));
    }
    if (fromFile) {
      throw new IllegalArgumentException(
          "expected " + EXPECTED + "; the secret itself does not belong in this file");
    }
    return Secret.of(text);
  }

  private Secret fromVariable(String name) {
    return reading
        .environment
        .referenced(name)
        .map(Secret::of)
        .orElseThrow(
            () -> new IllegalArgumentException("environment variable " + name + " is not set"));
  }

  private Secret fromFile(String name) {
    Path file = reading.directory.resolve(name).toAbsolutePath().normalize();
    String text = content(file).strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("file " + file + " is empty");
    }
    warnIfOpenToAll(file);
    return Secret.of(text);
  }

  private static String content(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException("file " + file + " is too big for a secret");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("file " + file + " cannot be read", e);
    }
  }

  private void warnIfOpenToAll(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        reading.warn(key, "everybody on this machine can read " + file + ", expected mode 600");
      }
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without modes (Windows) has nothing to warn of.
    }
  }
}
