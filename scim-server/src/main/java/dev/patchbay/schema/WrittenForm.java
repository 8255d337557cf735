package dev.patchbay.schema;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that look the same are the same, however they were typed: RFC 7644 §5 and §7.8 ask for the
 * preparation of RFC 8265 §3.3, which is width, case and composition. Case is {@link Attribute}'s.
 */
final class WrittenForm {
  /** Letters as wide as ideographs, or half as wide as usual. */
  private static final Pattern ODD_WIDTH = Pattern.compile("[\u3000\uff01-\uffee]+");

  private WrittenForm() {}

  /** In letters of the usual width, each with its accents composed. */
  static String prepared(String text) {
    var usual =
        ODD_WIDTH
            .matcher(text)
            .replaceAll(
                it -> Matcher.quoteReplacement(Normalizer.normalize(it.group(), Form.NFKC)));
    return Normalizer.normalize(usual, Form.NFC);
  }
}
