package dev.patchbay.app;

import dev.patchbay.config.Secret;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an access token from a flag: what RFC 6750 lets stand in a header, and fits a shell; or
 * {@code file:PATH}, whose first line it is.
 */
final class BearerToken implements ITypeConverter<Secret> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

  @Override
  public Secret convert(String flag) {
    String text = SecretFlag.text(flag);
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "a token is 1 to 512 letters, digits and . _ ~ + / - with = at the end");
    }
    return Secret.of(text);
  }
}
