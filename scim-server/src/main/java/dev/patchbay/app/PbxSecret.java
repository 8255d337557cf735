package dev.patchbay.app;

import dev.patchbay.config.Secret;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads from a flag what a PBX lets the bridge in with: one line of text, or {@code file:PATH}. */
final class PbxSecret implements ITypeConverter<Secret> {
  @Override
  public Secret convert(String flag) {
    String text = SecretFlag.text(flag);
    if (text.isBlank() || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new TypeConversionException("a token, password or key is one line of text");
    }
    return Secret.of(text);
  }
}
