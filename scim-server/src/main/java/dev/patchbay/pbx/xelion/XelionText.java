package dev.patchbay.pbx.xelion;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.text.Normalizer;
import java.util.regex.Pattern;
import net.gcardone.junidecode.Junidecode;

/**
 * Text as Xelion keeps it: in Windows-1252, where whatever else is sent comes back damaged. What
 * has no place there is written in Latin letters: {@code Łukasz} becomes {@code Lukasz}, {@code
 * Анна} becomes {@code Anna}.
 */
final class XelionText {
  /** The longest text Xelion takes, in characters. */
  static final int LONGEST = 4000;

  private static final Charset KEPT_IN = Charset.forName("windows-1252");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

  private XelionText() {}

  /** {@code text} in characters Xelion keeps, blanks as single spaces; may end up empty. */
  static String kept(String text) {
    var encoder = KEPT_IN.newEncoder();
    var kept = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .mapToObj(Character::toString)
        .forEach(letter -> kept.append(kept(letter, encoder)));
    String plain = BLANKS.matcher(kept).replaceAll(" ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST).strip();
  }

  private static String kept(String letter, CharsetEncoder encoder) {
    if (encoder.canEncode(letter)) {
      return letter;
    }
    String bare = MARKS.matcher(Normalizer.normalize(letter, Normalizer.Form.NFKD)).replaceAll("");
    return encoder.canEncode(bare) ? bare : Junidecode.unidecode(letter);
  }
}
