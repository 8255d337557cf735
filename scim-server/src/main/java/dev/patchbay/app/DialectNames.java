package dev.patchbay.app;

import dev.patchbay.pbx.api.PbxDialect;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The dialects as a flag takes them. */
final class DialectNames extends ArrayList<String> {
  private static final long serialVersionUID = 1;

  DialectNames() {
    super(Dialects.byName().keySet());
  }

  /** Reads the flag. */
  static final class Converter implements ITypeConverter<PbxDialect> {
    @Override
    public PbxDialect convert(String text) {
      try {
        return Dialects.named(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "expected one of " + String.join(", ", new DialectNames()));
      }
    }
  }
}
