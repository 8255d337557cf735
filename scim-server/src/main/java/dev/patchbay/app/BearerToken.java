package dev.patchbay.app;

import dev.patchbay.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an access token from a flag: what RFC 6750 lets stand in a header, and fits a shell; or
 * {@code file:PATH}, whose first line it is.
 */
final class BearerToken implements ITypeConverter<Secret> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

  private static final String FILE = "file:";

  @Override
  public Secret convert(String text) {
    return token(text.startsWith(FILE) ? line(Path.of(text.substring(FILE.length()))) : text);
  }

  private static String line(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw new TypeConversionException("cannot read " + file);
    }
  }

  private static Secret token(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "a token is 1 to 512 letters, digits and . _ ~ + / - with = at the end");
    }
    return Secret.of(text);
  }
}
