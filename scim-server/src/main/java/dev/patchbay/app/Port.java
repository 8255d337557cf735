package dev.patchbay.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port from a flag; 0 asks for a free one. */
final class Port implements ITypeConverter<Integer> {
  private static final int HIGHEST = 65535;

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is out of range.
    }
    throw new TypeConversionException("expected a port from 0 to " + HIGHEST);
  }
}
