package dev.patchbay.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** A secret as a flag gives it: itself, or {@code file:PATH}, whose first line it is. */
final class SecretFlag {
  private static final String FILE = "file:";

  private SecretFlag() {}

  static String text(String flag) {
    return flag.startsWith(FILE) ? line(Path.of(flag.substring(FILE.length()))) : flag;
  }

  private static String line(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw new TypeConversionException("cannot read " + file);
    }
  }
}
