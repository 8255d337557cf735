package dev.patchbay.schema;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The written forms of the simple types (RFC 7643 §2.3); empty when the text is of another form.
 */
final class ScalarForm {
  // Four digits of exponent: a number such as 1e999999999 takes hours to compute with.
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,4})?");

  // Possessive: blanks without end would otherwise be tried in every division.
  private static final Pattern BINARY = Pattern.compile("[A-Za-z0-9+/_\\s-]*+={0,2}+\\s*+");

  private ScalarForm() {}

  /** JSON's words in any case, since Entra ID capitalises them. */
  static Optional<Boolean> truth(String text) {
    if (text.equalsIgnoreCase("true")) {
      return Optional.of(true);
    }
    return text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
  }

  static Optional<BigDecimal> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** An xsd:dateTime; without a zone it is UTC. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return localInstant(text);
    }
  }

  private static Optional<Instant> localInstant(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Base64 in the alphabet of RFC 4648 §4 or §5, in lines or not. */
  static boolean isBinary(String text) {
    if (!BINARY.matcher(text).matches()) {
      return false;
    }
    try {
      Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
